package io.tapedeck.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected words are those of the published algorithms, computed by an independent program in exact integers. */
class Xoshiro256PlusPlusTest {
    private static final int DRAWS = 1 << 20;

    @Test
    void shouldGiveThePublishedWordsWhenItStartsFromAState() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(1, 2, 3, 4);
        final String[] expected = {
            "41943041",
            "58720359",
            "3588806011781223",
            "3591011842654386",
            "9228616714210784205",
            "9973669472204895162",
            "14011001112246962877",
            "12406186145184390807",
            "15849039046786891736",
            "10450023813501588000"
        };
        for (final String word : expected) {
            assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(word);
        }
    }

    @Test
    void shouldGiveThePublishedWordsOfSplitMix64() {
        final String[] expected = {
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821"
        };
        for (int i = 0; i < expected.length; i++) {
            assertThat(Long.toUnsignedString(SplitMix64.mix(1_234_567 + (i + 1) * SplitMix64.INCREMENT)))
                    .isEqualTo(expected[i]);
        }
    }

    @Test
    void shouldGiveTheStreamOfASeed() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(42);
        assertThat(random.nextLong()).isEqualTo(0xd0764d4f4476689fL);
        assertThat(random.nextLong()).isEqualTo(0x519e4174576f3791L);
        assertThat(random.nextLong()).isEqualTo(0xfbe07cfb0c24ed8cL);
        assertThat(random.nextLong()).isEqualTo(0xb37d9f600cd835b8L);
        long last = 0;
        for (int i = 4; i < 100_000; i++) {
            last = random.nextLong();
        }
        assertThat(last).isEqualTo(0xb5321a2f31683bddL);
    }

    @Test
    void shouldStartAgainWhenItIsSeededAgain() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(7);
        final long first = random.nextLong();
        random.nextLong();
        random.seed(7);

        assertThat(random.nextLong()).isEqualTo(first);
    }

    @Test
    void shouldGiveTheMiddlesOfEqualPartsAsUniforms() {
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(42);
        assertThat(random.nextDouble()).isEqualTo(0.8143051451229099);
        assertThat(random.nextDouble()).isEqualTo(0.31882104006166123);
        assertThat(random.nextDouble()).isEqualTo(0.9838941681774888);
        assertThat(random.nextDouble()).isEqualTo(0.7011355981347557);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 0xFFFL, 0x1000L, Long.MIN_VALUE})
    void shouldMakeAUniformOfAnyWord(final long word) {
        // From this state the first output is the word itself, for s0 = 0 adds nothing and s3 is rotated back.
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(0, 1, 2, Long.rotateRight(word, 23));
        final double exact = (2.0 * (word >>> 12) + 1) * 0x1.0p-53;

        assertThat(random.nextDouble()).isEqualTo(exact).isGreaterThan(0).isLessThan(1);
    }

    @Test
    void shouldFillEqualCellsEvenly() {
        final int cells = 256;
        final int[] counts = new int[cells];
        final Xoshiro256PlusPlus random = new Xoshiro256PlusPlus(1);
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) (random.nextDouble() * cells)]++;
        }
        double chiSquare = 0;
        for (final int count : counts) {
            final double difference = count - (double) DRAWS / cells;
            chiSquare += difference * difference * cells / DRAWS;
        }
        // The 99.9 % quantile for 255 degrees of freedom.
        assertThat(chiSquare).isLessThan(330.5);
    }
}
