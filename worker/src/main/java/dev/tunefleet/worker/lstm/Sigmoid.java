package dev.tunefleet.worker.lstm;

/**
 * Constants of the exponential behind both activations: e^-x = 2^n·p(f) with n + f = -x/ln 2, |f| ≤ 1/2, where p is the minimax
 * polynomial of degree 5 for 2^f with p(0) = 1 (relative error 7e-8), and 2^n is added to the exponent bits.
 */
final class Sigmoid {
    /** Beyond it an activation is saturated to float precision, and the product of four denominators stays finite. */
    static final float LIMIT = 21;

    static final float LOG2_E = 1.44269504f;
    /** Adding it leaves the nearest whole number in the low bits. */
    static final float ROUNDING = 12582912f;

    static final float P5 = 1.32029823e-3f;
    static final float P4 = 9.67495193e-3f;
    static final float P3 = 5.55104738e-2f;
    static final float P2 = 2.40221660e-1f;
    static final float P1 = 6.93146596e-1f;

    private Sigmoid() {}

    /** 1 + e^-x, x clamped to the limit. */
    static float denominator(float x) {
        float clamped = x > LIMIT ? LIMIT : x;
        clamped = clamped < -LIMIT ? -LIMIT : clamped;
        float shifted = Math.fma(clamped, -LOG2_E, ROUNDING);
        float fraction = Math.fma(clamped, -LOG2_E, ROUNDING - shifted);
        float p = Math.fma(fraction, P5, P4);
        p = Math.fma(p, fraction, P3);
        p = Math.fma(p, fraction, P2);
        p = Math.fma(p, fraction, P1);
        p = Math.fma(p, fraction, 1);
        return Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23)) + 1;
    }
}
