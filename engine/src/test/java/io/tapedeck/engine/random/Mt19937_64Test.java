package io.tapedeck.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is the C++ standard library: values that a C++ program printed. */
class Mt19937_64Test {
    /** Words and the bits of the doubles that {@code uniform_real_distribution<double>} makes of them. */
    private static final long[][] UNIFORM_EDGES = {
        {0x0000000000000000L, 0x0000000000000000L},
        {0x0000000000000001L, 0x3bf0000000000000L},
        {0x00000000000007ffL, 0x3c9ffc0000000000L},
        {0x0020000000000001L, 0x3f40000000000000L},
        {0x0040000000000003L, 0x3f50000000000001L},
        {0x8000000000000000L, 0x3fe0000000000000L},
        {0x8000000000000400L, 0x3fe0000000000000L},
        {0x8000000000000401L, 0x3fe0000000000001L},
        {0x8000000000000c00L, 0x3fe0000000000002L},
        {0xfffffffffffff800L, 0x3fefffffffffffffL},
        {0xfffffffffffffbffL, 0x3fefffffffffffffL},
        {0xfffffffffffffc00L, 0x3fefffffffffffffL},
        {0xffffffffffffffffL, 0x3fefffffffffffffL},
    };

    @ParameterizedTest
    @CsvSource({"5489, 9981545732273789042", "42, 9487037760323427527", "18446744073709551615, 898929940823410802"})
    void shouldGiveTheTenThousandthWordWhenSeeded(final String seed, final String word) {
        final Mt19937_64 random = new Mt19937_64(Long.parseUnsignedLong(seed));
        for (int i = 1; i < 10_000; i++) {
            random.nextLong();
        }

        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(word);
    }

    @Test
    void shouldRoundWordsToUniformsWhenTheyHaveMoreThan53Bits() {
        for (final long[] edge : UNIFORM_EDGES) {
            assertThat(Double.doubleToRawLongBits(Mt19937_64.toUniform(edge[0])))
                    .as(Long.toHexString(edge[0]))
                    .isEqualTo(edge[1]);
        }
    }

    @Test
    void shouldConsumeOneWordPerUniformWhenDrawsAreMixed() {
        final Mt19937_64 words = new Mt19937_64(7);
        final Mt19937_64 mixed = new Mt19937_64(7);
        for (int i = 0; i < 1_000; i++) {
            final long word = words.nextLong();
            if (i % 3 == 0) {
                assertThat(mixed.nextLong()).isEqualTo(word);
            } else {
                assertThat(mixed.nextDouble()).isEqualTo(Mt19937_64.toUniform(word));
            }
        }
    }

    @Test
    void shouldForgetTheOldStreamWhenSeededAgain() {
        final Mt19937_64 used = new Mt19937_64(1);
        for (int i = 0; i < 400; i++) {
            used.nextDouble();
        }
        used.seed(2);
        final Mt19937_64 fresh = new Mt19937_64(2);
        for (int i = 0; i < 700; i++) {
            assertThat(used.nextLong()).isEqualTo(fresh.nextLong());
        }
    }

    @Test
    void shouldGiveTheReferenceVectors() throws IOException {
        int vectors = 0;
        for (final String line : Files.readAllLines(TestData.reference("vectors.txt"))) {
            final String[] fields = line.split("[ ;=]+");
            if (line.startsWith("seed") && fields[2].startsWith("raw")) {
                assertWords(Long.parseUnsignedLong(fields[1]), List.of(fields).subList(3, 11), fields[12]);
                vectors += 9;
            } else if (line.startsWith("seed")) {
                assertUniforms(
                        Long.parseUnsignedLong(fields[1]), List.of(fields).subList(4, 12));
                vectors += 8;
            } else if (line.startsWith("edge")) {
                final long word = Long.parseUnsignedLong(fields[1], 16);
                assertThat(hex(Mt19937_64.toUniform(word))).as(line).isEqualTo(fields[3]);
                vectors++;
            }
        }

        assertThat(vectors).isEqualTo(6 * 9 + 6 * 8 + 15);
    }

    private static void assertWords(final long seed, final List<String> first, final String tenThousandth) {
        final Mt19937_64 random = new Mt19937_64(seed);
        final List<String> drawn = first.stream()
                .map(word -> Long.toUnsignedString(random.nextLong()))
                .collect(Collectors.toList());
        assertThat(drawn).isEqualTo(first);
        for (int i = first.size() + 1; i < 10_000; i++) {
            random.nextLong();
        }
        assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo(tenThousandth);
    }

    private static void assertUniforms(final long seed, final List<String> bits) {
        final Mt19937_64 random = new Mt19937_64(seed);
        assertThat(bits.stream().map(word -> hex(random.nextDouble())).collect(Collectors.toList()))
                .isEqualTo(bits);
    }

    private static String hex(final double value) {
        return String.format("%016x", Double.doubleToRawLongBits(value));
    }
}
