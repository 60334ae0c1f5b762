package dev.tunefleet.local.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

    @Test
    void aBlockIsWrittenOverByTheNextAndTakenAwayByALine() {
        var screen = new Screen(stream, stream, true, false, 80);

        screen.block(List.of("one", "two"));
        screen.block(List.of("three"));
        screen.line("stays");

        String end = System.lineSeparator();
        assertThat(printed())
                .isEqualTo("one" + end + "two" + end + "\u001b[2A\r\u001b[J" + "three" + end + "\u001b[1A\r\u001b[J"
                        + "stays" + end);
    }

    @Test
    void aLogGetsNoBlocksAndNoEscapes() {
        var screen = new Screen(stream, stream, false, false, 80);

        screen.block(List.of("moving"));
        screen.line(screen.bold("stays"));

        assertThat(printed()).isEqualTo("stays" + System.lineSeparator());
    }

    @Test
    void aLineOfABlockIsNeverWiderThanTheTerminal() {
        var screen = new Screen(stream, stream, true, true, 10);

        screen.block(List.of(screen.bold("0123456789abc")));

        assertThat(printed()).isEqualTo("\u001b[1m012345678\u001b[0m" + System.lineSeparator());
    }

    @Test
    void afterTheLastBlockOnlyLinesArePrinted() {
        var screen = new Screen(stream, stream, true, false, 80);
        screen.endBlocks();

        screen.block(List.of("moving"));
        screen.line("stays");

        assertThat(printed()).isEqualTo("stays" + System.lineSeparator());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
