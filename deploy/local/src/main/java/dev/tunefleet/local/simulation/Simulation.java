package dev.tunefleet.local.simulation;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Puts the load of a simulated fleet on a broker and a coordinator and measures what becomes of it. */
public final class Simulation {

    private static final Duration RAMP = Duration.ofSeconds(15);
    /** Fewer trials leave nothing in the heap that stands out. */
    private static final long TELLING_TRIALS = 2_000;

    private static final double TEN_THOUSAND = 10_000;

    private final Site site;
    private final Costs costs;

    /** Where the programs are that take the load. */
    public record Site(URI server, String bootstrapServers, ProcessHandle broker, ProcessHandle coordinator) {}

    public Simulation(Site site) {
        this.site = site;
        this.costs = new Costs(site.server());
    }

    /**
     * Has {@code load} taken until every slot has had a trial, then measures for {@code window}.
     *
     * @throws IllegalStateException when the coordinator hands nothing out, or a simulated worker has ended
     */
    public Reading measure(Load load, Duration window) throws IOException, InterruptedException {
        double heapBefore = costs.liveHeapBytes(site.coordinator());
        try (SimulatedFleet fleet = SimulatedFleet.start(site.bootstrapServers(), load)) {
            Thread.sleep(load.trial().multipliedBy(3).dividedBy(2).plus(RAMP));
            if (fleet.results() == 0) {
                throw new IllegalStateException("The coordinator must have handed out trials, but has not.");
            }
            fleet.forgetWaits();
            Sample before = sample(fleet);
            Thread.sleep(window);
            Sample after = sample(fleet);
            if (fleet.lostWorkers() > 0) {
                throw new IllegalStateException("The simulated workers must live to the end of the measurement, but "
                        + fleet.lostWorkers() + " of them do not.");
            }
            double median = fleet.idleMilliseconds(0.5);
            double slowest = fleet.idleMilliseconds(0.99);
            double seconds = (after.nanos - before.nanos) / 1e9;
            double heap = costs.liveHeapBytes(site.coordinator()) - heapBefore;
            return new Reading(
                    load.slots(),
                    (after.results - before.results) / seconds,
                    (after.events - before.events) / seconds,
                    (after.decisions - before.decisions) / seconds,
                    median,
                    slowest,
                    cores(before.coordinator, after.coordinator, seconds),
                    cores(before.broker, after.broker, seconds),
                    fleet.results() < TELLING_TRIALS ? Double.NaN : heap / fleet.results() * TEN_THOUSAND,
                    (long) costs.attemptsLost(),
                    fleet.failures());
        }
    }

    private Sample sample(SimulatedFleet fleet) throws IOException, InterruptedException {
        return new Sample(
                System.nanoTime(),
                fleet.events(),
                fleet.results(),
                costs.decisions(),
                Costs.processorTime(site.coordinator()),
                Costs.processorTime(site.broker()));
    }

    private static double cores(Duration before, Duration after, double seconds) {
        return after.minus(before).toMillis() / 1e3 / seconds;
    }

    private record Sample(
            long nanos, long events, long results, double decisions, Duration coordinator, Duration broker) {}
}
