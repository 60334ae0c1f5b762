package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Kills one process of a fleet after another, in an order that a seed decides, and starts each again a little later. Of the
 * brokers one at a time is away, and the next only when the others have all copies again: what three brokers promise to survive.
 */
final class Chaos {

    private static final System.Logger LOG = System.getLogger(Chaos.class.getName());
    private static final int SHORTEST_PAUSE = 2_000;
    private static final int LONGEST_PAUSE = 8_000;
    /** On a slow machine a fleet that is killed while it starts does nothing else: one of so many who start is killed. */
    private static final int STARTS_SPARED = 4;

    private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(4);

    private final FragileFleet fleet;
    private final Random random;
    private final Map<String, Integer> kills = new TreeMap<>();
    private final Map<Victim, Long> away = new HashMap<>();

    Chaos(FragileFleet fleet, long seed) {
        this.fleet = fleet;
        this.random = new Random(seed);
    }

    /** Lets a few seconds pass, then kills somebody. */
    void strike() throws IOException, InterruptedException {
        long until = System.nanoTime()
                + Duration.ofMillis(random.nextInt(SHORTEST_PAUSE, LONGEST_PAUSE))
                        .toNanos();
        int dice = random.nextInt(10);
        int which = random.nextInt(12);
        boolean evenAtItsStart = random.nextInt(STARTS_SPARED) == 0;
        long absence = random.nextLong(LONGEST_ABSENCE.toNanos());
        while (System.nanoTime() < until) {
            startThoseWhoseTimeHasCome();
            // The pause is the pace of the kills; nothing waits for anything in it.
            Thread.sleep(100);
        }
        List<Victim> kind = dice < 6 ? fleet.workers() : dice < 8 ? fleet.coordinators() : fleet.brokers();
        Victim victim = kind.get(which % kind.size());
        boolean risky = kind.equals(fleet.brokers()) && !fleet.fullyReplicated();
        if (away.containsKey(victim) || risky || !evenAtItsStart && !victim.ready()) {
            return;
        }
        victim.kill();
        LOG.log(System.Logger.Level.INFO, "{0} was killed", victim.name());
        kills.merge(victim.name().replaceFirst("-.*", ""), 1, Integer::sum);
        away.put(victim, System.nanoTime() + absence);
    }

    /** Starts whoever is away and returns once everybody is ready. */
    void settle() throws IOException {
        for (Victim victim : List.copyOf(away.keySet())) {
            start(victim);
        }
        Stream.of(fleet.brokers(), fleet.coordinators(), fleet.workers())
                .flatMap(List::stream)
                .forEach(fleet::awaitReady);
    }

    private void startThoseWhoseTimeHasCome() throws IOException {
        for (Victim victim : List.copyOf(away.keySet())) {
            if (System.nanoTime() > away.get(victim)) {
                start(victim);
            }
        }
    }

    private void start(Victim victim) throws IOException {
        away.remove(victim);
        victim.startAgain();
    }

    @Override
    public String toString() {
        return "kills: " + kills;
    }
}
