package io.tapedeck.engine.random;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Natural logarithm and exponential with the same bits on every JVM and processor: {@link Math#log(double)} and
 * {@link Math#exp(double)} may differ between them in the last bit, and a stream of events must not.
 *
 * <p>Everything is made of operations that IEEE 754 fixes to the last bit, fused multiply-add among them; no table is
 * taken from elsewhere, all of them are computed at class initialisation from the series of atanh.
 *
 * <p><b>Note:</b> a processor without a fused multiply-add instruction gives the same bits, but slowly.
 */
public final class PortableMath {
    private static final MathContext PRECISION = new MathContext(50);
    /** High parts are multiples of this, so that a multiple of ln 2 plus a table value is exact. */
    private static final double HIGH_PART_UNIT = 0x1.0p-42;

    private static final double LN2_HIGH;
    private static final double LN2_LOW;

    private static final int MANTISSA_BITS = 52;
    private static final int INTERVAL_BITS = 7;
    private static final int INTERVALS = 1 << INTERVAL_BITS;
    /** Where the reduced argument's range starts; it ends at twice that. 1 lies between two intervals. */
    private static final double RANGE_START = 0.6875;

    private static final long RANGE_START_BITS = Double.doubleToRawLongBits(RANGE_START);
    private static final int INTERVALS_BELOW_ONE = 80;
    private static final double[] INVERSE = new double[INTERVALS];
    private static final double[] LN_HIGH = new double[INTERVALS];
    private static final double[] LN_LOW = new double[INTERVALS];

    private static final long SMALLEST_NORMAL_BITS = Double.doubleToRawLongBits(Double.MIN_NORMAL);
    private static final long INFINITY_BITS = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private static final int EXP_TERMS = 24;
    private static final double EXP_OVERFLOW = 710.0;
    private static final double EXP_UNDERFLOW = -746.0;

    private static final int EXP_INTERVAL_BITS = 6;
    private static final int EXP_INTERVALS = 1 << EXP_INTERVAL_BITS;
    private static final double[] POWER_OF_TWO = new double[EXP_INTERVALS];
    private static final double EXP_INTERVALS_PER_UNIT;
    /** Below it results are no normal numbers, which the scaling by bits cannot make. */
    private static final double EXP_FAST_UNDERFLOW = -708.0;
    /** Adding it leaves a whole number in the low bits. */
    private static final double ROUNDER = 0x1.8p52;

    static {
        final BigDecimal ln2 = ln(2, 1);
        LN2_HIGH = highPart(ln2);
        LN2_LOW = lowPart(ln2, LN2_HIGH);
        for (int i = 0; i < INTERVALS; i++) {
            final int inverse256 = inverse256(i);
            final BigDecimal ln = ln(256, inverse256);
            INVERSE[i] = inverse256 / 256.0;
            LN_HIGH[i] = highPart(ln);
            LN_LOW[i] = lowPart(ln, LN_HIGH[i]);
        }
        EXP_INTERVALS_PER_UNIT = EXP_INTERVALS / LN2_HIGH;
        for (int i = 0; i < EXP_INTERVALS; i++) {
            POWER_OF_TWO[i] = exp(ln2.doubleValue() * i / EXP_INTERVALS);
        }
    }

    private PortableMath() {}

    /**
     * The natural logarithm, within 0.51 units in the last place.
     *
     * <p>With x = 2<sup>k</sup> z and z in [0.6875, 1.375), a short number c<sup>-1</sup> near 1 / z makes
     * r = z / c - 1 exact and smaller than 1/128, and ln x = k ln 2 + ln c + ln(1 + r). The first two terms are
     * kept in a high part whose sum is exact and a low part; next to 1 both are zero, so nothing cancels there.
     *
     * @param x the argument; what is not a positive normal number is left to {@link StrictMath#log(double)}.
     * @return ln x.
     */
    public static double ln(final double x) {
        final long bits = Double.doubleToRawLongBits(x);
        if (bits < SMALLEST_NORMAL_BITS || bits >= INFINITY_BITS) {
            return StrictMath.log(x);
        }
        final long fromStart = bits - RANGE_START_BITS;
        final int interval = (int) (fromStart >>> (MANTISSA_BITS - INTERVAL_BITS)) & (INTERVALS - 1);
        final int exponent = (int) (fromStart >> MANTISSA_BITS);
        final double z = Double.longBitsToDouble(bits - ((long) exponent << MANTISSA_BITS));

        final double r = Math.fma(z, INVERSE[interval], -1.0);
        final double known = exponent * LN2_HIGH + LN_HIGH[interval];
        final double high = known + r;
        final double low = (known - high) + r + Math.fma(exponent, LN2_LOW, LN_LOW[interval]);

        // (ln(1 + r) - r) / r^2, the series up to r^9, evaluated in pairs to shorten the chain.
        final double r2 = r * r;
        final double terms23 = Math.fma(r, 1.0 / 3.0, -1.0 / 2.0);
        final double terms45 = Math.fma(r, 1.0 / 5.0, -1.0 / 4.0);
        final double terms67 = Math.fma(r, 1.0 / 7.0, -1.0 / 6.0);
        final double terms89 = Math.fma(r, 1.0 / 9.0, -1.0 / 8.0);
        final double terms = Math.fma(r2 * r2, Math.fma(r2, terms89, terms67), Math.fma(r2, terms45, terms23));
        return high + Math.fma(r2, terms, low);
    }

    /**
     * The exponential function, the nearest double but for cases closer than 2<sup>-80</sup> to a tie. The series is
     * summed in pairs of doubles; this takes about a fifth of a microsecond, so hot code keeps tables.
     *
     * @param x the argument.
     * @return e<sup>x</sup>; infinite above about 709.78, zero below about -745.13, NaN for NaN.
     */
    public static double exp(final double x) {
        if (!(x > EXP_UNDERFLOW && x < EXP_OVERFLOW)) {
            return Double.isNaN(x) ? x : x > 0 ? Double.POSITIVE_INFINITY : 0.0;
        }
        final double exponent = Math.rint(x / LN2_HIGH);
        // Exact: both sides are multiples of the smaller one's last place, and most of it cancels.
        final double rest = x - exponent * LN2_HIGH;
        final double restHigh = rest - exponent * LN2_LOW;
        final double restLow = (rest - restHigh) - exponent * LN2_LOW;

        // 1 + r/1 (1 + r/2 (1 + r/3 (...))), each bracket a sum of a high and a low double.
        double high = 1.0;
        double low = 0.0;
        for (int n = EXP_TERMS; n > 0; n--) {
            final double product = restHigh * high;
            final double productLow = Math.fma(restHigh, high, -product) + (restHigh * low + restLow * high);
            final double quotient = product / n;
            final double quotientLow = (Math.fma(-quotient, n, product) + productLow) / n;
            high = 1.0 + quotient;
            low = (1.0 - high) + quotient + quotientLow;
        }
        return Math.scalb(high + low, (int) exponent);
    }

    /**
     * The exponential function of a number that is not positive, within 1.1 units in the last place and in a few
     * nanoseconds: what decays in a hot loop.
     *
     * <p>With x = (64 k + i) ln 2 / 64 + r the result is 2<sup>k</sup> times 2<sup>i/64</sup> from a table times the series
     * of e<sup>r</sup> up to r<sup>5</sup>.
     *
     * @param x 0 or less.
     * @return e<sup>x</sup>; 0 below -708.
     */
    public static double decay(final double x) {
        if (!(x >= EXP_FAST_UNDERFLOW)) {
            return Double.isNaN(x) ? x : 0.0;
        }
        final double rounded = Math.fma(x, EXP_INTERVALS_PER_UNIT, ROUNDER);
        final long steps = Double.doubleToRawLongBits(rounded);
        final double whole = rounded - ROUNDER;
        final double r = Math.fma(whole, -LN2_LOW / EXP_INTERVALS, Math.fma(whole, -LN2_HIGH / EXP_INTERVALS, x));
        final double r2 = r * r;
        final double high = Math.fma(r, Math.fma(r, 1.0 / 120.0, 1.0 / 24.0), 1.0 / 6.0);
        final double series = Math.fma(r2, Math.fma(r, high, 0.5), r);
        final double power = POWER_OF_TWO[(int) steps & (EXP_INTERVALS - 1)];
        final double scaled = Math.fma(power, series, power);
        // The low half of the bits is the whole number itself; without the table's index it is the power of two.
        final long exponent = (int) steps >> EXP_INTERVAL_BITS;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(scaled) + (exponent << MANTISSA_BITS));
    }

    /** 256 over the middle of an interval, rounded; 256 itself on both sides of 1. */
    private static int inverse256(final int interval) {
        if (interval == INTERVALS_BELOW_ONE - 1 || interval == INTERVALS_BELOW_ONE) {
            return 256;
        }
        final double middle = interval < INTERVALS_BELOW_ONE
                ? RANGE_START + (interval + 0.5) / 256.0
                : 1.0 + (interval - INTERVALS_BELOW_ONE + 0.5) / 128.0;
        return (int) Math.rint(256.0 / middle);
    }

    /** ln(p / q) as 2 atanh((p - q) / (p + q)), to about fifty digits. */
    private static BigDecimal ln(final int p, final int q) {
        final BigDecimal t = BigDecimal.valueOf(p - q).divide(BigDecimal.valueOf(p + q), PRECISION);
        final BigDecimal t2 = t.multiply(t, PRECISION);
        BigDecimal power = t;
        BigDecimal sum = BigDecimal.ZERO;
        for (int n = 1; power.signum() != 0 && power.precision() - power.scale() > -50; n += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(n), PRECISION), PRECISION);
            power = power.multiply(t2, PRECISION);
        }
        return sum.add(sum, PRECISION);
    }

    private static double highPart(final BigDecimal value) {
        return Math.rint(value.doubleValue() / HIGH_PART_UNIT) * HIGH_PART_UNIT;
    }

    private static double lowPart(final BigDecimal value, final double highPart) {
        return value.subtract(new BigDecimal(highPart)).doubleValue();
    }
}
