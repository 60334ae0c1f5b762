package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.fleet.Fleet;
import dev.tunefleet.local.fleet.FleetPlan;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Instance;
import dev.tunefleet.local.fleet.ProcessMark;
import dev.tunefleet.local.simulation.Load;
import dev.tunefleet.local.simulation.Reading;
import dev.tunefleet.local.simulation.Simulation;

/** Simulated fleets of several sizes, each on a broker and a coordinator of its own, as a table and a picture. */
final class SimulationRun {

    private static final String STUDY = "simulation";
    private static final double MEBIBYTE = 1 << 20;
    private static final List<String> HEADS = List.of(
            "slots",
            "trials/s",
            "events sent/s",
            "folded/s",
            "idle p50 ms",
            "idle p99 ms",
            "coordinator cores",
            "broker cores",
            "MiB/10,000 trials",
            "lost",
            "failures");

    private final Home home;
    private final Screen screen;

    SimulationRun(Home home, Screen screen) {
        this.home = home;
        this.screen = screen;
    }

    /** Measures each load for {@code window}; returns the exit code. */
    int run(List<Load> loads, Duration window, Path picture) throws IOException, InterruptedException {
        var readings = new ArrayList<Reading>();
        for (Load load : loads) {
            screen.block(List.of("Simulating " + load.slots() + " slots with trials of "
                    + load.trial().toSeconds() + " s …"));
            readings.add(measure(load, window));
            screen.clearBlock();
        }
        var table = new Table(HEADS);
        readings.forEach(reading -> table.row(cells(reading)));
        screen.lines(table.lines());
        Files.writeString(picture, new SimulationPicture(readings).svg());
        screen.line("\nPicture  " + picture);
        return Exit.DONE;
    }

    private Reading measure(Load load, Duration window) throws IOException, InterruptedException {
        Instance instance = Instance.take(home, STUDY);
        empty(instance.folder().resolve("broker"));
        try (Fleet fleet = Fleet.start(home, instance, FleetPlan.withoutWorkers(List.of(STUDY)), screen::line)) {
            Path files = Files.createDirectories(instance.folder().resolve("study"));
            StudyOnDisk.read(study(files)).submitTo(new Coordinator(fleet.server()));
            List<ProcessHandle> processes =
                    fleet.processes().stream().map(SimulationRun::alive).toList();
            var site =
                    new Simulation.Site(fleet.server(), fleet.bootstrapServers(), processes.get(0), processes.get(1));
            return new Simulation(site).measure(load, window);
        }
    }

    private static ProcessHandle alive(ProcessMark mark) {
        return mark.alive().orElseThrow(() -> new IllegalStateException("The programs must live."));
    }

    /** What the fleet of the size before left behind would be read again at the start. */
    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> left = Files.walk(folder)) {
                for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Path study(Path folder) throws IOException {
        Files.writeString(folder.resolve("data.csv"), "y\n1\n2\n");
        return Files.writeString(folder.resolve("simulation.yaml"), """
                name: %s
                task: forecast
                data: {uri: data.csv, target: y, horizon: 1}
                budget: {trials: 1000000, epochs: 30}
                search: {algorithm: sobol, scheduler: none, confirm: 0, seed: 1}
                """.formatted(STUDY));
    }

    private static List<String> cells(Reading reading) {
        return List.of(
                Integer.toString(reading.slots()),
                number("%.1f", reading.trialsPerSecond()),
                number("%.0f", reading.sentPerSecond()),
                number("%.0f", reading.foldedPerSecond()),
                number("%.0f", reading.idleMedian()),
                number("%.0f", reading.idleSlowest()),
                number("%.2f", reading.coordinatorCores()),
                number("%.2f", reading.brokerCores()),
                number("%.1f", reading.heapPerTenThousand() / MEBIBYTE),
                Long.toString(reading.lost()),
                Long.toString(reading.failures()));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, format, value);
    }
}
