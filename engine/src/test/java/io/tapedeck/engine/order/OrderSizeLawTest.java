package io.tapedeck.engine.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.statistics.Distributions;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderSizeLawTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @ValueSource(strings = {"unit", "fixed:100", "fixed:1000000", "lognormal:300.0,0.8", "lognormal:1.1,1.0E-300"})
    void shouldReadItsOwnText(final String text) {
        assertThat(OrderSizeLaw.parse(text).text()).isEqualTo(text);
    }

    @Test
    void shouldTakeAFixedSizeOfOneForAUnit() {
        assertThat(OrderSizeLaw.parse("fixed:1")).isEqualTo(OrderSizeLaw.UNIT);
        assertThat(OrderSizeLaw.parse("lognormal:7,0").text()).isEqualTo("fixed:7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two|order sizes are unit, fixed:N or lognormal:MEDIAN,SIGMA, found 'two'",
                "fixed:1.5|found 'fixed:1.5'",
                "fixed:|found 'fixed:'",
                "lognormal:3|found 'lognormal:3'",
                "lognormal:3,x|found 'lognormal:3,x'",
                "lognormal,3|found",
                "fixed:0|orders have 1 to 1000000 shares: medianShares=0.0",
                "fixed:1000001|medianShares=1000001.0",
                "lognormal:NaN,1|medianShares=NaN",
                "lognormal:5,-1|sigma must lie between 0 and 10.0: sigma=-1.0",
                "lognormal:5,11|sigma=11.0",
                "lognormal:5.5,0|orders of the same size have a whole number of shares",
            })
    void shouldSayWhatIsWrongWithAText(final String text, final String message) {
        assertThatThrownBy(() -> OrderSizeLaw.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldDrawNothingWhenAllOrdersAreAlike() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(1);
        final OrderSizes sizes = OrderSizeLaw.parse("fixed:250").newSizes(random);

        assertThat(sizes.next()).isEqualTo(250);
        assertThat(random.nextLong()).isEqualTo(new Xoshiro256PlusPlus(1).nextLong());
    }

    /** Rounded, so a size of n has the chance of the interval from n - 1/2 to n + 1/2; the ends take all beyond. */
    @ParameterizedTest
    @CsvSource({"300, 0.8, 1", "2.5, 1, 2", "40000, 3, 3", "1, 0.3, 4"})
    void shouldDrawLognormalSizes(final double median, final double sigma, final long seed) {
        final OrderSizes sizes = new OrderSizeLaw(median, sigma).newSizes(new Xoshiro256PlusPlus(seed));
        final double[] edges = edges(median, sigma);
        final long[] counts = new long[edges.length + 1];
        for (int i = 0; i < DRAWS; i++) {
            final int size = sizes.next();
            assertThat(size).isBetween(1, OrderSizeLaw.MAX_SHARES);
            int cell = 0;
            while (cell < edges.length && size > edges[cell]) {
                cell++;
            }
            counts[cell]++;
        }
        double chiSquare = 0;
        double below = 0;
        for (int cell = 0; cell <= edges.length; cell++) {
            final double upTo =
                    cell == edges.length ? 1 : 1 - Distributions.normalAbove(Math.log(edges[cell] / median) / sigma);
            final double expected = DRAWS * (upTo - below);
            chiSquare += (counts[cell] - expected) * (counts[cell] - expected) / expected;
            below = upTo;
        }
        assertThat(Distributions.chiSquareAbove(chiSquare, edges.length)).isGreaterThan(1e-3);
    }

    /** Half-way between whole numbers, near every twentieth of the probability, each once. */
    private static double[] edges(final double median, final double sigma) {
        return IntStream.rangeClosed(1, 19)
                .mapToDouble(i -> Math.floor(median * Math.exp(sigma * Distributions.normalQuantile(i / 20.0))) + 0.5)
                .filter(edge -> edge > 1 && edge < OrderSizeLaw.MAX_SHARES)
                .distinct()
                .toArray();
    }
}
