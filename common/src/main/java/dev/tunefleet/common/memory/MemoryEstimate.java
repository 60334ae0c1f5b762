package dev.tunefleet.common.memory;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.common.spec.Training;
import dev.tunefleet.common.trial.DataShape;

/**
 * What a trial needs of its slot's memory, before it is begun, in bytes.
 *
 * @param network the arena of the training step, exact
 * @param copies best parameters, the state before the epoch, a checkpoint being written, forecasts
 * @param data the data set, and answers of the trial's own
 */
public record MemoryEstimate(long network, long copies, long data) {

    /** Vectors of parameters alive at once: best, four before the epoch, four as taken, four as written, two spare. */
    private static final long VECTORS = 15;

    /** A network that answers once, after the last row of its window. */
    public static MemoryEstimate of(Configuration configuration, Training training, DataShape data) {
        var arena = new Arena(
                data.inputs(),
                configuration.whole(Guide.UNITS),
                configuration.whole(Guide.LAYERS),
                data.outputs(),
                1,
                training.span(configuration.whole(Guide.SEQUENCE_LENGTH)));
        return new MemoryEstimate(
                arena.bytes(), Float.BYTES * (VECTORS * arena.parameters() + data.forecasts()), data.bytes());
    }

    public long total() {
        return network + copies + data;
    }
}
