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

    private Simd() {}

    /** The tiles that fit the register file: AVX-512 and NEON have 32 vector registers, AVX2 has 16. */
    static Loops tiles() {
        boolean manyRegisters = WIDTH == 16
                || System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64");
        return manyRegisters ? Loops.EIGHT_ROWS : Loops.FOUR_ROWS;
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
