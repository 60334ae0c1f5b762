package dev.tunefleet.worker.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

import dev.tunefleet.common.clock.ClockWatch;
import dev.tunefleet.common.trial.WorkerStatus;
import dev.tunefleet.worker.lstm.KernelCheck;
import dev.tunefleet.worker.reports.Reports;
import dev.tunefleet.worker.train.NativeThreads;

/** The life of the intake: prepares, joins the queue, reports the worker, and drains when the program ends. */
@ApplicationScoped
public class Intake {

    private static final System.Logger LOG = System.getLogger(Intake.class.getName());
    private static final Duration BETWEEN_CHECKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private final WorkerIdentity identity;
    private final KafkaAccess kafka;
    private final Reports reports;
    private final Work work;
    private final Directives directives = new Directives();
    private final Workbench workbench;
    private final IntakeMeasures measures;
    private final ExecutorService threads;
    private final Pulse pulse = new Pulse("beat", this::end);
    /** A thread of its own: a store that does not answer must not silence what runs. */
    private final Pulse lookout = new Pulse("lookout", this::end);

    private volatile State state = new State.Preparing("The intake has not begun.");
    private volatile boolean ending;

    private sealed interface State {
        record Preparing(String reason) implements State {}

        record Broken(String reason) implements State {}

        record Joined(QueueReader queue, Thread queueThread, DirectiveReader directives, Thread directiveThread)
                implements State {}
    }

    Intake(WorkerIdentity identity, KafkaAccess kafka, Reports reports, Work work, IntakeMeasures measures) {
        this.identity = identity;
        this.kafka = kafka;
        this.reports = reports;
        this.work = work;
        this.measures = measures;
        this.threads = Executors.newFixedThreadPool(
                identity.slots(), Thread.ofPlatform().name("slot-", 1).factory());
        var slots = new Slots(identity.slots());
        measures.slots(slots.count(), slots::busy);
        var parts = new Workbench.Parts(
                identity.name(),
                slots,
                directives,
                work,
                reports,
                new KafkaDeadLetters(kafka, identity.name()),
                measures);
        this.workbench = new Workbench(parts, threads, System::nanoTime, BETWEEN_TRIES);
    }

    /** What a worker must be before it takes work, as a sentence; empty when it is ready. */
    public String unready() {
        return switch (state) {
            case State.Preparing(String reason) -> reason;
            case State.Broken(String reason) -> reason;
            case State.Joined joined ->
                joined.queueThread().isAlive() && joined.directiveThread().isAlive()
                        ? ""
                        : "The threads that read the queue and the directives must be alive.";
        };
    }

    /** Whether the threads of the intake, once begun, are still there. */
    public boolean alive() {
        return state instanceof State.Preparing || ending || unready().isEmpty();
    }

    void start(@Observes StartupEvent event) {
        pulse.every(BETWEEN_BEATS, new ClockWatch()::look);
        begin("intake", this::prepare);
    }

    /** Without one of these threads a worker looks well and takes nothing; so it ends, and is started again from outside. */
    private Thread begin(String name, Runnable task) {
        return Thread.ofPlatform()
                .name(name)
                .uncaughtExceptionHandler(this::end)
                .start(task);
    }

    private void end(Thread thread, Throwable failure) {
        String reason = "The thread " + thread.getName() + " must live as long as the worker, but failed: " + failure;
        LOG.log(System.Logger.Level.ERROR, reason, failure);
        become(new State.Broken(reason));
        Quarkus.asyncExit(1);
    }

    /** What is broken stays so. */
    private synchronized void become(State next) {
        if (!(state instanceof State.Broken)) {
            state = next;
        }
    }

    private void prepare() {
        try {
            NativeThreads.single(identity.cache());
            awaitSetup();
            join();
            // Last, so that nobody waits for it.
            Thread.ofPlatform().daemon().name("kernel check").start(new KernelCheck(System::nanoTime, work::timed));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitSetup() throws InterruptedException {
        try (var admin = kafka.admin()) {
            String missing = QueueSetup.missing(admin);
            while (!missing.isEmpty() && !ending) {
                become(new State.Preparing(missing));
                Thread.sleep(BETWEEN_CHECKS);
                missing = QueueSetup.missing(admin);
            }
        }
    }

    private void join() throws InterruptedException {
        var reader = new DirectiveReader(
                kafka.reader(identity.name()),
                directives,
                measures,
                workbench::directivesChanged,
                InstantSource.system());
        Thread directiveThread = begin("directives", reader);
        become(new State.Preparing("The directives must be read to their end."));
        while (!reader.current() && !ending) {
            Thread.sleep(BETWEEN_CHECKS.dividedBy(10));
        }
        beginReports();
        var queue = new QueueReader(() -> kafka.queue(identity.name()), workbench);
        Thread queueThread = begin("queue", queue);
        become(new State.Joined(queue, queueThread, reader, directiveThread));
        LOG.log(
                System.Logger.Level.INFO,
                "{0} takes trials in {1} slots of {2} MB.",
                identity.name(),
                identity.slots(),
                identity.slotBytes() >> 20);
        if (ending) {
            queue.stop();
            reader.stop();
        }
    }

    /** From now on the coordinator hears of this worker and of what it runs. */
    void beginReports() {
        pulse.every(BETWEEN_BEATS, workbench::beat);
        pulse.every(BETWEEN_REPORTS, this::report);
        lookout.every(BETWEEN_BEATS, work::lookOut);
    }

    private void report() {
        reports.send(new WorkerStatus(identity.name(), identity.slots(), workbench.busy(), identity.slotBytes()));
    }

    void stop(@Observes ShutdownEvent event) {
        ending = true;
        workbench.drain();
        try {
            awaitIdle(System.nanoTime() + identity.grace().toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        workbench.handOver();
        if (state instanceof State.Joined joined) {
            joined.directives().stop();
        }
        pulse.stop();
        lookout.stop();
        threads.shutdownNow();
        reports.retire(identity.name());
    }

    private void awaitIdle(long deadline) throws InterruptedException {
        if (state instanceof State.Joined joined) {
            joined.queue().stop();
            joined.queueThread().join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        while (!workbench.idle() && System.nanoTime() < deadline) {
            Thread.sleep(BETWEEN_CHECKS.dividedBy(10));
        }
    }
}
