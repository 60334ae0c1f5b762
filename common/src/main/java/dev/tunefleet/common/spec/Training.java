package dev.tunefleet.common.spec;

/**
 * How each trial of a study is trained beyond its tuned parameters.
 *
 * @param patience training ends after this many epochs in a row without a better validation error
 * @param clipNorm gradients are scaled down to this global norm; 0 switches clipping off
 */
public record Training(int patience, double clipNorm) {

    public static final Training DEFAULT = new Training(5, 1.0);

    public Training {
        if (patience < 1) {
            throw new IllegalArgumentException(
                    "The training.patience (" + patience + ") of a study must be at least 1 epoch.");
        }
        if (!(clipNorm >= 0) || !Double.isFinite(clipNorm)) {
            throw new IllegalArgumentException(
                    "The training.clipNorm (" + clipNorm + ") of a study must be 0 (off) or above.");
        }
    }
}
