package dev.tunefleet.worker.check;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.studyfile.StudyFile;
import dev.tunefleet.common.studyfile.StudyFileException;
import dev.tunefleet.common.wire.Json;
import dev.tunefleet.worker.train.NativeThreads;

/**
 * {@code Check STUDY.yaml [DATA.csv] [--format text|json]}: says what a study would train on and cost, or what is wrong. The exit
 * code is 0 when nothing is wrong, 1 when something is wrong with the data, 2 when the study file is wrong or the call.
 */
public final class Check {

    private static final double REHEARSAL_SECONDS = 3;
    private static final String USAGE = "Usage: check STUDY.yaml [DATA.csv] [--format text|json]";

    private Check() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(List.of(arguments), System.out, System.err, REHEARSAL_SECONDS));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err, double rehearsalSeconds)
            throws IOException {
        var files = new ArrayList<>(arguments);
        boolean json = false;
        int option = files.indexOf("--format");
        if (option >= 0 && option + 1 < files.size()) {
            json = files.remove(option + 1).equals("json");
            files.remove(option);
        }
        if (files.isEmpty() || files.size() > 2 || files.stream().anyMatch(file -> file.startsWith("--"))) {
            err.println(USAGE);
            return 2;
        }
        Path studyFile = Path.of(files.getFirst());
        StudySpec study;
        try {
            study = read(studyFile);
        } catch (StudyFileException wrong) {
            err.println(wrong.getMessage());
            return 2;
        } catch (NoSuchFileException absent) {
            err.println("The file (" + absent.getFile() + ") must exist.");
            return 2;
        }
        Path data = files.size() == 2
                ? Path.of(files.get(1))
                : studyFile.toAbsolutePath().resolveSibling(study.data().uri());
        NativeThreads.single(Optional.empty());
        Finding finding = new Inspection(study, data, rehearsalSeconds).look();
        if (json) {
            out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(finding));
        } else {
            lines(finding).forEach(out::println);
        }
        return finding.problem().isPresent() ? 1 : 0;
    }

    private static StudySpec read(Path file) throws IOException {
        return file.toString().endsWith(".json")
                ? Json.MAPPER.readValue(StudyFile.text(file), StudySpec.class)
                : StudyFile.read(file);
    }

    private static List<String> lines(Finding finding) {
        var lines = new ArrayList<String>();
        lines.add("study      " + finding.study());
        lines.add("data       " + finding.file());
        finding.problem().ifPresent(problem -> lines.add("problem    " + problem.message()));
        finding.rows().ifPresent(rows -> {
            lines.add("rows       %,d, %s, every %s%s"
                    .formatted(
                            rows.rows(),
                            rows.span(),
                            rows.step(),
                            rows.carriedForward() == 0 ? "" : ", " + rows.carriedForward() + " cells carried forward"));
            lines.add("targets    " + String.join(", ", rows.targets()));
            lines.add("inputs     " + String.join(", ", rows.inputs()));
            Finding.Windows windows = rows.windows();
            lines.add("windows    %,d to train, %,d to choose the epoch, %,d to rank trials, %,d to test"
                    .formatted(windows.training(), windows.stopping(), windows.ranking(), windows.test()));
            rows.baselines()
                    .forEach(baseline -> lines.add("to beat    %s %.4f by %s (validation)"
                            .formatted(
                                    rows.metric().name().toLowerCase(Locale.ROOT), baseline.error(), baseline.name())));
        });
        finding.cost().ifPresent(cost -> {
            lines.add("memory     %,d MB for a trial with the start values, %,d MB for the largest"
                    .formatted(megabytes(cost.startBytes()), megabytes(cost.largestBytes())));
            lines.add("time       %,.0f windows a second, %.1f s an epoch, %.0f s a full trial with the start values"
                    .formatted(cost.samplesPerSecond(), cost.epochSeconds(), cost.trialSeconds()));
            lines.add("           about %.0f minutes for all trials at full length on %d threads; schedulers take less"
                    .formatted(Math.ceil(cost.studySeconds() / 60), cost.slots()));
        });
        return lines;
    }

    private static long megabytes(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
