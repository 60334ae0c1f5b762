package dev.tunefleet.cluster;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the restricted pod security standard asks, and what we ask beyond it. */
class HardeningTest {

    static final List<String> OVERLAYS = Rendered.OVERLAYS;

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyPodIsRestricted(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);

        assertThat(rendered.get("Namespace", "tunefleet").at("/metadata/labels"))
                .anyMatch(label -> "restricted".equals(label.asText()));
        rendered.workloads().forEach(workload -> {
            JsonNode pod = Rendered.podOf(workload);
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            containers(pod).forEach(container -> {
                assertThat(container
                                .at("/securityContext/allowPrivilegeEscalation")
                                .asBoolean(true))
                        .isFalse();
                assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                        .isEqualTo("ALL");
            });
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void ourProgramsWriteOnlyToVolumesOfTheirOwn(String overlay) {
        Rendered.overlay(overlay).programs().forEach(program -> {
            assertThat(Rendered.containerOf(program)
                            .at("/securityContext/readOnlyRootFilesystem")
                            .asBoolean())
                    .isTrue();
            assertThat(Rendered.each(Rendered.podOf(program).path("volumes")))
                    .allMatch(volume -> volume.has("emptyDir") || volume.has("secret"));
            assertThat(Rendered.podOf(program).findValues("emptyDir")).allMatch(folder -> folder.has("sizeLimit"));
        });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void nobodyHasATokenForTheKubernetesApi(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);

        rendered.workloads().forEach(workload -> assertThat(Rendered.podOf(workload)
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse());
        rendered.programs().forEach(program -> assertThat(rendered.get(
                                "ServiceAccount",
                                Rendered.podOf(program)
                                        .path("serviceAccountName")
                                        .asText())
                        .path("automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse());
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void variablesOfServicesAreNotTakenForSettings(String overlay) {
        Rendered.overlay(overlay).workloads().forEach(workload -> assertThat(
                        Rendered.podOf(workload).path("enableServiceLinks").asBoolean(true))
                .isFalse());
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void everyContainerSaysWhatItNeedsAndMayHave(String overlay) {
        Rendered.overlay(overlay)
                .workloads()
                .map(Rendered::podOf)
                .flatMap(HardeningTest::containers)
                .forEach(container -> {
                    assertThat(container.at("/resources/requests/cpu").isMissingNode())
                            .isFalse();
                    assertThat(container.at("/resources/requests/memory").isMissingNode())
                            .isFalse();
                    assertThat(container.at("/resources/limits/memory").isMissingNode())
                            .isFalse();
                });
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void nothingIsReachedUnlessAPolicySaysSo(String overlay) {
        JsonNode deny = Rendered.overlay(overlay).get("NetworkPolicy", "tunefleet-default-deny");

        assertThat(deny.at("/spec/policyTypes")).hasSize(2);
        assertThat(deny.path("spec").has("ingress")).isFalse();
        assertThat(deny.path("spec").has("egress")).isFalse();
        Rendered.overlay(overlay).workloads().forEach(workload -> assertThat(
                        workload.at("/spec/template/metadata/labels")
                                .path("app.kubernetes.io/part-of")
                                .asText())
                .isEqualTo("tunefleet"));
    }

    /** No configuration can put a fleet's checkpoints into a folder of one pod: the scheme is not configurable. */
    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void blobsLieInAnObjectStoreWhateverIsConfigured(String overlay) {
        Rendered.overlay(overlay).programs().map(Rendered::containerOf).forEach(container -> assertThat(
                        Settings.of(container).get("TUNEFLEET_BLOBS"))
                .startsWith("s3://$(S3_BUCKET)/"));
    }

    private static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.concat(Rendered.each(pod.path("initContainers")), Rendered.each(pod.path("containers")));
    }
}
