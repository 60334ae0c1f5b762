package dev.tunefleet.worker.reports;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.reactive.messaging.kafka.Record;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.common.wire.Codecs;

/** {@link Reports} over the channels {@code events} and {@code workers}. */
@ApplicationScoped
final class ChannelReports implements Reports {

    private static final System.Logger LOG = System.getLogger(ChannelReports.class.getName());
    private static final int WAITING = 4096;
    /** A little longer than the producer's own delivery timeout. */
    private static final long SECONDS = 125;

    private final Emitter<Record<String, byte[]>> events;
    private final Emitter<Record<String, byte[]>> workers;

    ChannelReports(
            @Channel("events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING)
                    Emitter<Record<String, byte[]>> events,
            @Channel("workers") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = WAITING)
                    Emitter<Record<String, byte[]>> workers) {
        this.events = events;
        this.workers = workers;
    }

    @Override
    public void deliver(TrialEvent event) {
        try {
            emit(event).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException failure) {
            throw lost(event, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw lost(event, interrupted);
        }
    }

    private static ReportLostException lost(TrialEvent event, Exception cause) {
        String message = "The brokers must acknowledge the " + event.getClass().getSimpleName() + " of "
                + event.execution().attempt() + ", but did not: " + cause;
        return hopeless(cause)
                ? new UnsendableReportException(message, cause)
                : new ReportLostException(message, cause);
    }

    private static boolean hopeless(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof RecordTooLargeException
                        || cause instanceof RecordBatchTooLargeException
                        || cause instanceof SerializationException
                        || cause instanceof InvalidTopicException);
    }

    @Override
    public CompletionStage<Void> send(TrialEvent event) {
        try {
            return emit(event).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.log(System.Logger.Level.WARNING, "An event of {0} was lost: {1}", event.trial(), failure);
                }
            });
        } catch (IllegalStateException full) {
            LOG.log(System.Logger.Level.WARNING, "An event of {0} was lost: {1}", event.trial(), full.getMessage());
            return CompletableFuture.failedStage(full);
        }
    }

    private CompletionStage<Void> emit(TrialEvent event) {
        String key = event.trial().study().name();
        synchronized (events) {
            return events.send(Record.of(key, Codecs.EVENT.write(event)));
        }
    }

    @Override
    public void send(WorkerStatus status) {
        send(Record.of(status.worker(), Codecs.WORKER.write(status)));
    }

    @Override
    public void retire(String worker) {
        send(Record.of(worker, null));
    }

    private void send(Record<String, byte[]> status) {
        try {
            synchronized (workers) {
                workers.send(status).whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.log(System.Logger.Level.WARNING, "A status was lost: {0}", failure.getMessage());
                    }
                });
            }
        } catch (IllegalStateException full) {
            LOG.log(System.Logger.Level.WARNING, "A status was lost: {0}", full.getMessage());
        }
    }
}
