/**
 * The training step of an LSTM network on one CPU core, on flat vectors of floats; arrays and maths only. It knows nothing of
 * files, messages, epochs of a trial or DL4J, whose parameter order it keeps so that a network can be copied in and out.
 *
 * <pre>{@code
 * var architecture = new Architecture(7, 100, 2, 24, Emission.LAST_STEP, Loss.MEAN_SQUARED_ERROR);
 * var data = new Dataset(new Windows(series, 7, 50, origins), new Values(targets));
 * var unrolling = new Unrolling(50, 25);                             // gradients go back 25 steps; or full(50)
 * try (var network = new LstmNetwork(architecture, unrolling, new Hyperparameters(0.2, 0, 1, seed))) {
 *     network.load(parameters);                                      // MultiLayerNetwork.params() as it lies
 *     for (int from = 0, number = 0; from < order.length; from += 32, number++) {
 *         var batch = new Batch(data, order, from, Math.min(32, order.length - from));
 *         double loss = network.train(batch, epoch, number, 1e-3);   // forward, backward, clip, L2, Adam
 *         if (network.diverged()) break;                             // a non-finite loss or gradient norm
 *     }
 *     double validation = network.loss(heldOut);                     // the metric alone: no dropout, no L2
 *     network.predict(heldOut, outputs, 0);
 *     network.store(parameters);                                     // or state() and restore(...) for a checkpoint
 * }
 * }</pre>
 *
 * <p>Forecasts use {@link dev.tunefleet.worker.lstm.Windows} with {@link dev.tunefleet.worker.lstm.Emission#LAST_STEP} and squared errors.
 * {@link dev.tunefleet.worker.lstm.Sequences}, {@link dev.tunefleet.worker.lstm.Tokens}, {@link dev.tunefleet.worker.lstm.Labels},
 * {@link dev.tunefleet.worker.lstm.Emission#EVERY_STEP} and the cross-entropies are complete and tested, and no task uses them yet.
 *
 * <p>Glossary, where names are single letters: m the arena, z gate sums then gates, c cells, h hidden state, x inputs, k the
 * index summed over, n a gate row, b a sample of the block (a lane). Gates lie in DL4J's order: candidate, forget, output, input.
 */
package dev.tunefleet.worker.lstm;
