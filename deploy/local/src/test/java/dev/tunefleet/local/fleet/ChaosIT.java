package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

import org.junit.jupiter.api.Test;

import dev.tunefleet.local.client.StudyView;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two studies of short trials on a fleet of nine processes, one of which is killed every few seconds: worker, coordinator or one
 * of the three brokers. At the end every trial that was asked for has one outcome.
 *
 * <p>{@code -Dchaos.minutes} says for how long, {@code -Dchaos.seed} repeats the order of a run.
 */
class ChaosIT extends WithFleet {

    private static final System.Logger LOG = System.getLogger(ChaosIT.class.getName());
    private static final int DAYS = 800;
    private static final int MORE = 10;
    private static final List<String> STUDIES = List.of("flat", "rungs");
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

    @Test
    void theLedgerBalancesWhateverIsKilled() throws Exception {
        Duration length = Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("chaos.minutes"))));
        long seed = Long.getLong("chaos.seed", System.nanoTime() & 0xffff);
        LOG.log(System.Logger.Level.INFO, "chaos of {0}, seed {1}", length, Long.toString(seed));
        start(new FragileFleet.Size(3, 2, 3));
        FragileFleet fleet = fleet();
        Chaos chaos = owned(new Chaos(fleet, seed));
        for (String name : STUDIES) {
            fleet.begin(study(name, MORE), DAYS);
        }

        strike(fleet, chaos, length);

        var figures = new ArrayList<String>(List.of(chaos.toString()));
        var mistakes = new ArrayList<String>();
        for (String name : STUDIES) {
            StudyView study = fleet.awaitEnd(name);
            Ledger ledger = fleet.ledger(name);
            mistakes.addAll(ledger.mistakes(study, fleet.ask(client -> client.trials(name))));
            mistakes.addAll(ledger.faults());
            figures.add(figures(study, ledger));
        }
        LOG.log(System.Logger.Level.INFO, String.join("\n", figures));
        assertThat(mistakes).as("seed " + seed).isEmpty();
        await().atMost(FragileFleet.LONG)
                .untilAsserted(() -> assertThat(Entry.digests(fleet.servers(), "tunefleet.dead-letters"))
                        .containsAll(chaos.unreadable()));
    }

    private static void strike(FragileFleet fleet, Chaos chaos, Duration length) throws Exception {
        try (ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> demand =
                    thread.scheduleWithFixedDelay(() -> demand(fleet), 0, BETWEEN_QUESTIONS.toMillis(), MILLISECONDS);
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < end) {
                chaos.strike();
            }
            chaos.settle();
            // One that failed is done and tells why; any other would go on for ever.
            if (!demand.cancel(false)) {
                demand.get();
            }
        }
    }

    /** Asks for more trials before a study runs out of them. */
    private static void demand(FragileFleet fleet) {
        for (String name : STUDIES) {
            StudyView study = fleet.ask(client -> client.study(name));
            if (study.requested() - study.finished() < MORE / 2) {
                try {
                    fleet.begin(study(name, study.requested() + MORE), DAYS);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
    }

    private static String study(String name, int trials) {
        return """
                name: %s
                budget: {trials: %d, epochs: 9, failures: 1000}
                training: {patience: 9}
                space: {layers: 1, units: [10, 20], sequenceLength: {multiplesOf: 7, range: [7, 14]}, batchSize: [32, 64]}
                search: {algorithm: random, scheduler: %s, seed: %d}
                """.formatted(name, trials, name.equals("flat") ? "none" : "asha", name.length());
    }

    private static String figures(StudyView study, Ledger ledger) {
        return "study %s: %d trials, %s; best %.6f of trial %d; attempts %d, executions %d, lost %d (charged %d), released %d, "
                        .formatted(
                                study.id(),
                                study.requested(),
                                new TreeMap<>(study.counts()),
                                study.best().orElseThrow().value(),
                                study.best().orElseThrow().trial(),
                                ledger.count("attempt-published"),
                                ledger.executions(),
                                ledger.count("attempt-lost"),
                                ledger.charged(),
                                ledger.count("attempt-released"))
                + "resumed %d, late ignored %d; longest time without a fact %.1f s; %d facts, %d events"
                        .formatted(
                                ledger.resumed(),
                                ledger.count("late-event-ignored"),
                                ledger.longestSilence() / 1e3,
                                ledger.facts(),
                                ledger.events());
    }
}
