package dev.tunefleet.coordinator.gp;

import java.util.Arrays;

/**
 * The logarithm of expected improvement, in a form that neither underflows nor cancels (Ament et al. 2023, arXiv 2310.20708,
 * equation 9, with expansions of our own).
 *
 * <p>With h(z) = φ(z) + z Φ(z), t = |z|, the Mills ratio R(t) = Φ(-t) / φ(t) and G(t) = 1 - t R(t): h(-t) = φ(t) G(t) and
 * h(t) = t + φ(t) G(t). (1 + t) R and (1 + t)² G are Chebyshev series in (t - 5) / (t + 5), computed with 40 digits from
 * the complementary error function; their relative error is below 1e-13 for every t.
 */
public final class LogExpectedImprovement {

    private static final double LOG_ROOT_TWO_PI = 0.91893853320467274178;
    private static final double CENTRE = 5;

    private static final double[] MILLS = {
        1.1579976221305188,
        -0.1633449388451398,
        -0.013683136055781576,
        0.03082200019810004,
        -0.016220073012046806,
        0.005616691016460094,
        -0.0014133933783549216,
        0.0002502625460725661,
        -2.468907239728387e-05,
        -1.0107964061837592e-06,
        7.495419179740573e-07,
        -7.600274268728337e-08,
        -1.1574771441328644e-08,
        3.333386472599843e-09,
        7.538039628171347e-11,
        -1.1104247263727494e-10,
        3.509243776551059e-12,
        3.6894953861750955e-12,
        -2.3376697776383095e-13,
        -1.3271797523541405e-13,
        9.921706995888276e-15,
        5.276004995455379e-15,
        -3.373097694187922e-16,
        -2.2804338776379946e-16
    };

    private static final double[] REMAINDER = {
        1.1786939013866438,
        -0.10125727962799318,
        -0.14865546208521888,
        0.09816848778580152,
        -0.03171798898152607,
        0.004118380306630206,
        0.0013840174983079264,
        -0.0009838340353495313,
        0.0002948950492045316,
        -4.709260195140171e-05,
        8.590029272920808e-07,
        1.3554619080433912e-06,
        -2.3147555595831767e-07,
        -1.7075440607920013e-08,
        9.949362873866235e-09,
        -2.4106464654592276e-10,
        -3.5666175303257516e-10,
        2.8945226947362402e-11,
        1.3016100717797053e-11,
        -1.5524538138949635e-12,
        -5.220930630315194e-13,
        6.950184611901334e-14,
        2.345944460700038e-14,
        -2.771885973444679e-15,
        -1.1544282194411682e-15,
        9.116045274446133e-17
    };

    private LogExpectedImprovement() {}

    /**
     * log E[max(0, incumbent - Y)] for Y normal with this mean and standard deviation; minus infinity without improvement and
     * without deviation.
     */
    public static double of(double mean, double deviation, double incumbent) {
        if (deviation <= 0) {
            return mean < incumbent ? Math.log(incumbent - mean) : Double.NEGATIVE_INFINITY;
        }
        return Math.log(deviation) + logH((incumbent - mean) / deviation);
    }

    /** log h(z). */
    public static double logH(double z) {
        double t = Math.abs(z);
        double logTail = -0.5 * t * t - LOG_ROOT_TWO_PI + Math.log(remainder(t));
        return z <= 0 ? logTail : Math.log(z + Math.exp(logTail));
    }

    /** The derivative of log h at z, given log h(z): Φ(z) / h(z). */
    public static double slope(double z, double logH) {
        double t = Math.abs(z);
        double mills = series(MILLS, t) / (1 + t);
        if (z <= 0) {
            return mills / remainder(t);
        }
        return (1 - Math.exp(-0.5 * t * t - LOG_ROOT_TWO_PI) * mills) / Math.exp(logH);
    }

    /** φ(z), the density of a standard normal variable. */
    static double density(double z) {
        return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
    }

    /**
     * The Mills ratios R(t) of many t ≥ 0 at once: Clenshaw's recurrence, two terms a pass, each pass over all t.
     *
     * @param t [count]
     * @param ratios [count] filled
     * @param twice [count] overwritten
     * @param previous [count] overwritten
     */
    static void mills(double[] t, int count, double[] ratios, double[] twice, double[] previous) {
        for (int s = 0; s < count; s++) {
            twice[s] = 2 * (t[s] - CENTRE) / (t[s] + CENTRE);
        }
        Arrays.fill(ratios, 0, count, 0);
        Arrays.fill(previous, 0, count, 0);
        int k = MILLS.length - 1;
        for (; k > 1; k -= 2) {
            recur(ratios, previous, twice, MILLS[k], MILLS[k - 1], count);
        }
        for (int s = 0; s < count; s++) {
            double b1 = twice[s] * ratios[s] - previous[s] + MILLS[1];
            ratios[s] = (0.5 * twice[s] * b1 - ratios[s] + MILLS[0]) / (1 + t[s]);
        }
    }

    /** b₂ = 2w b₁ - b₂ + c, then b₁ = 2w b₂ - b₁ + d. */
    private static void recur(double[] b1, double[] b2, double[] twice, double c, double d, int count) {
        for (int s = 0; s < count; s++) {
            double next = twice[s] * b1[s] - b2[s] + c;
            b2[s] = next;
            b1[s] = twice[s] * next - b1[s] + d;
        }
    }

    /** log Φ(z), the probability that a standard normal variable is at most z. */
    public static double logCdf(double z) {
        double t = Math.abs(z);
        double logTail = -0.5 * t * t - LOG_ROOT_TWO_PI + Math.log(series(MILLS, t) / (1 + t));
        return z <= 0 ? logTail : Math.log1p(-Math.exp(logTail));
    }

    /** The derivative of log Φ at z: φ(z) / Φ(z). */
    public static double logCdfSlope(double z) {
        double mills = series(MILLS, Math.abs(z)) / (1 + Math.abs(z));
        double density = Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
        return z <= 0 ? 1 / mills : density / (1 - density * mills);
    }

    private static double remainder(double t) {
        return series(REMAINDER, t) / ((1 + t) * (1 + t));
    }

    /** Clenshaw's recurrence. */
    private static double series(double[] coefficients, double t) {
        double w = Double.isInfinite(t) ? 1 : (t - CENTRE) / (t + CENTRE);
        double twice = 2 * w;
        double b1 = 0;
        double b2 = 0;
        for (int k = coefficients.length - 1; k > 0; k--) {
            double b0 = twice * b1 - b2 + coefficients[k];
            b2 = b1;
            b1 = b0;
        }
        return w * b1 - b2 + coefficients[0];
    }
}
