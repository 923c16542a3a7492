package io.tapedeck.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The oracles are arithmetic with fifty digits, and what the C library of a Linux machine returned. */
class PortableMathTest {
    private static final MathContext PRECISION = new MathContext(60);
    private static final int SAMPLES = 2_000;

    @Test
    void shouldBeWithinAHairOfHalfAUlpWhenTakingLogarithms() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < SAMPLES; i++) {
            final double x = sample(random, i);
            final double ln = PortableMath.ln(x);
            // e^(ln x) / x - 1 is the error of ln x, to second order.
            final double error = exactExp(ln)
                    .divide(new BigDecimal(x), PRECISION)
                    .subtract(BigDecimal.ONE)
                    .doubleValue();
            assertThat(Math.abs(error)).as("ln %s", x).isLessThanOrEqualTo(0.51 * Math.ulp(ln));
        }
    }

    @Test
    void shouldBeTheNearestDoubleWhenTakingExponentials() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < SAMPLES; i++) {
            final double x = (random.nextDouble() - 0.5) * Math.pow(10, i % 4);
            assertThat(PortableMath.exp(x))
                    .as("exp %s", x)
                    .isEqualTo(exactExp(x).doubleValue());
        }
    }

    @Test
    void shouldBeWithinAUlpAndABitWhenDecaying() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20 * SAMPLES; i++) {
            final double x = -random.nextDouble() * Math.pow(10, i % 9 - 6);
            final double exact = PortableMath.exp(x);
            assertThat(Math.abs(PortableMath.decay(x) - exact))
                    .as("decay %s", x)
                    .isLessThanOrEqualTo(1.1 * Math.ulp(exact));
        }
        assertThat(PortableMath.decay(-708)).isCloseTo(PortableMath.exp(-708), Percentage.withPercentage(1e-12));
        assertThat(PortableMath.decay(-708.1)).isZero();
        assertThat(PortableMath.decay(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(PortableMath.decay(Double.NaN)).isNaN();
        assertThat(PortableMath.decay(-0.0)).isEqualTo(1.0);
    }

    @Test
    void shouldBeExactWhenTheArgumentIsOne() {
        assertThat(PortableMath.ln(1.0)).isZero();
        assertThat(PortableMath.exp(0.0)).isEqualTo(1.0);
        assertThat(PortableMath.exp(-0.0)).isEqualTo(1.0);
    }

    @Test
    void shouldNeverFallWhenTheArgumentRisesAcrossIntervals() {
        double last = Double.NEGATIVE_INFINITY;
        for (double x = 0.24; x < 2.1; x += 0x1.0p-8) {
            for (double at = x - 3 * Math.ulp(x); at <= x + 3 * Math.ulp(x); at = Math.nextUp(at)) {
                final double ln = PortableMath.ln(at);
                assertThat(ln).as("ln %s", at).isGreaterThanOrEqualTo(last);
                last = ln;
            }
        }
    }

    @Test
    void shouldFollowIeeeConventionsWhenTheArgumentIsSpecial() {
        assertThat(PortableMath.ln(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(PortableMath.ln(-1.0)).isNaN();
        assertThat(PortableMath.ln(Double.NaN)).isNaN();
        assertThat(PortableMath.ln(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PortableMath.ln(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
        assertThat(PortableMath.exp(Double.NaN)).isNaN();
        assertThat(PortableMath.exp(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PortableMath.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(PortableMath.exp(709.79)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PortableMath.exp(709.78)).isFinite();
        assertThat(PortableMath.exp(-800)).isZero();
    }

    @Test
    void shouldGiveTheReferenceVectors() throws IOException {
        int vectors = 0;
        for (final String line : Files.readAllLines(TestData.reference("vectors.txt"))) {
            final String[] fields = line.split(" ");
            if (line.startsWith("log ")) {
                final double x = Double.longBitsToDouble(Long.parseUnsignedLong(fields[1], 16));
                assertThat(hex(PortableMath.ln(x))).as(line).isEqualTo(fields[2]);
                vectors++;
            } else if (line.startsWith("exp(")) {
                final String[] factors =
                        fields[0].substring(4, fields[0].length() - 1).split("\\*");
                final double x =
                        Double.parseDouble(factors[0]) * (factors.length > 1 ? Double.parseDouble(factors[1]) : 1);
                assertThat(hex(PortableMath.exp(x))).as(line).isEqualTo(fields[1]);
                vectors++;
            } else if (line.startsWith("mult ")) {
                final double sensitivity = Double.parseDouble(fields[1].substring("s=".length()));
                final double excess = Double.parseDouble(fields[2].substring("spread=".length())) - 2;
                assertThat(hex(PortableMath.exp(sensitivity * excess))).as(line).isEqualTo(fields[3]);
                assertThat(hex(PortableMath.exp(-sensitivity * excess)))
                        .as(line)
                        .isEqualTo(fields[4]);
                vectors += 2;
            }
        }

        assertThat(vectors).isEqualTo(64 + 65 + 20 + 2 * 36);
    }

    /** Uniforms as the clock sees them, numbers next to 1, and numbers of any size. */
    private static double sample(final SplittableRandom random, final int i) {
        switch (i % 3) {
            case 0:
                return 1e-10 + random.nextDouble() * (1 - 1e-10);
            case 1:
                return 1 + (random.nextDouble() - 0.5) * Math.pow(2, -random.nextInt(50));
            default:
                return Math.scalb(1 + random.nextDouble(), random.nextInt(600) - 300);
        }
    }

    /** e^x by its series, after halving the argument until the series is short. */
    private static BigDecimal exactExp(final double x) {
        final int halvings = 16;
        final BigDecimal reduced = new BigDecimal(x).divide(BigDecimal.valueOf(1L << halvings), PRECISION);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; n < 24; n++) {
            term = term.multiply(reduced, PRECISION).divide(BigDecimal.valueOf(n), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, PRECISION);
        }
        return sum;
    }

    private static String hex(final double value) {
        return String.format("%016x", Double.doubleToRawLongBits(value));
    }
}
