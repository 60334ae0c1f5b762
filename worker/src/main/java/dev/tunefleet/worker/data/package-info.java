/**
 * From a CSV file to scaled windows: reading, the time grid, calendar features, splits, scaling, errors and naive forecasts.
 *
 * <p>Owns what keeps the future out of the past: scalers see training rows only, targets never cross a split, and every
 * sequence length is trained and scored on the same forecast origins. Knows no network, no broker and no trial.
 */
package dev.tunefleet.worker.data;
