package dev.tunefleet.coordinator.stream;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.tunefleet.common.wire.Codec;
import dev.tunefleet.common.wire.UnreadableRecordException;
import dev.tunefleet.coordinator.study.Fact;
import dev.tunefleet.coordinator.study.TrialEntity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

class WrittenRecordsTest {

    private static final int RECORDS = 200;
    private static final List<String> PIECES = List.of(
            "0",
            "1",
            "-",
            "-0",
            ".",
            "E",
            "e",
            "+",
            "99",
            "\"",
            "\\",
            "\\u0041",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "null",
            "true",
            "false",
            "1.5",
            "1E3",
            "-0.0",
            "\"NaN\"",
            "12345678901234567890",
            "ü",
            "\"x\":1,",
            "\n");

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverIsWrittenIsReadAsItIsInGeneral(long seed) {
        var records = new RandomRecords(new Random(seed));
        for (int i = 0; i < RECORDS; i++) {
            Fact fact = records.fact();
            TrialEntity trial = records.trial();

            assertThat(StudyCodecs.FACT.read(StudyCodecs.FACT.write(fact))).isEqualTo(fact);
            assertThat(StudyCodecs.ANY_FACT.read(StudyCodecs.FACT.write(fact))).isEqualTo(fact);
            assertThat(StudyCodecs.TRIAL.read(StudyCodecs.TRIAL.write(trial))).isEqualTo(trial);
            assertThat(StudyCodecs.ANY_TRIAL.read(StudyCodecs.TRIAL.write(trial)))
                    .isEqualTo(trial);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverElseStandsThereIsReadOrRefusedAsItIsInGeneral(long seed) {
        var random = new Random(seed);
        var records = new RandomRecords(random);
        for (int i = 0; i < 4 * RECORDS; i++) {
            byte[] fact = changed(StudyCodecs.FACT.write(records.fact()), random);
            byte[] trial = changed(StudyCodecs.TRIAL.write(records.trial()), random);

            assertThat(outcome(StudyCodecs.FACT, fact))
                    .as(new String(fact, ISO_8859_1))
                    .isEqualTo(outcome(StudyCodecs.ANY_FACT, fact));
            assertThat(outcome(StudyCodecs.TRIAL, trial))
                    .as(new String(trial, ISO_8859_1))
                    .isEqualTo(outcome(StudyCodecs.ANY_TRIAL, trial));
        }
    }

    @Test
    void whatMostOfAJournalConsistsOfIsNotReadInGeneral() {
        var facts = new Codec<>(new Deaf(), "fact", StudyCodecs.FACTS).withUsual(WrittenFacts.READERS);
        var trials = new Codec<>(new Deaf(), "trial", Map.<String, Class<? extends TrialEntity>>of())
                .withUsual(WrittenTrials.READERS);
        var records = new RandomRecords(new Random(1)).plain();
        for (int i = 0; i < RECORDS; i++) {
            Fact fact = records.fact();
            TrialEntity trial = records.trial();

            assertThat(facts.read(StudyCodecs.FACT.write(fact))).isEqualTo(fact);
            assertThat(trials.read(StudyCodecs.TRIAL.write(trial))).isEqualTo(trial);
        }
    }

    /** The text with one or two places of it replaced, removed or moved. */
    private static byte[] changed(byte[] written, Random random) {
        var text = new StringBuilder(new String(written, ISO_8859_1));
        for (int i = random.nextInt(2); i >= 0; i--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(3));
            String piece = random.nextInt(4) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
            text.replace(from, to, piece);
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    private static <T> Object outcome(Codec<T> codec, byte[] bytes) {
        try {
            return codec.read(bytes);
        } catch (UnreadableRecordException refused) {
            // The JVM leaves out what its own exceptions say once there have been many.
            return refused.getMessage().replaceFirst("problem: .*", "problem");
        }
    }

    /** Refuses whatever is to be read in general. */
    private static final class Deaf extends ObjectMapper {
        private static final long serialVersionUID = 1;

        @Override
        public JsonParser createParser(byte[] content) {
            throw new AssertionError("This must be read as it is written: " + new String(content, ISO_8859_1));
        }
    }
}
