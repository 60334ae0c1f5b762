package dev.tunefleet.worker.train;

import java.util.concurrent.CompletionStage;

import dev.tunefleet.common.trial.TrialEvent;

/** Where an execution tells what happens on its way, in order. */
public interface Outbox {

    /**
     * Sends {@code event} and does not wait.
     *
     * @return ends when every in-sync copy of the event is stored, with an exception when it is lost
     */
    CompletionStage<Void> send(TrialEvent event);
}
