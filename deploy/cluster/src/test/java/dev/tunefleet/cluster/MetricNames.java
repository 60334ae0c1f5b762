package dev.tunefleet.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of our metrics: those that the programs declare and those that a query uses. */
final class MetricNames {

    private static final Pattern DECLARED = Pattern.compile("(PREFIX \\+ )?\"([a-z]+(?:\\.[a-z]+)*)\"");
    private static final Pattern USED = Pattern.compile("\\btunefleet_[a-z0-9_]+");
    private static final String WORKER_PREFIX = "tunefleet.worker.";

    private MetricNames() {}

    /** As Prometheus would know them, without what the kind of a meter and its unit add at the end. */
    static Set<String> declared() {
        return Stream.of(
                        "coordinator/src/main/java/dev/tunefleet/coordinator/metrics/Meters.java",
                        "worker/src/main/java/dev/tunefleet/worker/metrics/WorkerMeters.java")
                .flatMap(file -> names(file, file.startsWith("worker")))
                .map(name -> stripped(name.replace('.', '_')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(String file, boolean prefixed) {
        try {
            return DECLARED.matcher(Files.readString(Repository.path(file)))
                    .results()
                    .map(match -> prefixed && !match.group(2).startsWith("tunefleet.")
                            ? WORKER_PREFIX + match.group(2)
                            : match.group(2))
                    .filter(name -> name.startsWith("tunefleet."));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Set<String> used(String query) {
        return USED.matcher(query).results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
    }

    static String stripped(String name) {
        return name.replaceFirst("_(total|bucket|count|sum|max)$", "").replaceFirst("_(seconds|bytes)$", "");
    }
}
