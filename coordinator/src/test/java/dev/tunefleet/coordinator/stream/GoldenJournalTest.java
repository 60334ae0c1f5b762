package dev.tunefleet.coordinator.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.common.wire.Codec;
import dev.tunefleet.common.wire.Holes;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.StudyState;
import dev.tunefleet.coordinator.study.TrialEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** What was written once is read for ever: the files are never changed, a new version gets new ones. */
class GoldenJournalTest {

    @Test
    void aJournalOfVersionOneStillFoldsToTheStudyThatWasStored() {
        Study study = Study.absent(new StudyId("golden"));

        lines("journal-v1.jsonl").map(StudyCodecs.FACT::read).forEach(study::replay);

        StudyEntity stored =
                lines("study-v1.jsonl").map(StudyCodecs.STUDY::read).findFirst().orElseThrow();
        List<TrialEntity> trials =
                lines("trials-v1.jsonl").map(StudyCodecs.TRIAL::read).toList();
        assertThat(study.entity()).isEqualTo(stored);
        assertThat(study.trials()).isEqualTo(trials);
        assertThat(stored.state()).isEqualTo(StudyState.COMPLETED);
    }

    @Test
    void commandsOfVersionOneCanStillBeRead() {
        List<Command> commands =
                lines("commands-v1.jsonl").map(StudyCodecs.COMMAND::read).toList();

        assertThat(commands)
                .hasAtLeastOneElementOfType(Command.CreateStudy.class)
                .hasAtLeastOneElementOfType(Command.PauseStudy.class)
                .hasAtLeastOneElementOfType(Command.ResumeStudy.class)
                .hasAtLeastOneElementOfType(Command.EnqueueTrial.class)
                .hasAtLeastOneElementOfType(Command.CancelTrial.class)
                .hasAtLeastOneElementOfType(Command.OfferSuggestions.class);
    }

    static Stream<Arguments> recordsOfVersionOne() {
        return Map.of(
                        "journal-v1.jsonl", StudyCodecs.FACT,
                        "study-v1.jsonl", StudyCodecs.STUDY,
                        "trials-v1.jsonl", StudyCodecs.TRIAL,
                        "commands-v1.jsonl", StudyCodecs.COMMAND)
                .entrySet()
                .stream()
                .flatMap(file -> lines(file.getKey()).map(line -> Arguments.of(file.getValue(), line)));
    }

    @ParameterizedTest
    @MethodSource("recordsOfVersionOne")
    void whatLacksSomethingIsUnreadableOrDoesWithoutIt(Codec<?> codec, byte[] written) {
        assertThat(Holes.has(codec.read(written))).isFalse();
        assertThat(Holes.in(written)).allSatisfy(holed -> assertThat(Holes.sound(codec, holed))
                .as(new String(holed, StandardCharsets.UTF_8))
                .isTrue());
    }

    private static Stream<byte[]> lines(String name) {
        try (InputStream in = Optional.ofNullable(GoldenJournalTest.class.getResourceAsStream("/golden/" + name))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
