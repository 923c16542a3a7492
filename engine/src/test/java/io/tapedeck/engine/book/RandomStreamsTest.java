package io.tapedeck.engine.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeded random streams into the fast and the naive book, compared after every event. The number of streams is the
 * system property {@code tapedeck.streams}.
 */
@Tag("campaign")
class RandomStreamsTest {
    private static final int STREAMS = Integer.getInteger("tapedeck.streams", 1_000);

    @Test
    void shouldAnswerLikeTheNaiveBookAfterEveryEvent() {
        for (int seed = 0; seed < STREAMS; seed++) {
            new Stream(seed, 1 << 11).run(400, 1, 16);
        }
    }

    /** Few and long, with so many levels that windows and id map grow to the end. */
    @Test
    void shouldAnswerLikeTheNaiveBookWhenBooksAreLarge() {
        for (int seed = 0; seed < Math.max(1, STREAMS / 200); seed++) {
            new Stream(seed, 1 << 18).run(60_000, 997, 20_000);
        }
    }

    /** Emptied levels stay until somebody asks, or until there are too many. */
    @Test
    void shouldAnswerLikeTheNaiveBookWhenItIsSeldomAsked() {
        for (int seed = 0; seed < Math.max(1, STREAMS / 20); seed++) {
            new Stream(seed, 1 << 11).run(30_000, 9_973, 30_000);
        }
    }

    /** One stream: its seed decides how many instruments, which prices and which mix of events it has. */
    private static final class Stream {
        private final int seed;
        private final SplittableRandom random;
        private final BookSet fast = new FastBookSet();
        private final BookSet naive = new NaiveOrderBooks();
        private final long[] recentIds;
        private final int instruments;
        private final int tick;
        private final int spread;
        private final double drift;
        private final int addsInSixteen;
        private double centre;
        private long nextId;

        private Stream(final int seed, final int maxSpread) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            recentIds = new long[maxSpread >> 5];
            instruments = random.nextInt(4) == 0 ? 1 + random.nextInt(50) : 1;
            tick = new int[] {1, 1, 100, 10_000, 70_000}[random.nextInt(5)];
            spread = maxSpread >> random.nextInt(10);
            drift = random.nextInt(3) == 0 ? spread * (random.nextDouble() - 0.5) : 0;
            addsInSixteen = 6 + random.nextInt(5);
            centre = random.nextInt(4) == 0 ? 0 : random.nextInt(-20_000, 20_000);
            nextId = random.nextBoolean() ? random.nextInt(1_000) : random.nextLong();
        }

        private void run(final int events, final int checkInterval, final int fullCheckInterval) {
            for (int event = 0; event < events; event++) {
                centre += drift;
                final long id = someId();
                final String what = "seed " + seed + ", event " + event;
                step(id, what);
                if (event % checkInterval == 0) {
                    compareTouch(id, fast.lastInstrumentId(), what);
                }
                if (event % fullCheckInterval == 0) {
                    compareWhole(fast.lastInstrumentId(), what);
                }
                if (random.nextInt(5 * events) == 0) {
                    fast.clear();
                    naive.clear();
                }
            }
            for (int instrument = 0; instrument <= instruments; instrument++) {
                compareWhole(instrument, "seed " + seed + ", end");
            }
            for (int outcome = BookOutcome.WRONG_INSTRUMENT; outcome < BookOutcome.APPLIED; outcome++) {
                assertThat(fast.outcomeCount(outcome)).isEqualTo(naive.outcomeCount(outcome));
            }
        }

        private void step(final long id, final String what) {
            final int kind = random.nextInt(16);
            final int quantity = someQuantity();
            final int price = somePrice();
            if (kind < addsInSixteen) {
                final int instrument = random.nextInt(200) == 0 ? random.nextInt() : random.nextInt(instruments);
                final int side = random.nextInt(200) == 0 ? random.nextInt(-2, 4) : random.nextInt(2);
                final long newId = freshId();
                // An instrument beyond the limit is refused; one just below it would cost the heap.
                final int bounded = instrument > 1_000 ? Integer.MAX_VALUE : instrument;
                same(
                        fast.add(newId, bounded, side, price, quantity),
                        naive.add(newId, bounded, side, price, quantity),
                        what);
            } else if (kind < addsInSixteen + 2) {
                same(fast.reduce(id, quantity), naive.reduce(id, quantity), what);
            } else if (kind < addsInSixteen + 4) {
                same(fast.execute(id, quantity), naive.execute(id, quantity), what);
            } else if (kind < 14) {
                same(fast.delete(id), naive.delete(id), what);
            } else {
                final long newId = random.nextInt(16) == 0 ? id : freshId();
                same(fast.replace(id, newId, price, quantity), naive.replace(id, newId, price, quantity), what);
            }
        }

        private void compareTouch(final long id, final int instrument, final String what) {
            assertThat(naive.lastInstrumentId()).as(what).isEqualTo(instrument);
            assertThat(fast.orderCount()).as(what).isEqualTo(naive.orderCount());
            assertThat(fast.hash(instrument)).as(what).isEqualTo(naive.hash(instrument));
            assertThat(fast.order(id)).as(what).isEqualTo(naive.order(id));
            for (int side = Side.BID; side <= Side.ASK; side++) {
                final int n = random.nextInt(8);
                final int price = somePrice();
                assertThat(fast.best(instrument, side)).as(what).isEqualTo(naive.best(instrument, side));
                assertThat(fast.level(instrument, side, n)).as(what).isEqualTo(naive.level(instrument, side, n));
                assertThat(fast.levelAt(instrument, side, price))
                        .as(what)
                        .isEqualTo(naive.levelAt(instrument, side, price));
            }
        }

        private void compareWhole(final int instrument, final String what) {
            for (int side = Side.BID; side <= Side.ASK; side++) {
                assertThat(fast.levels(instrument, side)).as(what).isEqualTo(naive.levels(instrument, side));
            }
            for (final long id : recentIds) {
                assertThat(fast.order(id)).as(what).isEqualTo(naive.order(id));
            }
        }

        private static void same(final int fastOutcome, final int naiveOutcome, final String what) {
            assertThat(BookOutcome.nameOf(fastOutcome)).as(what).isEqualTo(BookOutcome.nameOf(naiveOutcome));
        }

        private long someId() {
            return random.nextInt(50) == 0 ? random.nextLong() : recentIds[random.nextInt(recentIds.length)];
        }

        private long freshId() {
            if (random.nextInt(50) == 0) {
                return recentIds[random.nextInt(recentIds.length)];
            }
            final long id = nextId++;
            recentIds[random.nextInt(recentIds.length)] = id;
            return id;
        }

        private int someQuantity() {
            switch (random.nextInt(32)) {
                case 0:
                    return random.nextInt(-1, 1);
                case 1:
                    return Integer.MAX_VALUE - random.nextInt(2);
                default:
                    return 1 + random.nextInt(40);
            }
        }

        private int somePrice() {
            switch (random.nextInt(40)) {
                case 0:
                    return Integer.MAX_VALUE - random.nextInt(3);
                case 1:
                    return Integer.MIN_VALUE + random.nextInt(3);
                case 2:
                    return random.nextInt();
                case 3:
                    return (int) ((long) centre * tick + random.nextInt(100));
                default:
                    return (int) ((long) (centre + random.nextInt(spread)) * tick);
            }
        }
    }
}
