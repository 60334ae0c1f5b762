package dev.tunefleet.common.trial;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StudyIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "0123456789012345678901234567890123456789012345678901234567890123"})
    void whatNoStudyCanBeCalledIsNoId(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StudyId(name))
                .withMessageContaining("(" + name + ")");
    }

    @Test
    void theLongestNameOfAStudyIsAnId() {
        var id = new StudyId("a".repeat(63));

        assertThat(id.toString()).hasSize(63);
    }
}
