package dev.tunefleet.local.cli;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {

    @Test
    void numbersStandToTheRightAndWordsToTheLeft() {
        var table = new Table(List.of("study", "trials", "state"));
        table.row(List.of("a", "7", "RUNNING"));
        table.row(List.of("births", "123", "PAUSED"));

        assertThat(table.lines())
                .containsExactly("study   trials  state", "a            7  RUNNING", "births     123  PAUSED");
    }

    @Test
    void cellsOfCsvAreQuotedWhereTheyMustBe() {
        var table = new Table(List.of("name", "reason"));
        table.row(List.of("a", "said \"no\", twice"));

        assertThat(table.csv()).isEqualTo("name,reason\na,\"said \"\"no\"\", twice\"\n");
    }

    @Test
    void numbersAreRoundedForPeopleAndWholeForPrograms() {
        var table = new Table(List.of("trial", "value", "rate"));

        table.row(List.of("7", "0.4562468819425294", "1.1488657544777039E-4"));

        assertThat(table.lines()).containsExactly("trial   value       rate", "7      0.4562  0.0001149");
        assertThat(table.csv()).endsWith("7,0.4562468819425294,1.1488657544777039E-4\n");
    }
}
