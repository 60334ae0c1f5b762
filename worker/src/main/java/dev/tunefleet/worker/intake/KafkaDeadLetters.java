package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

import dev.tunefleet.worker.reports.ReportLostException;

/** {@link DeadLetters} on their topic. */
final class KafkaDeadLetters implements DeadLetters {

    private static final System.Logger LOG = System.getLogger(KafkaDeadLetters.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaAccess kafka;
    private final String worker;

    KafkaDeadLetters(KafkaAccess kafka, String worker) {
        this.kafka = kafka;
        this.worker = worker;
    }

    @Override
    public void bury(Delivery delivery, String reason) {
        var letter = new DeadLetter(delivery, reason, worker);
        LOG.log(System.Logger.Level.ERROR, "The record {0} is buried: {1}", delivery.where(), letter.reason());
        // Rare enough to need no client of its own in peaceful times.
        try (Producer<byte[], byte[]> producer = kafka.producer(worker)) {
            producer.send(letter.written()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException failure) {
            throw new ReportLostException("The record could not be buried: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReportLostException("The worker ended while it buried the record.", interrupted);
        }
    }
}
