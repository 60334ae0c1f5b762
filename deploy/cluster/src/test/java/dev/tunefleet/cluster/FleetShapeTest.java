package dev.tunefleet.cluster;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import dev.tunefleet.common.topic.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/** The fleet that comes up is the one that the programs are made for. */
class FleetShapeTest {

    static final List<String> OVERLAYS = Rendered.OVERLAYS;

    /** The most that Kafka takes for {@code group.share.delivery.count.limit}. */
    private static final int MOST_DELIVERIES = 10;
    /** The most that Kafka takes for {@code group.share.partition.max.record.locks}. */
    private static final int MOST_LOCKS = 10_000;

    private static final BigDecimal GIBIBYTE = new BigDecimal(1 << 30);

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void twoCoordinatorsOneOfWhichMayGo(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        JsonNode coordinator = rendered.get("Deployment", "tunefleet-coordinator");

        assertThat(coordinator.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(coordinator.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(-1))
                .isZero();
        assertThat(rendered.get("PodDisruptionBudget", "tunefleet-coordinator")
                        .at("/spec/maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theAutoscalerAloneCountsWorkers(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        JsonNode scaled = rendered.get("ScaledObject", "tunefleet-worker").path("spec");

        assertThat(rendered.get("Deployment", "tunefleet-worker").path("spec").has("replicas"))
                .isFalse();
        assertThat(scaled.at("/scaleTargetRef/name").asText()).isEqualTo("tunefleet-worker");
        assertThat(scaled.at("/minReplicaCount").asInt(-1)).isZero();
        assertThat(scaled.at("/cooldownPeriod").asInt()).isGreaterThanOrEqualTo(300);
        assertThat(scaled.at("/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/stabilizationWindowSeconds")
                        .asInt())
                .isGreaterThanOrEqualTo(300);
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aWorkerIsCountedWithTheSlotsThatItHas(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        JsonNode container = Rendered.containerOf(rendered.get("Deployment", "tunefleet-worker"));
        JsonNode slots = Rendered.each(container.path("env"))
                .filter(variable ->
                        "TUNEFLEET_WORKER_SLOTS".equals(variable.path("name").asText()))
                .findFirst()
                .orElseThrow();

        assertThat(slots.at("/valueFrom/resourceFieldRef/resource").asText()).isEqualTo("limits.cpu");
        assertThat(rendered.get("ScaledObject", "tunefleet-worker")
                        .at("/spec/triggers/0/metadata/targetValue")
                        .asText())
                .isEqualTo(container.at("/resources/limits/cpu").asText());
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theCoordinatorWantsNoMoreSlotsThanTheAutoscalerBrings(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        JsonNode worker = Rendered.containerOf(rendered.get("Deployment", "tunefleet-worker"));
        int workers = rendered.get("ScaledObject", "tunefleet-worker")
                .at("/spec/maxReplicaCount")
                .asInt();

        String most = Settings.of(rendered, "tunefleet-coordinator").get("TUNEFLEET_SLOTS_MAX");

        assertThat(Integer.parseInt(most))
                .isEqualTo(workers * worker.at("/resources/limits/cpu").asInt());
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aWorkerHasMemoryForItsSlots(String overlay) {
        JsonNode resources = Rendered.containerOf(Rendered.overlay(overlay).get("Deployment", "tunefleet-worker"))
                .path("resources");
        BigDecimal slots = amount(resources.at("/limits/cpu"));
        BigDecimal gibibytes = amount(resources.at("/limits/memory")).divide(GIBIBYTE);

        assertThat(gibibytes).isGreaterThanOrEqualTo(slots.add(BigDecimal.ONE).multiply(new BigDecimal("1.5")));
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void theAutoscalerAsksTheCoordinatorWhereItAnswers(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        JsonNode service = rendered.get("Service", "tunefleet-coordinator");
        JsonNode trigger = rendered.get("ScaledObject", "tunefleet-worker").at("/spec/triggers/0/metadata");
        URI url = URI.create(trigger.path("url").asText());

        assertThat(url.getHost())
                .isEqualTo(Rendered.nameOf(service) + "."
                        + service.at("/metadata/namespace").asText() + ".svc");
        assertThat(url.getPort()).isEqualTo(service.at("/spec/ports/0/port").asInt());
        assertThat(url.getPath()).isEqualTo("/api/v1/slots-wanted");
        assertThat(trigger.path("valueLocation").asText()).isEqualTo("slotsWanted");
    }

    @ParameterizedTest
    @FieldSource("OVERLAYS")
    void aPodMayTakeLongerToStopThanItsPauseBeforeIt(String overlay) {
        Rendered rendered = Rendered.overlay(overlay);
        JsonNode coordinator = Rendered.podOf(rendered.get("Deployment", "tunefleet-coordinator"));
        int pause =
                coordinator.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();

        assertThat(pause).isPositive();
        assertThat(coordinator.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(pause + 30);
    }

    @Test
    void theTopicsOfTheClusterAreThoseOfThePrograms() {
        Rendered production = Rendered.overlay("production");
        int shards = Integer.parseInt(
                Settings.of(production, "tunefleet-coordinator").get("TUNEFLEET_SHARDS"));
        var found = new TreeMap<String, Map<String, String>>();
        production.of("KafkaTopic").forEach(topic -> {
            var settings = new TreeMap<String, String>();
            topic.at("/spec/config")
                    .propertyStream()
                    .forEach(entry ->
                            settings.put(entry.getKey(), entry.getValue().asText()));
            settings.remove("min.insync.replicas");
            settings.put("partitions", topic.at("/spec/partitions").asText());
            settings.put("replicas", topic.at("/spec/replicas").asText());
            found.put(Rendered.nameOf(topic), settings);
        });

        var wanted = new TreeMap<String, Map<String, String>>();
        Topics.all().forEach(topic -> {
            var settings = new TreeMap<>(topic.settings());
            settings.put("partitions", Integer.toString(topic.partitions(shards)));
            settings.put("replicas", "3");
            wanted.put(topic.topic(), settings);
        });
        assertThat(found).isEqualTo(wanted);
    }

    @Test
    void threeBrokersKeepThreeCopiesOfWhichTwoMustBeInSync() {
        Rendered production = Rendered.overlay("production");
        JsonNode pool = production.of("KafkaNodePool").findFirst().orElseThrow();
        JsonNode kafka = production.get("Kafka", "tunefleet");

        assertThat(pool.at("/spec/replicas").asInt()).isEqualTo(3);
        assertThat(pool.at("/metadata/labels").path("strimzi.io/cluster").asText())
                .isEqualTo(Rendered.nameOf(kafka));
        assertThat(kafka.at("/spec/kafka/config").path("min.insync.replicas").asInt())
                .isEqualTo(2);
        assertThat(kafka.at("/spec/kafka/config")
                        .path("auto.create.topics.enable")
                        .asBoolean(true))
                .isFalse();
        assertThat(production.of("KafkaTopic"))
                .allMatch(topic -> Rendered.nameOf(kafka)
                                .equals(topic.at("/metadata/labels")
                                        .path("strimzi.io/cluster")
                                        .asText())
                        && topic.at("/spec/config").path("min.insync.replicas").asInt() == 2);
    }

    @Test
    void brokersPutNoTrialAwayBeforeTheyMust() {
        String most = Integer.toString(MOST_DELIVERIES);

        assertBrokersHave("group.share.delivery.count.limit", most);
    }

    @Test
    void aRecordThatAWorkerHoldsStopsTheQueueAsLateAsItCan() {
        String most = Integer.toString(MOST_LOCKS);

        assertBrokersHave("group.share.partition.max.record.locks", most);
        assertBrokersHave("group.share.max.partition.max.record.locks", most);
    }

    @Test
    void brokersTakeWhatAProgramWritesWhoseClockJumpedAhead() {
        String unbounded = Long.toString(Long.MAX_VALUE);

        assertBrokersHave("log.message.timestamp.after.max.ms", unbounded);
    }

    private static void assertBrokersHave(String setting, String value) {
        JsonNode strimzi = Rendered.overlay("production").get("Kafka", "tunefleet");
        JsonNode single = Rendered.containerOf(Rendered.overlay("local").get("StatefulSet", "kafka"));

        assertThat(strimzi.at("/spec/kafka/config").path(setting).asText()).isEqualTo(value);
        String variable = "KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT);
        assertThat(Settings.of(single)).containsEntry(variable, value);
    }

    private static BigDecimal amount(JsonNode quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity.asText()));
    }
}
