package dev.tunefleet.worker.lstm;

/**
 * Separate sequences of token numbers, fed to the network one-hot, padded at the end.
 *
 * @param tokens [sample][step] each 0 to vocabulary - 1
 * @param vocabulary number of different tokens
 * @param sequence steps per sample, padding included
 * @param lengths [sample] valid steps, 1 to sequence
 */
public record Tokens(int[] tokens, int vocabulary, int sequence, int[] lengths) implements Samples {
    public Tokens {
        Lengths.check(lengths, sequence, tokens.length / sequence);
        for (int token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw new IllegalArgumentException(
                        "The token (" + token + ") of a sequence must lie in 0 to " + (vocabulary - 1) + ".");
            }
        }
    }

    @Override
    public int count() {
        return lengths.length;
    }

    @Override
    public int features() {
        return vocabulary;
    }

    @Override
    public int length(int sample) {
        return lengths[sample];
    }
}
