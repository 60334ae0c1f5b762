package dev.tunefleet.coordinator.stream;

import jakarta.inject.Singleton;

import io.smallrye.reactive.messaging.MutinyEmitter;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.metrics.Meters;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.view.Change;
import dev.tunefleet.coordinator.view.ReadModel;

/** The parts that a coordinator is put together from. */
@Singleton
class Parts {

    private static final Logger LOG = Logger.getLogger(Parts.class);

    private final ReadModel model;
    private final Capacity capacity;
    private final Vitals vitals;
    private final Meters meters;
    private final CommandSender commands;
    private final MutinyEmitter<Change> changes;
    private final Ownership ownership = new Ownership();

    Parts(
            ReadModel model,
            Capacity capacity,
            Vitals vitals,
            Meters meters,
            CommandSender commands,
            @Channel("changes") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<Change> changes) {
        this.model = model;
        this.capacity = capacity;
        this.vitals = vitals;
        this.meters = meters;
        this.commands = commands;
        this.changes = changes;
    }

    ReadModel model() {
        return model;
    }

    Capacity capacity() {
        return capacity;
    }

    Vitals vitals() {
        return vitals;
    }

    Meters meters() {
        return meters;
    }

    Surroundings surroundings(InputLag lag) {
        return new Surroundings(capacity, lag, ownership, meters, System::nanoTime);
    }

    JournalReader reader() {
        return new JournalReader(model, capacity, ownership);
    }

    SearchExecutor search(int threads) {
        return new SearchExecutor(
                model, ownership::owns, capacity, this::send, new Searches(Searches::asked, meters), threads);
    }

    /** Tells the live feed. */
    void announce(Change change) {
        changes.sendAndForget(change);
    }

    private void send(StudyId study, Command command) {
        commands.send(study, command)
                .subscribe()
                .with(
                        sent -> LOG.debugf("Answered %s", command.request()),
                        failure -> LOG.warnf(failure, "The answer %s could not be sent.", command.request()));
    }
}
