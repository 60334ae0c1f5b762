package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.tunefleet.common.trial.BlobRef;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.fleet.Home;
import dev.tunefleet.local.fleet.Layout;
import dev.tunefleet.local.fleet.WorkerJvm;

/** {@code tunefleet predict STUDY DATA.csv}. */
@Command(
        name = "predict",
        description = "Forecasts what follows the rows of a file, with the best model of a study, as CSV.",
        mixinStandardHelpOptions = true)
final class PredictVerb implements Callable<Integer> {

    private static final String MAIN = "dev.tunefleet.worker.predict.Predict";

    private final Screen screen;

    @Parameters(
            index = "0",
            paramLabel = "STUDY",
            description = "The name of a study, or the model.zip of one that was exported.")
    private String study;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "A file with the columns of the study's data.")
    private Path data;

    @Option(
            names = "--all",
            description = "Forecast after each row with enough rows before it, not after the last alone.")
    private boolean all;

    @Mixin
    private ServerSettings server;

    PredictVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (study.endsWith(".zip")) {
            return predict(Path.of(study));
        }
        Coordinator coordinator = server.coordinator();
        var model = coordinator.study(study).best().flatMap(StudyView.Best::model);
        if (model.isEmpty()) {
            screen.error("The study (" + study + ") must have a completed trial to forecast with; it has none yet.");
            return Exit.REFUSED;
        }
        return predict(coordinator, model.get());
    }

    private int predict(Coordinator coordinator, BlobRef model) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tunefleet");
        Path file = folder.resolve("model.zip");
        try {
            coordinator.download(model, file);
            return predict(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private int predict(Path model) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(model.toString(), data.toString()));
        if (all) {
            arguments.add("--all");
        }
        var program = new OtherProgram(Layout.ofThisProgram().workerClassPath(), MAIN);
        return program.run(screen, WorkerJvm.options(Home.ofThisUser()), arguments);
    }
}
