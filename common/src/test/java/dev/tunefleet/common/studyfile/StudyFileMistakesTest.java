package dev.tunefleet.common.studyfile;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

class StudyFileMistakesTest {

    /** Each line is one mistake put on line 3 behind two good lines. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "budget: {trials: 0}                  | budget.trials (0) must be a whole number from 1 to 1000000.",
                "budget: {trials: 3.5}                | budget.trials (3.5) must be a whole number from 1",
                "budget: {trials: many}               | budget.trials (many) must be a whole number from 1",
                "budget: {trials: }                   | budget.trials must be a whole number from 1",
                "budget: {trials: [1]}                | budget.trials must be a whole number from 1",
                "budget: {trails: 5}                  | budget.trails is not a known field; allowed are trials, time,",
                "budget: {trails: 5}                  | Maybe trials was meant.",
                "budget: {time: 10}                   | budget.time (10) must be a time above 0 such as 90s",
                "budget: {time: 0s}                   | budget.time (0s) must be a time above 0",
                "budget: {time: -PT5M}                | budget.time (-PT5M) must be a time above 0",
                "budget: {parallel: none}             | budget.parallel (none) must be a whole number from 1",
                "budget: {target: .nan}               | budget.target (.nan) must be a number.",
                "budget: [40]                         | budget must be fields with values: trials, time,",
                "budget: 40                           | budget (40) must be fields with values: trials, time,",
                "task: forcast                        | task (forcast) must be forecast. Maybe forecast was meant.",
                "validation: {scheme: kfold}          | validation.scheme (kfold) must be holdout.",
                "validation: {split: [0.9, 0.2, 0.1]} | validation.split is not possible: The split (0.9, 0.2, 0.1)",
                "validation: {split: [0.9, 0.1]}      | validation.split must be a list of three",
                "validation: {split: 0.8}             | validation.split (0.8) must be a list of three",
                "objective: {metric: accuracy}        | objective.metric (accuracy) must be one of mae, mase, mse, rmse, smape.",
                "objective: [mse, mae]                | objective (mae) must be one of parameters, trainingSeconds; the first of a list is an error, the others are expenses.",
                "objective: [mse, parameters, parameters] | objective (parameters) must stand once.",
                "objective: {direction: maximize}     | objective.direction (maximize) must be minimize.",
                "training: {patience: 0}              | training.patience (0) must be a whole number from 1",
                "training: {clipNorm: -1}             | training.clipNorm (-1) must be 0 (off) or a number above.",
                "training: {truncation: 0}            | training.truncation (0) must be a whole number from 1",
                "training: {time: soon}               | training.time (soon) must be a time above 0 such as 90s",
                "space: {unit: 50}                    | space.unit is not a known field",
                "space: {unit: 50}                    | Maybe units was meant.",
                "space: {learning_rate: 1e-3}         | Maybe learningRate was meant.",
                "space: {units: 0}                    | space.units (0) must be a whole number from 1 to 4096.",
                "space: {units: 50.5}                 | space.units (50.5) must be a whole number from 1 to 4096.",
                "space: {units: [200, 50]}            | space.units must ascend, but begins with 200 and ends with 50.",
                "space: {units: [50, 100, 200]}       | space.units must be two numbers, [lowest, highest].",
                "space: {units: off}                  | space.units (off) must be a whole number from 1 to 4096.",
                "space: {units: {low: 5}}             | space.units.low is not a known field",
                "space: {units: {range: 5}}           | space.units (5) must be two numbers",
                "space: {units: {range: [5, 9], options: [5]}} | space.units.range must not stand beside options.",
                "space: {learningRate: 0}             | space.learningRate (0) must be a number above 0 and at most 1.",
                "space: {learningRate: 1d}            | space.learningRate (1d) must be a number above 0 and at most 1.",
                "space: {dropout: [0.1, 1.0]}         | space.dropout (1.0) must be a number from 0 and below 1.",
                "space: {dropout: {scale: cubic}}     | space.dropout.scale (cubic) must be one of linear, log.",
                "space: {dropout: {range: [0, 0.5], scale: log}} | space.dropout is not possible: The lower bound (0.0)",
                "space: {batchSize: [32, 32]}         | space.batchSize is not possible: The options",
                "space: {batchSize: {step: 4}}        | space.batchSize must have options or a range",
                "space: {sequenceLength: {multiplesOf: 7, range: [8, 13]}} | there is no multiple of 7 from 8 to 13.",
                "space: {l2: maybe}                   | space.l2 (maybe) must be a number above 0 and at most 1, or off.",
                "search: {algorithm: grid}            | search.algorithm (grid) must be one of bayesian, random, sobol.",
                "search: {scheduler: ash}             | search.scheduler (ash) must be one of asha, median, none. Maybe asha",
                "search: {scheduler: none, eta: 3}    | search.eta (3) must stand beside the scheduler asha only.",
                "search: {scheduler: none, minEpochs: 3} | search.minEpochs (3) must stand beside the schedulers asha and median",
                "search: {minEpochs: 31}              | search.minEpochs (31) must be a whole number from 1 to 30.",
                "search: {seed: abc}                  | search.seed (abc) must be a whole number.",
                "search: {guided: perhaps}            | search.guided (perhaps) must be one of false, true.",
                "search: {enqueue: {units: 50}}       | search.enqueue must be a list of configurations",
                "search: {enqueue: [{units: 500}]}    | search.enqueue.units (500) must be a whole number from 50 to 200, as",
                "search: {enqueue: [{units: off}]}    | search.enqueue.units (off) must be a whole number from 50 to 200, as",
                "serach: {seed: 1}                    | serach is not a known field; allowed are name, task,",
                "name: again                          | name must stand once; it stands on line 1 already.",
                "budget: {trials: 5                   | the study file must be valid YAML",
            })
    void aMistakeNamesItsLineItsFieldItsValueAndTheRule(String line, String expected) {
        String text = StudyFileTest.SHORTEST + line + "\n";

        StudyFileException refusal = refusal(text);

        assertThat(refusal.getMessage()).contains("births.yaml:").contains(expected);
        assertThat(refusal.mistakes()).allMatch(mistake -> mistake.line() >= 3 && mistake.line() <= 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{uri: a.csv}                                 | data.target must name the column to predict",
                "{target: y}                                  | data.uri must be given: the CSV file",
                "{uri: a.csv, target: y, horizon: 0}          | data.horizon (0) must be a whole number from 1 to 10000.",
                "{uri: a.csv, target: y, targets: [z]}        | data.targets must not stand beside data.target",
                "{uri: a.csv, targets: [z, z]}                | data.targets is not possible: A column must stand",
                "{uri: a.csv, target: y, time: y}             | data.time (y) must not be one of the targets or inputs too.",
                "{uri: a.csv, target: y, calendar: weekly}    | data.calendar (weekly) must be auto, none or a list of",
                "{uri: a.csv, target: y, calendar: [dayOfweek]} | Maybe dayOfWeek was meant.",
                "{uri: a.csv, target: y, calendar: [dayOfWeek]} | or data.time must name the column",
                "{uri: a.csv, target: y, missing: drop}       | data.missing (drop) must be one of carryForward, refuse.",
                "{uri: a.csv, target: y, stride: 0}           | data.stride (0) must be a whole number from 1",
                "births.csv                                   | data (births.csv) must be fields with values: uri",
            })
    void aMistakeInTheDataIsNamed(String data, String expected) {
        StudyFileException refusal = refusal("name: births\ndata: " + data + "\n");

        assertThat(refusal.getMessage()).contains("births.yaml:2: ").contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Births | name (Births) must be 1 to 63 lower-case letters",
                "a/b    | name (a/b) must be 1 to 63 lower-case letters",
                "\"''\" | name must be a text.",
            })
    void aNameThatCannotBeAnIdIsRefused(String name, String expected) {
        StudyFileException refusal = refusal("name: " + name + "\ndata: {uri: a.csv, target: y}\n");

        assertThat(refusal.getMessage()).contains("births.yaml:1: ").contains(expected);
    }

    @Test
    void allMistakesAreToldAtOnceInOrderOfTheirLines() {
        StudyFileException refusal = refusal("""
                task: forecast
                search: {seed: x}
                data: {uri: a.csv, target: y, horizon: 0}
                budget: {trials: 0, epochs: -1}
                """);

        assertThat(refusal.mistakes())
                .extracting(Mistake::line, Mistake::field)
                .containsExactly(
                        tuple(1, "name"),
                        tuple(2, "search.seed"),
                        tuple(3, "data.horizon"),
                        tuple(4, "budget.trials"),
                        tuple(4, "budget.epochs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"            | must not be empty.",
                "just words      | (just words) must be fields with values",
                "[1, 2]          | must be fields with values",
                "a: b: c         | must be valid YAML",
                "\"a: 1\n---\nb: 2\" | must be valid YAML",
                "\"!!java.net.URL [x]\" | must be valid YAML: Global tag is not allowed",
            })
    void aFileThatIsNoStudyIsRefused(String text, String expected) {
        assertThat(refusal(text).getMessage()).startsWith("births.yaml:").contains(expected);
    }

    @Test
    void aFileThatIsNoTextIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("births.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        var refusal = catchThrowableOfType(StudyFileException.class, () -> StudyFile.read(file));

        assertThat(refusal.mistakes())
                .isEqualTo(List.of(new Mistake(file.toString(), 1, "", "", "must be UTF-8 text.")));
    }

    @Test
    void aFileFarLargerThanAStudyIsRefusedWithoutBeingReadWhole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("births.yaml");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(5L << 30);
        }

        var refusal = catchThrowableOfType(StudyFileException.class, () -> StudyFile.read(file));

        assertThat(refusal.mistakes()).singleElement().satisfies(mistake -> assertThat(mistake.rule())
                .startsWith("must have at most 1000000 bytes."));
    }

    private static StudyFileException refusal(String text) {
        var refusal = catchThrowableOfType(StudyFileException.class, () -> StudyFile.parse("births.yaml", text));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
