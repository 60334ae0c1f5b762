package dev.tunefleet.cluster;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What one object calls another by is what the other is called. */
class NamesMeetTest {

    static final List<String> OVERLAYS = Rendered.OVERLAYS;

    /** What must be there before: made by an administrator or by Strimzi, never by these files. */
    private static final Set<String> SECRETS_FROM_ELSEWHERE = Set.of(
            "tunefleet-api-tokens",
            "tunefleet-object-store",
            "tunefleet-kafka",
            "tunefleet-cluster-ca-cert",
            "tunefleet-coordinator",
            "tunefleet-worker");

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everySelectorFindsPods(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        List<JsonNode> pods = rendered.workloads()
                .map(workload -> workload.at("/spec/template/metadata/labels"))
                .toList();

        rendered.workloads().forEach(workload -> assertThat(
                        matches(workload.at("/spec/selector"), workload.at("/spec/template/metadata/labels")))
                .as(Rendered.nameOf(workload))
                .isTrue());
        Stream.of(
                        rendered.of("PodDisruptionBudget").map(budget -> budget.at("/spec/selector")),
                        rendered.of("NetworkPolicy").map(policy -> policy.at("/spec/podSelector")),
                        rendered.of("PodMonitor").map(monitor -> monitor.at("/spec/selector")))
                .flatMap(selectors -> selectors)
                .forEach(selector -> assertThat(pods).as(selector.toString()).anyMatch(pod -> matches(selector, pod)));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void servicesAndMonitorsNamePortsThatThePodsHave(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);

        rendered.of("Service").forEach(service -> {
            JsonNode workload = workloadOf(rendered, service.at("/spec/selector"));
            Rendered.each(service.at("/spec/ports")).forEach(port -> assertThat(portsOf(workload))
                    .as(Rendered.nameOf(service))
                    .contains(port.path("targetPort").asText()));
        });
        rendered.of("PodMonitor").forEach(monitor -> Rendered.each(monitor.at("/spec/podMetricsEndpoints"))
                .forEach(endpoint -> assertThat(portsOf(workloadOf(rendered, monitor.at("/spec/selector/matchLabels"))))
                        .contains(endpoint.path("port").asText())));
        rendered.of("ServiceMonitor").forEach(monitor -> {
            JsonNode service = rendered.of("Service")
                    .filter(candidate -> matches(monitor.at("/spec/selector"), candidate.at("/metadata/labels")))
                    .findFirst()
                    .orElseThrow();
            assertThat(Rendered.each(service.at("/spec/ports"))
                            .map(port -> port.path("name").asText()))
                    .contains(monitor.at("/spec/endpoints/0/port").asText());
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void networkPoliciesOpenPortsThatSomethingListensOn(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        Set<String> known = Stream.concat(
                        rendered.workloads().flatMap(workload -> portsOf(workload).stream()),
                        // Names, Amazon's object store, Strimzi's listener.
                        Stream.of("53", "443", "9093"))
                .collect(Collectors.toSet());

        rendered.of("NetworkPolicy")
                .flatMap(policy -> Stream.concat(
                        Rendered.each(policy.at("/spec/ingress")), Rendered.each(policy.at("/spec/egress"))))
                .flatMap(rule -> Rendered.each(rule.path("ports")))
                .forEach(port -> assertThat(known).contains(port.path("port").asText()));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void probesAskPortsThatAreDeclaredAndPathsThatMeanWhatTheySay(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);

        rendered.programs().map(Rendered::containerOf).forEach(container -> {
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        });
        rendered.workloads().map(Rendered::containerOf).forEach(container -> Stream.of(
                        "startupProbe", "livenessProbe", "readinessProbe")
                .map(container::path)
                .filter(probe -> !probe.isMissingNode())
                .map(probe -> probe.findValue("port").asText())
                .forEach(port -> assertThat(Rendered.each(container.path("ports"))
                                .map(declared -> declared.path("name").asText()))
                        .contains(port)));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theProgramsListenOnThePortThatIsDeclared(String overlay) {
        Rendered.overlay(overlay).programs().map(Rendered::containerOf).forEach(container -> assertThat(
                        Settings.of(container).get("QUARKUS_HTTP_PORT"))
                .isEqualTo(container.at("/ports/0/containerPort").asText()));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyConfigKeyIsThereAndEveryOneThereIsUsed(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        var used = new TreeSet<String>();
        var named = new TreeSet<String>();

        rendered.workloads()
                .flatMap(workload -> workload.findValues("configMapKeyRef").stream())
                .forEach(reference -> {
                    JsonNode data = rendered.get(
                                    "ConfigMap", reference.path("name").asText())
                            .path("data");
                    assertThat(data.has(reference.path("key").asText()))
                            .as(reference.toString())
                            .isTrue();
                    used.add(reference.path("key").asText());
                    named.add(reference.path("name").asText());
                });

        Set<String> present = rendered.of("ConfigMap")
                .filter(map -> named.contains(Rendered.nameOf(map)))
                .flatMap(map -> map.path("data").propertyStream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(used).containsExactlyInAnyOrderElementsOf(present);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everySecretIsThereOrSaidToComeFromElsewhere(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);

        Stream<String> named = Stream.concat(
                rendered.objects().stream()
                        .flatMap(object -> object.findValues("secretKeyRef").stream())
                        .map(reference -> reference.path("name").asText()),
                Stream.concat(
                        rendered.objects().stream().flatMap(object -> object.findValuesAsText("secretName").stream()),
                        rendered.of("TriggerAuthentication").map(authentication -> authentication
                                .at("/spec/secretTargetRef/0/name")
                                .asText())));

        assertThat(named.toList())
                .isNotEmpty()
                .allMatch(name -> rendered.find("Secret", name).isPresent() || SECRETS_FROM_ELSEWHERE.contains(name));
        if (overlay.startsWith("production")) {
            assertThat(rendered.of("Secret")).as("secrets in files").isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyMountHasItsVolumeAndEveryVolumeIsMounted(String overlay) {
        Rendered.overlay(overlay).workloads().forEach(workload -> {
            Set<String> volumes = Stream.concat(
                            Rendered.each(Rendered.podOf(workload).path("volumes")),
                            Rendered.each(workload.at("/spec/volumeClaimTemplates"))
                                    .map(claim -> claim.path("metadata")))
                    .map(volume -> volume.path("name").asText())
                    .collect(Collectors.toSet());
            Set<String> mounts = Rendered.podOf(workload).findValues("volumeMounts").stream()
                    .flatMap(Rendered::each)
                    .map(mount -> mount.path("name").asText())
                    .collect(Collectors.toSet());

            assertThat(mounts).isEqualTo(volumes);
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void clientsFindKafkaAndTheObjectStoreWhereTheyAre(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        var settings = Settings.of(rendered, "tunefleet-coordinator");

        if ("local".equals(overlay)) {
            assertThat(settings.get("KAFKA_BOOTSTRAP_SERVERS")).isEqualTo(address(rendered, "kafka"));
            assertThat(settings.get("TUNEFLEET_BLOBS"))
                    .isEqualTo("s3://tunefleet/fleet?endpoint=http://" + address(rendered, "object-store")
                            + "&region=us-east-1");
        } else if (rendered.of("Kafka").findAny().isEmpty()) {
            String port = rendered.get("NetworkPolicy", "tunefleet-to-kafka")
                    .at("/spec/egress/0/ports/0/port")
                    .asText();
            assertThat(settings.get("KAFKA_BOOTSTRAP_SERVERS")).endsWith(":" + port);
            assertThat(settings.get("KAFKA_SECURITY_PROTOCOL")).isEqualTo("SASL_SSL");
        } else {
            String cluster = Rendered.nameOf(rendered.of("Kafka").findFirst().orElseThrow());
            String port = rendered.get("Kafka", cluster)
                    .at("/spec/kafka/listeners/0/port")
                    .asText();
            assertThat(settings.get("KAFKA_BOOTSTRAP_SERVERS")).isEqualTo(cluster + "-kafka-bootstrap:" + port);
            assertThat(settings.get("KAFKA_SECURITY_PROTOCOL")).isEqualTo("SSL");
        }
    }

    private static String address(Rendered rendered, String service) {
        return service + ":"
                + rendered.get("Service", service).at("/spec/ports/0/port").asText();
    }

    private static JsonNode workloadOf(Rendered rendered, JsonNode labels) {
        return rendered.workloads()
                .filter(workload -> containsAll(workload.at("/spec/template/metadata/labels"), labels))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No pod has the labels " + labels + "."));
    }

    private static Set<String> portsOf(JsonNode workload) {
        return Rendered.each(Rendered.containerOf(workload).path("ports"))
                .flatMap(port -> Stream.of(
                        port.path("name").asText(), port.path("containerPort").asText()))
                .collect(Collectors.toSet());
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        return containsAll(labels, selector.path("matchLabels"))
                && Rendered.each(selector.path("matchExpressions"))
                        .allMatch(expression ->
                                "In".equals(expression.path("operator").asText())
                                        && Rendered.each(expression.path("values"))
                                                .anyMatch(value -> value.equals(labels.path(
                                                        expression.path("key").asText()))));
    }

    private static boolean containsAll(JsonNode labels, JsonNode wanted) {
        return wanted.propertyStream().allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }
}
