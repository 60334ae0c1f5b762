package dev.tunefleet.coordinator.asktell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConversationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String INIT = """
            {"op":"init","space":[
             {"name":"rate","type":"double","low":1e-4,"high":0.01,"log":true,"choices":null},
             {"name":"units","type":"int","low":50,"high":200,"log":false},
             {"name":"fixed","type":"double","low":3,"high":3,"log":false},
             {"name":"cell","type":"categorical","choices":["lstm",7,true,2.5]}],
             "seed":1,"parallel":2,"direction":"minimize","budget":30}""".replace("\n", "");

    private final Conversation conversation = new Conversation();

    private JsonNode say(String line) {
        try {
            return JSON.readTree(conversation.answer(line));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void begin() {
        assertThat(say(INIT).path("ok").asBoolean()).isTrue();
    }

    @Test
    void parametersComeBackWithTheTypesTheyWereGivenWith() {
        begin();

        var cells = new HashSet<JsonNode>();
        for (int i = 0; i < 30; i++) {
            JsonNode answer = say("{\"op\":\"ask\"}");
            JsonNode params = answer.path("params");
            assertThat(answer.path("id").intValue()).isEqualTo(i);
            assertThat(params.path("units").isInt()).isTrue();
            assertThat(params.path("units").intValue()).isBetween(50, 200);
            assertThat(params.path("rate").doubleValue()).isBetween(1e-4, 1e-2);
            assertThat(params.path("fixed").doubleValue()).isEqualTo(3);
            cells.add(params.path("cell"));
            say("{\"op\":\"tell\",\"id\":%d,\"value\":%s}"
                    .formatted(i, params.path("rate").asText()));
        }

        assertThat(cells).extracting(JsonNode::toString).contains("\"lstm\"", "7", "true", "2.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "NaN", "Infinity", "-Infinity"})
    void aValueThatIsNoFiniteNumberIsAFailedTrial(String value) {
        begin();
        say("{\"op\":\"ask\"}");

        JsonNode answer = say("{\"op\":\"tell\",\"id\":0,\"value\":" + value + "}");

        assertThat(answer.path("ok").asBoolean()).isTrue();
        assertThat(say("{\"op\":\"ask\"}").path("id").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[1]",
                "{}",
                "{\"op\":\"dance\"}",
                "{\"op\":\"ask\"} {\"op\":\"ask\"}",
                "{\"op\":\"tell\",\"id\":5,\"value\":1}",
                "{\"op\":\"tell\",\"id\":0}",
                "{\"op\":\"tell\",\"id\":0,\"value\":\"low\"}",
                "{\"op\":\"tell\",\"id\":\"0\",\"value\":1}",
                "{\"op\":\"add\",\"params\":{\"units\":60},\"value\":1}",
                "{\"op\":\"init\",\"space\":[]}",
                "{\"op\":\"init\",\"space\":[{\"name\":\"x\",\"type\":\"double\",\"low\":2,\"high\":1}]}"
            })
    void anUnusableLineIsAnsweredWithAnErrorAndChangesNothing(String line) {
        begin();
        say("{\"op\":\"ask\"}");

        JsonNode answer = say(line);

        assertThat(answer.path("error").asText()).isNotBlank();
        assertThat(say("{\"op\":\"tell\",\"id\":0,\"value\":1}").path("ok").asBoolean())
                .isTrue();
        assertThat(say("{\"op\":\"ask\"}").path("id").intValue()).isEqualTo(1);
    }

    @Test
    void aSecondTellOfTheSameTrialIsRefused() {
        begin();
        say("{\"op\":\"ask\"}");
        say("{\"op\":\"tell\",\"id\":0,\"value\":1}");

        JsonNode answer = say("{\"op\":\"tell\",\"id\":0,\"value\":2}");

        assertThat(answer.path("error").asText()).contains("must not have been told before");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"op\":\"ask\"}", "{\"op\":\"tell\",\"id\":0,\"value\":1}", "{\"op\":\"add\",\"value\":1}"})
    void nothingButInitIsPossibleAtFirst(String line) {
        assertThat(say(line).path("error").asText()).startsWith("The first request must be init");
    }

    @Test
    void aSecondInitStartsAfresh() {
        begin();
        JsonNode first = say("{\"op\":\"ask\"}");

        begin();

        assertThat(say("{\"op\":\"ask\"}")).isEqualTo(first);
    }

    @Test
    void whatWasAddedIsNotAskedAgain() {
        say("{\"op\":\"init\",\"space\":[{\"name\":\"n\",\"type\":\"int\",\"low\":1,\"high\":2}],\"seed\":3}");

        say("{\"op\":\"add\",\"params\":{\"n\":1},\"value\":0.5}");

        assertThat(say("{\"op\":\"ask\"}").path("params").path("n").intValue()).isEqualTo(2);
    }

    @Test
    void aZeroThatWasAddedWithASignIsNotAskedAgain() {
        say("{\"op\":\"init\",\"space\":[{\"name\":\"n\",\"type\":\"int\",\"low\":0,\"high\":1}],\"seed\":3}");

        say("{\"op\":\"add\",\"params\":{\"n\":-0.0},\"value\":0.5}");

        assertThat(say("{\"op\":\"ask\"}").path("params").path("n").intValue()).isEqualTo(1);
    }

    @Test
    void aFiniteSpaceIsGoneOverAgainOnceItIsUsedUp() {
        say("{\"op\":\"init\",\"space\":[{\"name\":\"n\",\"type\":\"int\",\"low\":4,\"high\":4}],\"seed\":3}");

        for (int i = 0; i < 5; i++) {
            JsonNode answer = say("{\"op\":\"ask\"}");
            assertThat(answer.path("params").path("n").intValue()).isEqualTo(4);
            say("{\"op\":\"tell\",\"id\":%d,\"value\":%d}".formatted(i, i));
        }
    }

    @Test
    void aFiniteSpaceIsGoneOverAgainAsAWholeAndNotTheGuidesStartAlone() {
        say("{\"op\":\"init\",\"space\":[{\"name\":\"batchSize\",\"type\":\"categorical\",\"choices\":[32,64,128]}],"
                + "\"prior\":\"guide\",\"seed\":3}");

        var again = new HashSet<JsonNode>();
        for (int i = 0; i < 30; i++) {
            JsonNode params = say("{\"op\":\"ask\"}").path("params");
            say("{\"op\":\"tell\",\"id\":%d,\"value\":%d}".formatted(i, i));
            if (i >= 3) {
                again.add(params.path("batchSize"));
            }
        }

        assertThat(again).hasSize(3);
    }

    @Test
    void asksBeyondTheParallelismAreAnswered() {
        begin();

        for (int i = 0; i < 10; i++) {
            assertThat(say("{\"op\":\"ask\"}").path("id").intValue()).isEqualTo(i);
        }
    }

    @Test
    void maximisingIsMinimisingTheNegative() {
        String space = "\"space\":[{\"name\":\"x\",\"type\":\"double\",\"low\":0,\"high\":1}],\"seed\":2}";
        var other = new Conversation();
        say("{\"op\":\"init\",\"direction\":\"minimize\"," + space);
        other.answer("{\"op\":\"init\",\"direction\":\"maximize\"," + space);

        for (int i = 0; i < 15; i++) {
            String asked = conversation.answer("{\"op\":\"ask\"}");
            assertThat(other.answer("{\"op\":\"ask\"}")).isEqualTo(asked);
            conversation.answer("{\"op\":\"tell\",\"id\":%d,\"value\":%d}".formatted(i, i % 4));
            other.answer("{\"op\":\"tell\",\"id\":%d,\"value\":%d}".formatted(i, -(i % 4)));
        }
    }

    @Test
    void eachLineHasOneAnswerUntilTheInputEnds() throws IOException {
        var input =
                new ByteArrayInputStream((INIT + "\n{\"op\":\"ask\"}\nnonsense\n").getBytes(StandardCharsets.UTF_8));
        var output = new ByteArrayOutputStream();

        AskTellServer.serve(input, output);

        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .first()
                .isEqualTo("{\"ok\":true}");
    }

    @Test
    void theGuideIsHeardOnlyWhereItIsAskedFor() {
        String space =
                "{\"op\":\"init\",\"space\":[{\"name\":\"learningRate\",\"type\":\"double\",\"low\":1e-4,\"high\":0.01,\"log\":true},"
                        + "{\"name\":\"batchSize\",\"type\":\"categorical\",\"choices\":[32,64,128]}],\"seed\":1%s}";
        say(space.formatted(",\"prior\":\"guide\""));

        JsonNode guided = say("{\"op\":\"ask\"}").path("params");

        assertThat(guided.path("learningRate").doubleValue()).isEqualTo(1e-3);
        assertThat(guided.path("batchSize").isInt()).isTrue();
        assertThat(guided.path("batchSize").intValue()).isEqualTo(32);
        say(space.formatted(""));
        assertThat(say("{\"op\":\"ask\"}").path("params").path("learningRate").doubleValue())
                .isNotEqualTo(1e-3);
        assertThat(say(space.formatted(",\"prior\":\"mine\"")).path("error").asText())
                .startsWith("The prior (mine) must be");
    }
}
