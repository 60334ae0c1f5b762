package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.fleet.Fleet;
import dev.tunefleet.local.fleet.FleetFailedException;
import dev.tunefleet.local.fleet.FleetPlan;
import dev.tunefleet.local.fleet.FleetStatus;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Instance;

/** One study from its file to its model, with a fleet of its own on this machine. */
final class StudyRun {

    private final RunOptions options;
    private final Home home;
    private final Screen screen;
    private final String resumeCommand;

    /** {@code resumeCommand} is what a person types to go on. */
    StudyRun(RunOptions options, Home home, Screen screen, String resumeCommand) {
        this.options = options;
        this.home = home;
        this.screen = screen;
        this.resumeCommand = resumeCommand;
    }

    /** Runs to the end of the study; returns the exit code. */
    int run() throws IOException, InterruptedException {
        StudyOnDisk study = StudyOnDisk.read(options.studyFile());
        StudySpec spec = study.spec();
        refuseSecondRun(spec.name());
        String name = options.instance().orElse(spec.name());
        int cores = Runtime.getRuntime().availableProcessors();
        int workers = options.workers().orElse(FleetPlan.usualWorkers(cores));
        FleetPlan plan = FleetPlan.of(workers, cores, List.of(spec.name()));
        Instance instance = Instance.take(home, name);
        screen.block(
                List.of("Starting a broker, a coordinator and " + workers + " workers in " + instance.folder() + " …"));
        Farewell farewell = Farewell.install(screen, resumeCommand);
        try (Fleet fleet = Fleet.start(home, instance, plan, screen::line)) {
            farewell.of(fleet);
            return runOn(fleet, study);
        } finally {
            farewell.cancel();
        }
    }

    private int runOn(Fleet fleet, StudyOnDisk study) throws IOException, InterruptedException {
        screen.clearBlock();
        screen.line("The fleet is up: " + fleet.server() + " · data in " + home.folder());
        var coordinator = new Coordinator(fleet.server());
        StudySpec spec = study.spec();
        StudyView created = study.submitTo(coordinator);
        if (created.state().equals("PAUSED")) {
            created = coordinator.ask(spec.name(), Coordinator.Wish.RESUME);
        }
        if (created.ended()) {
            screen.line("The study was run before; this is what it found.");
        } else if (created.begun() > 0) {
            screen.line("The study goes on where it was, with " + created.begun() + " trials begun.");
        }
        StudyView ended = new Watch(coordinator, screen, spec).untilTheEnd(spec.name(), () -> check(fleet));
        screen.lines(new Summary(screen, spec).of(ended));
        Optional<Path> model = model(coordinator, ended);
        model.ifPresent(path -> screen.line("\nModel  " + path + "  (scaler.json and study.yaml beside it)"));
        return ended.state().equals("FAILED") ? Exit.REFUSED : Exit.DONE;
    }

    private Optional<Path> model(Coordinator coordinator, StudyView study) throws IOException, InterruptedException {
        var blob = study.best().flatMap(StudyView.Best::model);
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        Path folder = options.output()
                .orElse(home.instance(options.instance().orElse(study.id())).resolve("model"));
        String studyFile = StudyFile.text(options.studyFile());
        return Optional.of(new ModelFolder(folder.toAbsolutePath()).write(coordinator, blob.get(), studyFile));
    }

    private void refuseSecondRun(String study) throws IOException {
        for (String name : home.instances()) {
            Optional<FleetStatus> holder = Instance.running(home, name);
            if (holder.isPresent() && holder.get().studies().contains(study)) {
                throw new AlreadyRunningException("The study (" + study + ") must run once at a time; process "
                        + holder.get().pid() + " runs it in instance " + name
                        + ". Wait for it, stop it with Ctrl-C, or give this study another name.");
            }
        }
    }

    private static void check(Fleet fleet) {
        fleet.failure().ifPresent(reason -> {
            throw new FleetFailedException(reason);
        });
    }
}
