package dev.tunefleet.worker.lstm;

/** Which loops train. All give the same bits; which is fastest is a matter of the CPU and of what the compiler makes of them. */
enum Loops {
    /** Vectors in tiles of eight rows: for 32 vector registers. */
    EIGHT_ROWS(8, 8),
    /**
     * Vectors in tiles of four rows: for 16 vector registers. C2 unrolls the short loop of a product, and six rows would then
     * spill at half the speed; that of an outer product is nested and not unrolled.
     */
    FOUR_ROWS(4, 6),
    /** No vectors. */
    SCALARS(8, 8);

    /** Rows of a register tile of a product, and of a packed panel. */
    final int tile;
    /** Rows of a register tile of an outer product. */
    final int outerTile;

    Loops(int tile, int outerTile) {
        this.tile = tile;
        this.outerTile = outerTile;
    }

    /** The other height of tiles. */
    Loops otherTiles() {
        return this == EIGHT_ROWS ? FOUR_ROWS : EIGHT_ROWS;
    }
}
