package dev.tunefleet.worker.lstm;

/** Packs weights into panels of tile height, in which a product reads one stream; done once per batch. */
final class Panels {
    private final float[] m;
    private final int tileRows;

    Panels(float[] arena, int tileRows) {
        m = arena;
        this.tileRows = tileRows;
    }

    /**
     * Packs a part of the columns of a matrix [rows][depth]: element (row, k) of the part comes from
     * from + row · rowStride + k · depthStride.
     */
    void pack(Part part, int to, int from, int rowStride, int depthStride) {
        for (int tile = 0; tile < part.rows(); tile += tileRows) {
            int panel = to + tile * part.depth() + part.first() * tileRows;
            int height = Math.min(tileRows, part.rows() - tile);
            for (int k = 0; k < part.count(); k++) {
                int source = from + tile * rowStride + k * depthStride;
                if (height == 8) {
                    eight(panel + k * 8, source, rowStride);
                } else {
                    for (int row = 0; row < height; row++) {
                        m[panel + k * tileRows + row] = m[source + row * rowStride];
                    }
                }
            }
        }
    }

    private void eight(int to, int from, int stride) {
        m[to] = m[from];
        m[to + 1] = m[from + stride];
        m[to + 2] = m[from + 2 * stride];
        m[to + 3] = m[from + 3 * stride];
        m[to + 4] = m[from + 4 * stride];
        m[to + 5] = m[from + 5 * stride];
        m[to + 6] = m[from + 6 * stride];
        m[to + 7] = m[from + 7 * stride];
    }

    /** Columns first to first + count - 1 of a packed matrix of that many rows and that depth. */
    record Part(int rows, int depth, int first, int count) {}
}
