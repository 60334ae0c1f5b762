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
                for (int row = 0; row < height; row++) {
                    m[panel + k * tileRows + row] = m[source + row * rowStride];
                }
            }
        }
    }

    /** Columns first to first + count - 1 of a packed matrix of that many rows and that depth. */
    record Part(int rows, int depth, int first, int count) {}
}
