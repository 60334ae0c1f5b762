package dev.tunefleet.coordinator.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.blob.StoredBlob;
import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.view.Holdings;

import static org.assertj.core.api.Assertions.assertThat;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");
    private static final String DATASET = "datasets/" + "a".repeat(64) + ".csv";
    private static final String MODEL = "models/" + "b".repeat(64) + ".zip";

    @Test
    void theCheckpointsOfALiveTrialStayHoweverOldTheyAre() {
        Holdings births = births(Map.of());

        assertThat(unneeded(births, blob("checkpoints/births/1/9-x", Duration.ofDays(40))))
                .isEmpty();
    }

    @Test
    void theCheckpointsOfATrialGoAnHourAfterItsEnd() {
        StoredBlob blob = blob("checkpoints/births/1/9-x", Duration.ofMinutes(5));

        assertThat(unneeded(births(Map.of(1, ago(Duration.ofMinutes(59)))), blob))
                .isEmpty();
        assertThat(unneeded(births(Map.of(1, ago(Duration.ofMinutes(61)))), blob))
                .containsExactly(blob.key());
    }

    @Test
    void theCheckpointsOfAnUnknownStudyOrTrialGoAfterADay() {
        StoredBlob study = blob("checkpoints/unknown/0/9-x", Duration.ofHours(25));
        StoredBlob trial = blob("checkpoints/births/7/9-x", Duration.ofHours(25));
        StoredBlob young = blob("checkpoints/unknown/0/12-x", Duration.ofHours(23));

        assertThat(unneeded(births(Map.of()), study, trial, young)).containsExactly(study.key(), trial.key());
    }

    @Test
    void theCheckpointsOfADeletedStudyGo() {
        StoredBlob blob = blob("checkpoints/births/1/9-x", Duration.ofHours(25));

        assertThat(unneeded(deletedBirths(), blob)).containsExactly(blob.key());
    }

    @Test
    void aWantedModelStaysHoweverOldItIs() {
        Holdings births =
                holdings("births", Optional.of(DATASET), Map.of(), Map.of(MODEL, ago(days(9))), Set.of(MODEL));

        assertThat(unneeded(births, blob(MODEL, days(9)))).isEmpty();
    }

    @Test
    void aModelThatIsWantedNoMoreGoes() {
        Holdings births = holdings("births", Optional.of(DATASET), Map.of(), Map.of(MODEL, ago(days(9))), Set.of());

        assertThat(unneeded(births, blob(MODEL, days(9)))).containsExactly(MODEL);
    }

    @Test
    void aModelThatAnotherStudyWantsStays() {
        Holdings births = holdings("births", Optional.of(DATASET), Map.of(), Map.of(MODEL, ago(days(9))), Set.of());
        Holdings again = holdings("again", Optional.of(DATASET), Map.of(), Map.of(MODEL, ago(days(9))), Set.of(MODEL));

        assertThat(Retention.unneeded(List.of(births, again), List.of(blob(MODEL, days(9))), NOW))
                .isEmpty();
    }

    @Test
    void aModelWhoseEventMayStillBeOnItsWayStays() {
        assertThat(unneeded(births(Map.of()), blob(MODEL, Duration.ofHours(23))))
                .isEmpty();
        assertThat(unneeded(births(Map.of()), blob(MODEL, Duration.ofHours(25))))
                .containsExactly(MODEL);
    }

    @Test
    void theDataOfADeletedStudyGoUnlessAnotherStudyNamesThem() {
        Holdings other = holdings("other", Optional.of(DATASET), Map.of(), Map.of(), Set.of());
        StoredBlob blob = blob(DATASET, days(9));

        assertThat(unneeded(deletedBirths(), blob)).containsExactly(DATASET);
        assertThat(Retention.unneeded(List.of(deletedBirths(), other), List.of(blob), NOW))
                .isEmpty();
    }

    @Test
    void dataThatNoStudyHasHadYetStay() {
        assertThat(unneeded(births(Map.of()), blob("datasets/" + "c".repeat(64) + ".csv", days(90))))
                .isEmpty();
    }

    @Test
    void dataThatWereStoredAgainAfterTheDeletionStay() {
        assertThat(unneeded(deletedBirths(), blob(DATASET, Duration.ofMinutes(2))))
                .isEmpty();
    }

    @Test
    void whatHasANameOfItsOwnStays() {
        assertThat(unneeded(
                        deletedBirths(),
                        blob("datasets/births.csv", days(90)),
                        blob("models/mine.zip", days(90)),
                        blob("checkpoints/README", days(90)),
                        blob("notes/x", days(90))))
                .isEmpty();
    }

    private static List<String> unneeded(Holdings holdings, StoredBlob... stored) {
        return Retention.unneeded(List.of(holdings), List.of(stored), NOW);
    }

    /** A study of three trials. */
    private static Holdings births(Map<Integer, Instant> ended) {
        return new Holdings(new StudyId("births"), Optional.of(DATASET), Map.of(), 3, ended, Map.of(), Set.of());
    }

    private static Holdings deletedBirths() {
        return holdings("births", Optional.empty(), Map.of(DATASET, ago(Duration.ofHours(2))), Map.of(), Set.of());
    }

    private static Holdings holdings(
            String study,
            Optional<String> dataset,
            Map<String, Instant> left,
            Map<String, Instant> models,
            Set<String> wanted) {
        return new Holdings(new StudyId(study), dataset, left, 0, Map.of(), models, wanted);
    }

    private static StoredBlob blob(String key, Duration age) {
        return new StoredBlob(key, ago(age));
    }

    private static Instant ago(Duration age) {
        return NOW.minus(age);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }
}
