package dev.tunefleet.worker.lstm;

import java.util.Locale;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors of this process, chosen once: the widest that the CPU has, up to 512 bits. {@code -Dtunefleet.simd=512|256|128}
 * forces a width. Only loaded where the incubator module is present.
 */
final class Simd {
    static final VectorSpecies<Float> SPECIES = species();
    static final VectorSpecies<Integer> INTEGERS = VectorSpecies.of(int.class, SPECIES.vectorShape());
    /** Floats per vector. */
    static final int WIDTH = SPECIES.length();

    private static final boolean MANY_REGISTERS = WIDTH == 16 || arm();
    /**
     * Rows of a register tile of a product: eight where the CPU has 32 vector registers. With 16 of them it is four, because
     * C2 unrolls the short loop, and six rows would then spill at half the speed.
     */
    static final int TILE = MANY_REGISTERS ? 8 : 4;
    /** Rows of a register tile of an outer product, whose nested loop is not unrolled. */
    static final int OUTER_TILE = MANY_REGISTERS ? 8 : 6;

    private Simd() {}

    private static boolean arm() {
        return System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64");
    }

    private static VectorSpecies<Float> species() {
        return switch (System.getProperty("tunefleet.simd", "")) {
            case "512" -> FloatVector.SPECIES_512;
            case "256" -> FloatVector.SPECIES_256;
            case "128" -> FloatVector.SPECIES_128;
            default -> widest();
        };
    }

    private static VectorSpecies<Float> widest() {
        VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        return preferred.length() > 16 ? FloatVector.SPECIES_512 : preferred;
    }
}
