package dev.tunefleet.coordinator.asktell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AskTellServerTest {

    private static final String INIT = "{\"op\":\"init\",\"space\":[{\"name\":\"x\",\"type\":\"double\","
            + "\"low\":0,\"high\":1,\"log\":false}],\"seed\":1,\"parallel\":1,\"direction\":\"minimize\",\"budget\":3}";

    @Test
    void aLineThatIsTooLongIsAnsweredWithAnErrorAndTheNextIsHeeded() throws IOException {
        String longest = " ".repeat(AskTellServer.LONGEST_LINE - INIT.length()) + INIT;

        List<String> answers = answers("x".repeat(3 * AskTellServer.LONGEST_LINE) + "\n" + longest + "\n " + longest);

        assertThat(answers).hasSize(3);
        assertThat(answers.get(0))
                .contains("error")
                .contains("3000000 characters")
                .hasSizeLessThan(200);
        assertThat(answers.get(1)).contains("ok");
        assertThat(answers.get(2)).contains("error").contains("1000001 characters");
    }

    @Test
    void linesMayEndAsOnWindowsAndTheLastWithoutAnEnd() throws IOException {
        List<String> answers = answers(INIT + "\r\n\n{\"op\":\"ask\"}");

        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).contains("ok");
        assertThat(answers.get(1)).contains("error");
        assertThat(answers.get(2)).contains("x");
    }

    private static List<String> answers(String input) throws IOException {
        var output = new ByteArrayOutputStream();
        AskTellServer.serve(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), output);
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
