package io.tapedeck.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    private static final long AAPL = symbol("AAPL    ");
    private static final int DAYS = 2_000;

    @Test
    void shouldHashTheNameOfAStream() {
        // Computed by an independent program from the formula in the documentation.
        assertThat(new RandomStreams(42).seed(AAPL, 20_455, StreamPurpose.ORDERS))
                .isEqualTo(0x9a0a26b61f4c5bddL);
    }

    @Test
    void shouldGiveEveryStreamASeedOfItsOwn() {
        final Set<Long> seeds = new HashSet<>();
        int names = 0;
        for (final long runSeed : new long[] {0, 1, 42, 43, -1}) {
            final RandomStreams streams = new RandomStreams(runSeed);
            for (int symbol = 0; symbol < 10; symbol++) {
                for (int day = 20_000; day < 20_000 + DAYS; day++) {
                    for (final StreamPurpose purpose : StreamPurpose.values()) {
                        seeds.add(streams.seed(symbol("SYM" + symbol + "    "), day, purpose));
                        names++;
                    }
                }
            }
        }
        assertThat(seeds).hasSize(names);
    }

    @Test
    void shouldGiveUnrelatedStreamsToNeighbours() {
        final RandomStreams streams = new RandomStreams(42);
        final Xoshiro256PlusPlus today = new Xoshiro256PlusPlus(streams.seed(AAPL, 20_455, StreamPurpose.FLOW));
        final Xoshiro256PlusPlus tomorrow = new Xoshiro256PlusPlus(streams.seed(AAPL, 20_456, StreamPurpose.FLOW));
        final int draws = 100_000;
        double sum = 0;
        for (int i = 0; i < draws; i++) {
            sum += (today.nextDouble() - 0.5) * (tomorrow.nextDouble() - 0.5);
        }
        // The sum of products of independent uniforms has variance 1/144 each; four standard deviations.
        assertThat(Math.abs(sum)).isLessThan(4 * Math.sqrt(draws) / 12);
    }

    private static long symbol(final String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).getLong();
    }
}
