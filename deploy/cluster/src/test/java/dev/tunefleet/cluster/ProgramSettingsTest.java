package dev.tunefleet.cluster;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a manifest says to a program is something that the program hears. */
class ProgramSettingsTest {

    static final List<String> OVERLAYS = Rendered.OVERLAYS;

    private static final String COORDINATOR = "dev.tunefleet.coordinator.";
    private static final Set<String> READ_BY_LIBRARIES = Set.of(
            "QUARKUS_HTTP_HOST",
            "QUARKUS_HTTP_PORT",
            "KAFKA_BOOTSTRAP_SERVERS",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY");

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyVariableOfTheCoordinatorIsRead(String overlay) throws ClassNotFoundException {
        Set<String> read = Stream.concat(
                        variables(COORDINATOR + "config.CoordinatorConfig", "TUNEFLEET"),
                        variables(COORDINATOR + "security.SecurityConfig", "TUNEFLEET_API"))
                .collect(Collectors.toSet());

        assertThat(unread(Rendered.overlay(overlay), "tunefleet-coordinator", read))
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyVariableOfAWorkerIsRead(String overlay) throws ClassNotFoundException {
        Set<String> read = variables("dev.tunefleet.worker.config.WorkerConfig", "TUNEFLEET")
                .collect(Collectors.toSet());

        assertThat(unread(Rendered.overlay(overlay), "tunefleet-worker", read)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aPodIsGivenLongerToStopThanItsProgramTakes(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        String grace = Settings.of(rendered, "tunefleet-worker").get("TUNEFLEET_WORKER_GRACE");
        Duration patience = Duration.parse("PT" + grace.toUpperCase(Locale.ROOT));

        JsonNode pod = Rendered.podOf(rendered.get("Deployment", "tunefleet-worker"));

        assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
                .isGreaterThanOrEqualTo(patience.plusSeconds(30));
    }

    private static List<String> unread(Rendered rendered, String deployment, Set<String> read) {
        String all =
                Rendered.containerOf(rendered.get("Deployment", deployment)).toString();
        return Settings.of(rendered, deployment).keySet().stream()
                .filter(name -> !read.contains(name) && !READ_BY_LIBRARIES.contains(name))
                .filter(name -> !passedOnToKafka(name))
                // Only a part of another value.
                .filter(name -> !all.contains("$(" + name + ")"))
                .toList();
    }

    private static boolean passedOnToKafka(String name) {
        return name.matches("KAFKA_(SECURITY|SSL|SASL)_.*")
                && AdminClientConfig.configNames()
                        .contains(name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'));
    }

    /** The variables that the methods of a settings interface stand for. */
    private static Stream<String> variables(String type, String prefix) throws ClassNotFoundException {
        return variables(Class.forName(type), prefix);
    }

    private static Stream<String> variables(Class<?> type, String prefix) {
        return Arrays.stream(type.getDeclaredMethods()).flatMap(setting -> {
            String name = prefix + "_" + upperSnake(setting);
            return setting.getReturnType().isInterface()
                            && setting.getReturnType().getEnclosingClass() == type
                    ? variables(setting.getReturnType(), name)
                    : Stream.of(name);
        });
    }

    private static String upperSnake(Method setting) {
        return setting.getName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
