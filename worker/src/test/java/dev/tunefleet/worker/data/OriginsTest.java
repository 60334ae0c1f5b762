package dev.tunefleet.worker.data;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.tunefleet.common.spec.Split;
import dev.tunefleet.common.spec.StudySpec;

import static dev.tunefleet.common.spec.Specs.aStudySpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OriginsTest {

    private static final Split.Parts PARTS = new Split.Parts(1000, 1400, 1700);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 24, 60})
    void targetsNeverCrossASplit(int horizon) {
        Origins origins = Origins.of(PARTS, 100, horizon, "x.csv");

        assertThat(origins.training()).startsWith(100).endsWith(1000 - horizon);
        assertThat(all(origins.stopping(), origins.ranking())).allMatch(o -> o >= 1000 && o + horizon <= 1400);
        assertThat(origins.test()).startsWith(1400).endsWith(1700 - horizon);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 24, 60})
    void noTargetRowBothChoosesTheEpochAndRanksTheTrial(int horizon) {
        Origins origins = Origins.of(PARTS, 100, horizon, "x.csv");

        boolean[] chooses = new boolean[2000];
        Arrays.stream(origins.stopping())
                .forEach(o -> IntStream.range(o, o + horizon).forEach(row -> chooses[row] = true));

        assertThat(origins.ranking()).isNotEmpty();
        assertThat(Arrays.stream(origins.ranking()).flatMap(o -> IntStream.range(o, o + horizon)))
                .noneMatch(row -> chooses[row]);
    }

    @Test
    void bothKindsOfBlocksCoverTheWholeValidationPart() {
        Origins origins = Origins.of(PARTS, 100, 7, "x.csv");

        assertThat(origins.stopping())
                .startsWith(1000)
                .contains(1150, 1193, 1250)
                .endsWith(1343)
                .hasSize(200 - 3 * 6);
        assertThat(origins.ranking())
                .startsWith(1050)
                .contains(1143, 1200, 1243)
                .endsWith(1393)
                .hasSize(200 - 3 * 6);
    }

    @Test
    void originsDependOnTheLongestSequenceOfTheSpaceAndNotOnTheTrial() {
        StudySpec study = aStudySpec();

        ForecastData data = ForecastData.of(Data.counting(1000), withoutTime(study));

        assertThat(data.origins().training()).startsWith(study.longestSequence());
    }

    @Test
    void partsWithoutRoomAreRefused() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Origins.of(new Split.Parts(90, 120, 150), 100, 7, "x.csv"))
                .withMessageContaining("The training part (90 rows) of x.csv must have at least 107 rows");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Origins.of(new Split.Parts(1000, 1010, 1100), 100, 7, "x.csv"))
                .withMessageContaining("validation part (10 rows)");
    }

    private static StudySpec withoutTime(StudySpec study) {
        var source = study.data();
        return study.withData(new dev.tunefleet.common.spec.DataSource(
                source.uri(),
                java.util.Optional.empty(),
                java.util.List.of("y"),
                source.inputs(),
                source.horizon(),
                source.calendar(),
                source.missing(),
                source.stride(),
                source.centring()));
    }

    private static IntStream all(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second));
    }
}
