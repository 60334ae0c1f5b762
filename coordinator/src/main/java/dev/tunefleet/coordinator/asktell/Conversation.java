package dev.tunefleet.coordinator.asktell;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.tunefleet.coordinator.search.GpSearch;

/**
 * A client's side of the protocol: {@code init}, then {@code ask}, {@code tell} and {@code add} in any order. A line that
 * cannot be used is answered with an error and changes nothing.
 */
final class Conversation {

    private static final Logger LOG = System.getLogger(Conversation.class.getName());

    /** NaN and infinities are what Python writes for a failed trial. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Game game;

    /** The answer to one line, without a line break. */
    String answer(String line) {
        try {
            return reply(JSON.readTree(line)).toString();
        } catch (JsonProcessingException notJson) {
            return error("The line must be one JSON object: " + notJson.getOriginalMessage());
        } catch (IllegalArgumentException refused) {
            return error(refused.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.log(Level.ERROR, "A request failed", unexpected);
            return error("The request failed: " + unexpected);
        }
    }

    private ObjectNode reply(JsonNode request) {
        if (!request.isObject()) {
            throw new IllegalArgumentException("The line (" + request + ") must be one JSON object.");
        }
        String op = request.path("op").asText();
        return switch (op) {
            case "init" -> {
                game = Game.of(request, new GpSearch());
                yield ok();
            }
            case "ask" -> game(op).ask();
            case "tell" -> {
                game(op).tell(request);
                yield ok();
            }
            case "add" -> {
                game(op).add(request);
                yield ok();
            }
            default ->
                throw new IllegalArgumentException("The op (" + op + ") of a request must be init, ask, tell or add.");
        };
    }

    private Game game(String op) {
        if (game == null) {
            throw new IllegalArgumentException("The first request must be init, was " + op + ".");
        }
        return game;
    }

    private static ObjectNode ok() {
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    static String error(String message) {
        return JsonNodeFactory.instance.objectNode().put("error", message).toString();
    }
}
