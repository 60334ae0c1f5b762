package dev.tunefleet.coordinator.stream;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import dev.tunefleet.common.trial.Measurement;
import dev.tunefleet.coordinator.study.Fact;

/**
 * Reads measured epochs, which most of a journal is, without the detour over collected and boxed arguments that records are made
 * from elsewhere.
 */
final class EpochReader extends StdDeserializer<Fact.EpochMeasured> {

    private static final long serialVersionUID = 1;
    private static final int OF_THE_FACT = 0b11;
    private static final int OF_THE_MEASUREMENT = 0b111111;

    EpochReader() {
        super(Fact.EpochMeasured.class);
    }

    @Override
    public Fact.EpochMeasured deserialize(JsonParser in, DeserializationContext context) throws IOException {
        int trial = 0;
        int attempt = 0;
        Optional<Measurement> measurement = Optional.empty();
        int seen = 0;
        for (String name = first(in, context); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "trial" -> {
                    trial = _parseIntPrimitive(in, context);
                    seen |= 1;
                }
                case "attempt" -> {
                    attempt = _parseIntPrimitive(in, context);
                    seen |= 2;
                }
                case "measurement" -> measurement = Optional.of(measurement(in, context));
                default -> in.skipChildren();
            }
        }
        complete(seen == OF_THE_FACT && measurement.isPresent(), context);
        return new Fact.EpochMeasured(trial, attempt, measurement.orElseThrow());
    }

    private Measurement measurement(JsonParser in, DeserializationContext context) throws IOException {
        int epoch = 0;
        double[] numbers = new double[5];
        int seen = 0;
        for (String name = first(in, context); name != null; name = in.nextFieldName()) {
            in.nextToken();
            int at = place(name);
            if (at == 0) {
                epoch = _parseIntPrimitive(in, context);
            } else if (at > 0) {
                numbers[at - 1] = _parseDoublePrimitive(in, context);
            } else {
                in.skipChildren();
            }
            seen |= at < 0 ? 0 : 1 << at;
        }
        complete(seen == OF_THE_MEASUREMENT, context);
        return new Measurement(epoch, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /** Where a field of {@link Measurement} stands among its components; -1 for any other. */
    private static int place(String name) {
        return switch (name) {
            case "epoch" -> 0;
            case "trainLoss" -> 1;
            case "stopValue" -> 2;
            case "rankValue" -> 3;
            case "bestStopValue" -> 4;
            case "seconds" -> 5;
            default -> -1;
        };
    }

    /** The first field of the object that begins here, as Jackson says it: null where it has none. */
    private String first(JsonParser in, DeserializationContext context) throws IOException {
        if (!in.hasToken(JsonToken.START_OBJECT)) {
            context.handleUnexpectedToken(_valueClass, in);
        }
        return in.nextFieldName();
    }

    private void complete(boolean all, DeserializationContext context) throws IOException {
        if (!all) {
            context.reportInputMismatch(this, "A measured epoch must have all of its numbers.");
        }
    }
}
