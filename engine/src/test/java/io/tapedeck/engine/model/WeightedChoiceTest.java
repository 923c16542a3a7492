package io.tapedeck.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The oracle is the rule as it is written: the first running sum whose quotient lies above the number drawn. */
class WeightedChoiceTest {
    private static final int ROUNDS = 20_000;

    @Test
    void shouldFollowTheDivisionWhenNumbersLieOnTheBoundaries() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < ROUNDS; round++) {
            final int count = 1 + random.nextInt(8);
            final double[] sums = new double[count + 1];
            for (int i = 0; i < count; i++) {
                final double weight = random.nextInt(4) == 0 && i > 0 ? 0 : random.nextDouble() * 30 + 1e-12;
                sums[i + 1] = sums[i] + weight;
            }
            final double u = boundary(random, sums[random.nextInt(count + 1)] / sums[count]);
            final int chosen = WeightedChoice.choose(sums, count, u);
            if (chosen != byDivision(sums, u)) {
                assertThat(chosen).as("u=%s of %s", u, sums).isEqualTo(byDivision(sums, u));
            }
        }
    }

    @Test
    void shouldFollowTheDivisionWhenDepthsAreTheWeights() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < ROUNDS; round++) {
            final LadderBook book = new LadderBook(1 + random.nextInt(8), 2, 5);
            book.open(100);
            final double[] sums = new double[book.levels() + 1];
            for (int level = 0; level < book.levels(); level++) {
                book.setDepth(QueueSide.ASK, level, (level == 0 ? 1 : 0) + random.nextInt(4) * random.nextInt(50));
                sums[level + 1] = sums[level] + book.depth(QueueSide.ASK, level);
            }
            final double u = boundary(random, sums[random.nextInt(sums.length)] / sums[book.levels()]);
            final int chosen = WeightedChoice.chooseByDepth(book, QueueSide.ASK, u);
            if (chosen != byDivision(sums, u)) {
                assertThat(chosen).as("u=%s of %s", u, sums).isEqualTo(byDivision(sums, u));
            }
        }
    }

    @Test
    void shouldFollowTheDivisionWhenCurvesAreTheWeights() {
        final SplittableRandom random = new SplittableRandom(3);
        final Fixed fixed = new Fixed();
        for (int round = 0; round < ROUNDS / 10; round++) {
            final int levels = 1 + random.nextInt(6);
            final double[][] table = new double[4 * levels + 2][1];
            final double[] sums = new double[4 * levels + 3];
            for (int i = 0; i < table.length; i++) {
                table[i][0] = random.nextInt(4) == 0 && i > 0 ? 0 : random.nextDouble() * 30 + 1e-9;
                sums[i + 1] = sums[i] + table[i][0];
            }
            final LadderModel model = constantRates(levels, table).newModel(levels);
            final LadderBook book = new LadderBook(levels, 2, 5);
            book.open(100);
            for (int i = 0; i < 10; i++) {
                fixed.value = boundary(random, sums[random.nextInt(sums.length)] / sums[sums.length - 1]);
                model.totalRate(book, 0);
                final int type = model.chooseType(fixed);
                final int chosen = type < QueueEventType.EXECUTE_BUY
                        ? type * levels + model.chooseLevel(book, type, fixed)
                        : 4 * levels + type - QueueEventType.EXECUTE_BUY;
                assertThat(chosen).as("u=%s", fixed.value).isEqualTo(byDivision(sums, fixed.value));
            }
        }
    }

    private static QueueReactiveCurves constantRates(final int levels, final double[][] table) {
        final double[][][] kinds = new double[4][levels][];
        for (int i = 0; i < 4 * levels; i++) {
            kinds[i / levels][i % levels] = table[i];
        }
        return new QueueReactiveCurves(
                levels, 0, 0, 0, kinds[0], kinds[1], kinds[2], kinds[3], table[4 * levels], table[4 * levels + 1]);
    }

    /** The number itself, a few steps beside it, or one that has nothing to do with it. */
    private static double boundary(final SplittableRandom random, final double share) {
        double u = random.nextInt(8) == 0 ? random.nextDouble() : share;
        for (int steps = random.nextInt(4); steps > 0; steps--) {
            u = Math.nextUp(u);
        }
        for (int steps = random.nextInt(4); steps > 0; steps--) {
            u = Math.nextDown(u);
        }
        return Math.max(0, Math.min(u, 1 - 0x1.0p-53));
    }

    private static int byDivision(final double[] sums, final double u) {
        for (int i = 0; i + 1 < sums.length; i++) {
            if (u < sums[i + 1] / sums[sums.length - 1]) {
                return i;
            }
        }
        return sums.length - 2;
    }

    /** Always draws the same number. */
    private static final class Fixed implements RandomSource {
        private double value;

        @Override
        public void seed(final long seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public double nextDouble() {
            return value;
        }
    }
}
