package dev.tunefleet.coordinator.stream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.tunefleet.common.trial.StudyId;
import dev.tunefleet.coordinator.study.Command;
import dev.tunefleet.coordinator.study.Study;
import dev.tunefleet.coordinator.study.StudyEntity;
import dev.tunefleet.coordinator.study.StudyState;
import dev.tunefleet.coordinator.study.TrialEntity;

import static org.assertj.core.api.Assertions.assertThat;

/** What was written once is read for ever: the files are never changed, a new version gets new ones. */
class GoldenJournalTest {

    @Test
    void aJournalOfVersionOneStillFoldsToTheStudyThatWasStored() throws IOException {
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
    void commandsOfVersionOneCanStillBeRead() throws IOException {
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

    private static Stream<byte[]> lines(String name) throws IOException {
        try (InputStream in = Optional.ofNullable(GoldenJournalTest.class.getResourceAsStream("/golden/" + name))
                .orElseThrow()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
