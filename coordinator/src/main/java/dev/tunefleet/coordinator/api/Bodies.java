package dev.tunefleet.coordinator.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.StudySpec;
import dev.tunefleet.common.wire.Json;

/** Reads what clients send; what is wrong with it is told in the words of the type that refused it. */
final class Bodies {

    /** No study or trial that a person or a program writes is longer, and all of it is held in memory. */
    private static final int LONGEST_BYTES = 256 << 10;

    private static final ObjectReader STRICT = Json.strict(Json.MAPPER);
    /** How Jackson begins to say that a component of a record has no value; it has no type for that. */
    private static final String MISSING = "Null value for creator property";

    private Bodies() {}

    /** All of {@code content}, which must not be too long. */
    static byte[] bytes(InputStream content) {
        try {
            byte[] body = content.readNBytes(LONGEST_BYTES + 1);
            if (body.length > LONGEST_BYTES) {
                throw ProblemException.tooLarge("The body of a request must be at most " + LONGEST_BYTES + " bytes.");
            }
            return body;
        } catch (IOException brokenOff) {
            throw ProblemException.badRequest("The body of a request must be whole: " + brokenOff.getMessage());
        }
    }

    /** A word that tells {@code body} from another. */
    static String fingerprint(byte[] body) {
        return Integer.toHexString(Arrays.hashCode(body));
    }

    static StudySpec study(byte[] body) {
        StudySpec spec = read(body, StudySpec.class, "study");
        int enqueued = spec.search().enqueued().size();
        if (enqueued > spec.budget().trials()) {
            throw ProblemException.badRequest("The search.enqueued (" + enqueued + " configurations) of study "
                    + spec.name() + " must be no more than its budget.trials ("
                    + spec.budget().trials() + ").");
        }
        return spec;
    }

    static Configuration configuration(byte[] body) {
        return read(body, Enqueued.class, "trial").configuration();
    }

    private static <T> T read(byte[] body, Class<T> type, String what) {
        try {
            T read = STRICT.readValue(body, type);
            if (read == null) {
                throw ProblemException.badRequest("The body must be a " + what + " as a JSON object.");
            }
            return read;
        } catch (JsonMappingException refused) {
            throw ProblemException.badRequest(explain(refused, what));
        } catch (IOException unreadable) {
            throw ProblemException.badRequest(
                    "The body must be a " + what + " as a JSON object: " + unreadable.getMessage());
        }
    }

    private static String explain(JsonMappingException refused, String what) {
        if (refused.getCause() instanceof IllegalArgumentException own) {
            return own.getMessage();
        }
        String field = refused.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        if (refused.getCause() instanceof NullPointerException
                || refused.getOriginalMessage().startsWith(MISSING)) {
            return "The " + what + (field.isEmpty() ? "" : ", in " + field + ",") + " must have all its fields.";
        }
        String why = refused instanceof JsonProcessingException ? refused.getOriginalMessage() : refused.getMessage();
        return "The field (" + field + ") of the " + what + " must be readable: " + why;
    }

    /** The body that asks for a trial. */
    record Enqueued(Configuration configuration) {
        Enqueued {
            if (configuration == null) {
                throw new IllegalArgumentException("The configuration of a trial must be given.");
            }
        }
    }
}
