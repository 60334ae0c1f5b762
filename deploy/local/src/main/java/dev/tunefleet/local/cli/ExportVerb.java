package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet export STUDY}. */
@Command(
        name = "export",
        description = "Writes the best model of a study, its study file and a table of its trials into a folder.",
        mixinStandardHelpOptions = true)
final class ExportVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "The folder; one named like the study in this folder by default.")
    private Path output;

    @Mixin
    private ServerSettings server;

    ExportVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Coordinator coordinator = server.coordinator();
        StudyView view = coordinator.study(study);
        Path folder = Files.createDirectories(output == null ? Path.of(study) : output);
        Files.writeString(
                folder.resolve("trials.csv"),
                TrialTable.of(coordinator.trials(study)).csv());
        screen.line(folder.resolve("trials.csv").toString());
        Optional<String> studyFile = view.spec().map(StudyFile::write);
        if (studyFile.isPresent()) {
            Files.writeString(folder.resolve("study.yaml"), studyFile.get());
            screen.line(folder.resolve("study.yaml").toString());
        }
        var model = view.best().flatMap(StudyView.Best::model);
        if (model.isPresent()) {
            Path written = new ModelFolder(folder).write(coordinator, model.get(), studyFile.orElse(""));
            screen.line(written.toString());
        }
        return Exit.DONE;
    }
}
