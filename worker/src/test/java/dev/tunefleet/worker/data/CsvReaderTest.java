package dev.tunefleet.worker.data;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.tunefleet.common.spec.MissingValues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CsvReaderTest {

    @Test
    void quotesDelimitersAndTextColumnsAreUnderstood() {
        String csv = "\"time\";\"wind, from\";y\n2020-01-01;\"N;W\";1\n2020-01-02;S;2.5e1\n\n";

        Series series = Data.read(csv, MissingValues.REFUSE);

        assertThat(series.columns()).containsExactly("y");
        assertThat(series.rows()).isEqualTo(2);
        assertThat(series.column("y")).startsWith(1, 25);
    }

    @Test
    void aLineOfAMillionCharactersIsReadAndALongerOneRefusedWithItsPlace() {
        String start = "time,y,note\r\n2020-01-01,1,a\r\n2020-01-02,2,";
        String longest = "x".repeat(1_000_000 - "2020-01-02,2,".length());

        assertThat(Data.read(start + longest + "\r\n", MissingValues.REFUSE).rows())
                .isEqualTo(2);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read(start + longest + "x\r\n", MissingValues.REFUSE))
                .withMessageStartingWith("Line 3 of x.csv: a line must have at most 1000000 characters");
    }

    @Test
    void whatStandsInALongLineIsNamedByItsBegin() {
        String noise = "x".repeat(900_000);
        String names = IntStream.range(0, 500).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        assertThat(refusal(noise))
                .startsWith("Line 1 of x.csv: there must be a column \"y\"")
                .contains("xxx…].");
        assertThat(refusal(names + "\n1")).contains("There are [c0, c1, ").endsWith(", c19 and 480 more].");
        assertThat(refusal("time,y\n2020-01-01," + noise)).startsWith("Line 2 of x.csv, column y: ");
        assertThat(refusal("time,y\n" + noise + ",1")).startsWith("Line 2 of x.csv, column time: ");
        assertThat(refusal("time,y," + noise + "\n2020-01-01,1,1\n2020-01-02,1,no"))
                .startsWith("Line 3 of x.csv, column xxx");
    }

    private static String refusal(String csv) {
        String message = catchThrowableOfType(InvalidDataException.class, () -> Data.read(csv, MissingValues.REFUSE))
                .getMessage();
        assertThat(message).hasSizeLessThan(500);
        return message;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2020-01-01,1~2020-01-02,x | Line 3 of x.csv, column y: a number must stand here",
                "2020-01-01,1~2020-01-02, | Line 3 of x.csv, column y: a value must not be missing",
                "2020-01-01,1~2020-01-02,3;5 | Line 3 of x.csv, column y: a number must stand here",
                "2020-01-01,1~2020-01-02,Infinity | Line 3 of x.csv, column y: a number must stand here",
                "2020-01-01,1~2020-01-02,1e99 | Line 3 of x.csv, column y: a number must be smaller",
                "2020-01-01,1~2020-01-02 | Line 3 of x.csv: a line must have 2 cells",
                "2020-01-01,1~2020-01-01,2 | Line 3 of x.csv, column time: the time (2020-01-01) must be after",
                "2020-01-01,1~2020-02-30,2 | Line 3 of x.csv, column time: a time must exist in the calendar",
                "2020-01-01,1~yesterday,2 | Line 3 of x.csv, column time: a time must have the form",
                "2020-01-01,1~2020-01-02,\"2 | Line 3 of x.csv: A quote must be closed",
                "2020-01-01,1~2020-01-02,2~2020-01-04,3 | Line 4 of x.csv, column time: the time (2020-01-04) must be one step (1 day)",
                "2020-01-01,1~2020-01-02,2~2020-01-03,2~2020-01-03 12:00,3 | must be a whole number of steps (1 day) after"
            })
    void theFirstWrongCellIsNamed(String rows, String message) {
        String csv = "time,y\n" + rows.replace('~', '\n');

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read(csv, MissingValues.REFUSE))
                .withMessageContaining(message);
    }

    @Test
    void theWrongCellIsThereForMachinesToo() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read("time,y\n2020-01-01,1\n2020-01-02,two", MissingValues.REFUSE))
                .satisfies(failure ->
                        assertThat(failure.place()).contains(InvalidDataException.Place.cell("x.csv", 3, "y", "two")));
    }

    @Test
    void aFileOfThousandsOfColumnsIsRefusedAtItsFirstLine() {
        String header =
                IntStream.range(0, 2_001).mapToObj(column -> "c" + column).collect(Collectors.joining(","));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read(header + "\n", MissingValues.REFUSE))
                .withMessageContaining("Line 1 of x.csv")
                .withMessageContaining("at most 2000");
    }

    @Test
    void aFileMayHaveSoManyCellsAndIsRefusedAtTheLineThatHasMore() {
        String twoColumns = "time,y\n2020-01-01,1\n2020-01-02,2\n2020-01-03,3\n";

        assertThat(Data.read(twoColumns, Data.aSource(MissingValues.REFUSE), 6).rows())
                .isEqualTo(3);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read(twoColumns, Data.aSource(MissingValues.REFUSE), 5))
                .withMessageContaining("Line 4 of x.csv")
                .withMessageContaining("at most 5 cells");
    }

    @Test
    void rowsThatAreFilledCountAsThoseThatAreThere() {
        String ofFour = "time,y,z\n2020-01-01,1,1\n2020-01-02,2,2\n2020-01-04,4,4\n";

        assertThat(Data.read(ofFour, Data.aSource(MissingValues.CARRY_FORWARD), 4 * 3)
                        .rows())
                .isEqualTo(4);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() ->
                        Data.read(ofFour.replace("01-04", "01-07"), Data.aSource(MissingValues.CARRY_FORWARD), 4 * 3))
                .withMessageContaining("Line 4 of x.csv")
                .withMessageContaining("at most 12 cells once missing rows are filled; 4 are missing");
    }

    /** A hundred million seconds are three years. */
    @Test
    void aGapOfYearsInAFileOfSecondsTakesNoMemory() throws Exception {
        String gap = "time,y\n2020-01-01 00:00:00,1\n2020-01-01 00:00:01,2\n2024-01-01 00:00:00,3\n";
        var content = new ByteArrayInputStream(gap.getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CsvReader.read("x.csv", content, Data.aSource(MissingValues.CARRY_FORWARD)))
                .withMessageContaining("Line 4 of x.csv")
                .withMessageContaining("at most 100000000 cells");
    }

    @Test
    void aColumnThatTheStudyNamesMustExist() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read("time,z\n2020-01-01,1\n2020-01-02,2", MissingValues.REFUSE))
                .withMessageContaining("there must be a column \"y\"")
                .withMessageContaining("[time, z]");
    }

    @Test
    void missingCellsAndStepsRepeatTheLastKnownValue() {
        String csv = "time,y,z\n2020-01-01,1,5\n2020-01-02,NA,6\n2020-01-03,3,\n2020-01-06,7,8\n";

        Series series = Data.read(csv, MissingValues.CARRY_FORWARD);

        assertThat(series.column("y")).startsWith(1, 1, 3, 3, 3, 7);
        assertThat(series.column("z")).startsWith(5, 6, 6, 6, 6, 8);
        assertThat(series.carriedForward()).isEqualTo(2 + 4);
    }

    @Test
    void aSeriesMustNotBeginWithAMissingValue() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read("time,y\n2020-01-01,\n2020-01-02,2", MissingValues.CARRY_FORWARD))
                .withMessageContaining("Line 2")
                .withMessageContaining("none before it to carry forward");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Data.read("time,y,z\n2020-01-01,1,\n2020-01-02,2,3", MissingValues.CARRY_FORWARD))
                .withMessageContaining("Line 3")
                .withMessageContaining("column z: the 1 rows before this one must have a value");
    }

    @Test
    void monthsAreAGridAlthoughTheyDifferInLength() {
        Series series = Data.read("time,y\n2020-01,1\n2020-02,2\n2020-03,3\n2020-04,4\n", MissingValues.REFUSE);

        assertThat(series.timeline()).isEqualTo(new Timeline.EveryMonths(LocalDateTime.of(2020, 1, 1, 0, 0), 1));
    }

    @Test
    void aMissingMonthIsNoticed() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(
                        () -> Data.read("time,y\n2020-01,1\n2020-02,2\n2020-03,3\n2020-05,4\n", MissingValues.REFUSE))
                .withMessageContaining("1 row is missing");
    }

    @Test
    void hoursAreReadInAllForms() {
        Series series = Data.read(
                "time,y\n2020-01-01,1\n2020-01-01 01:00,2\n2020-01-01T02:00:00,3\n2020-01-01 03:00:00Z,4\n",
                MissingValues.REFUSE);

        assertThat(series.timeline().stepInWords()).isEqualTo("1 hour");
        assertThat(series.columns()).isEqualTo(List.of("y"));
    }
}
