package dev.tunefleet.coordinator.stream;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Command;

/** Puts commands to studies on their topic, under the study's key. Thread-safe. */
@Singleton
public class CommandSender {

    private static final int OUTSTANDING = 4096;

    private final MutinyEmitter<Record<String, byte[]>> commands;

    CommandSender(
            @Channel("commands") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = OUTSTANDING)
                    MutinyEmitter<Record<String, byte[]>> commands) {
        this.commands = commands;
    }

    /** Sends {@code command}; ends once the brokers have it. */
    public Uni<Void> send(StudyId study, Command command) {
        return commands.send(Record.of(study.name(), StudyCodecs.COMMAND.write(command)));
    }
}
