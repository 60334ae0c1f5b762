package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tunefleet report STUDY}. */
@Command(
        name = "report",
        description = "Writes what a study has found out into one HTML file.",
        mixinStandardHelpOptions = true)
final class ReportVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The file; one named like the study, with .html, in this folder by default.")
    private Path output;

    @Mixin
    private ServerSettings server;

    ReportVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Findings findings = Findings.of(server.coordinator(), study);
        Path file = output == null ? Path.of(study + ".html") : output;
        Files.writeString(file, new ReportPage(findings).html());
        screen.line(file.toString());
        return Exit.DONE;
    }
}
