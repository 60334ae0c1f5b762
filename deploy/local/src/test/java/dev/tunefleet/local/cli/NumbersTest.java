package dev.tunefleet.local.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.0241349, 0.02413",
        "1, 1.000",
        "123.456, 123.5",
        "98765.4, 98765",
        "0.000012345, 1.23e-05",
        "12345678, 1.23e+07",
        "-0.5, -0.5000"
    })
    void errorsHaveFourDigits(double value, String text) {
        assertThat(Numbers.error(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7.4, 0:07", "161, 2:41", "3723, 1:02:03", "-1, 0:00"})
    void clocksShowHoursOnlyWhenThereAreAny(double seconds, String text) {
        assertThat(Numbers.clock(seconds)).isEqualTo(text);
    }
}
