package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.tunefleet.local.broker.FreePorts;

/**
 * A broker, a coordinator and workers that run as processes on this machine until this is closed or this process ends.
 *
 * <p>A process that dies is started again. Closing stops workers first and the broker last, so that everything is written.
 * Thread-safe once started.
 */
public final class Fleet implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration OTHER_END = Duration.ofSeconds(15);
    private static final Duration LEFTOVER_END = ParentWatch.PATIENCE.plusSeconds(10);

    private final Instance instance;
    private final Programs programs;
    private final FleetPlan plan;
    private final Consumer<String> notices;
    private final List<Child> children = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean closed = new AtomicBoolean();
    private final int httpPort;

    private Fleet(Instance instance, Programs programs, FleetPlan plan, Consumer<String> notices) {
        this.instance = instance;
        this.programs = programs;
        this.plan = plan;
        this.notices = notices;
        this.httpPort = FreePorts.next();
    }

    /**
     * Starts a fleet in {@code instance}, which it closes at its end; returns once every program is ready.
     *
     * @param notices hears in sentences what happens to the processes; called from any thread
     * @throws FleetFailedException when a program does not get ready
     */
    public static Fleet start(Home home, Instance instance, FleetPlan plan, Consumer<String> notices)
            throws IOException, InterruptedException {
        endLeftovers(instance, notices);
        var programs = new Programs(Layout.ofThisProgram(), home, instance.folder(), FreePorts.next());
        programs.emptyTemporary();
        var fleet = new Fleet(instance, programs, plan, notices);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(fleet::close));
        try {
            fleet.launch();
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            fleet.close();
            throw failure;
        }
    }

    /** The address of the coordinator's REST interface. */
    public URI server() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    public String bootstrapServers() {
        return programs.bootstrapServers();
    }

    /** Why the fleet cannot go on, in a sentence; empty while it can. */
    public Optional<String> failure() {
        return List.copyOf(children).stream()
                .flatMap(child -> child.failure().stream())
                .findFirst();
    }

    /** The processes that run now: broker, coordinator, then the workers. */
    public List<ProcessMark> processes() {
        return List.copyOf(children).stream().map(Child::mark).toList();
    }

    /** Stops everything and frees the instance; a second call, from the end of the JVM for one, waits for the first. */
    @Override
    public synchronized void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            List<Child> inOrder = List.copyOf(children).reversed();
            inOrder.forEach(Child::keepDown);
            List<Child> workers = inOrder.subList(0, Math.max(0, inOrder.size() - 2));
            stop(workers, ParentWatch.PATIENCE);
            for (Child child : inOrder.subList(workers.size(), inOrder.size())) {
                stop(List.of(child), OTHER_END);
            }
            instance.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            notices.accept("The folder " + instance.folder() + " could not be left in order: " + failure.getMessage());
        }
    }

    private void launch() throws IOException, InterruptedException {
        start(programs.broker());
        await("broker", () -> Probe.accepts(programs.brokerPort()));
        start(programs.coordinator(httpPort));
        List<Integer> workerPorts = new ArrayList<>();
        for (int number = 1; number <= plan.workers(); number++) {
            int port = FreePorts.next();
            workerPorts.add(port);
            start(programs.worker(number, plan.slots(), port));
        }
        publish();
        await("coordinator", () -> Probe.isReady(httpPort));
        for (int port : workerPorts) {
            await("worker-" + (workerPorts.indexOf(port) + 1), () -> Probe.isReady(port));
        }
        publish();
    }

    private void start(Program program) throws IOException {
        if (closed.get()) {
            throw new FleetFailedException("The fleet was stopped while it started.");
        }
        children.add(Child.start(program, this::tell));
        publish();
    }

    private void tell(String notice) {
        notices.accept(notice);
        if (!closed.get()) {
            publishQuietly();
        }
    }

    private void await(String what, Probe probe) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!probe.succeeds()) {
            failure().ifPresent(reason -> {
                throw new FleetFailedException(reason);
            });
            if (closed.get()) {
                throw new FleetFailedException("The fleet was stopped while it started.");
            }
            if (System.nanoTime() > deadline) {
                throw new FleetFailedException(
                        "The " + what + " must be ready within " + START.toSeconds() + " s, but is not. Its log is "
                                + instance.folder().resolve("logs").resolve(what + ".log") + ".");
            }
            Thread.sleep(50);
        }
    }

    private void publish() throws IOException {
        instance.publish(new FleetStatus(
                ProcessHandle.current().pid(), plan.studies(), server().toString(), bootstrapServers(), processes()));
    }

    private void publishQuietly() {
        try {
            publish();
        } catch (IOException failure) {
            notices.accept(
                    "The fleet's status could not be written to " + instance.folder() + ": " + failure.getMessage());
        }
    }

    private static void stop(List<Child> together, Duration patience) throws InterruptedException {
        together.forEach(Child::stop);
        for (Child child : together) {
            child.awaitEnd(patience);
        }
    }

    /** After a launcher was killed its processes end by themselves; the broker's files are free only then. */
    private static void endLeftovers(Instance instance, Consumer<String> notices)
            throws IOException, InterruptedException {
        List<ProcessHandle> left = instance.lastStatus().stream()
                .flatMap(status -> status.children().stream())
                .flatMap(mark -> mark.alive().stream())
                .toList();
        if (left.isEmpty()) {
            return;
        }
        notices.accept("The last run in this instance was killed; its processes are still ending.");
        long deadline = System.nanoTime() + LEFTOVER_END.toNanos();
        while (left.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) {
                left.forEach(ProcessHandle::destroyForcibly);
            }
            Thread.sleep(50);
        }
    }
}
