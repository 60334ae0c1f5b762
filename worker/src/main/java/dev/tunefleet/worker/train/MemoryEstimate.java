package dev.tunefleet.worker.train;

import dev.tunefleet.worker.lstm.Architecture;
import dev.tunefleet.worker.lstm.LstmNetwork;

/**
 * What a trial needs of its slot's memory, before it is begun.
 *
 * @param network the arena of the training step, exact
 * @param copies best parameters, the state before the epoch, a checkpoint being written, forecasts, answers of
 *     its own
 * @param data the data set, which trials of a study share but each is charged for
 */
public record MemoryEstimate(long network, long copies, long data) {

    /** Vectors of parameters alive at once: best, four before the epoch, four as taken, four as written, two spare. */
    private static final long VECTORS = 15;

    public static MemoryEstimate of(Settings settings, PreparedData data) {
        Architecture architecture = settings.architecture(data.data());
        int forecasts = Math.max(
                        data.data().origins().stopping().length,
                        data.data().origins().ranking().length)
                * data.data().outputs();
        return new MemoryEstimate(
                LstmNetwork.bytes(architecture, settings.sequence()),
                4 * (VECTORS * architecture.parameters() + forecasts) + data.bytesPerTrial(),
                data.bytes());
    }

    public long total() {
        return network + copies + data;
    }
}
