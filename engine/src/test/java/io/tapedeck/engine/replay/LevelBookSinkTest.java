package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.LevelBooks;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Level books against the levels of order-level books, record by record. */
class LevelBookSinkTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    @TempDir
    private Path folder;

    private final OrderBooks orders = new OrderBooks();
    private final LevelBooks levels = new LevelBooks();
    private final BookSink orderSink = new BookSink(orders, null);
    private final LevelBookSink levelSink = new LevelBookSink(levels);
    private int compared;

    @Test
    void shouldHaveTheLevelsOfTheOrderBooksOfASimulatedDay() throws IOException {
        try (EventSource source = SimulatedDay.source(3, 60, 2)) {
            compare(source, 3, 50);
        }
        assertThat(levelSink.refusedCount()).isZero();
        assertThat(compared).isGreaterThan(500);
    }

    /** Random records are mostly impossible ones; both must refuse the same. */
    @Test
    void shouldRefuseWhatTheOrderBooksRefuse() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        RandomTape.write(path, DATE, 0, 5_000, 1, RandomTape.wildTimes(1));
        try (EventSource source = JournalSource.open(path)) {
            compare(source, 4, 100);
        }
        assertThat(levelSink.refusedCount())
                .isEqualTo(orderSink.builder().refusedCount())
                .isPositive();
    }

    private void compare(final EventSource source, final int instruments, final int every) throws IOException {
        final int[] count = {0};
        Replay.run(
                source,
                new ReplayHandler() {
                    @Override
                    public void onSession(final LocalDate date) {
                        orderSink.onSession(date);
                        levelSink.onSession(date);
                    }

                    @Override
                    public void onBatch(
                            final io.tapedeck.codecs.record.SlotArray slots, final long low, final long high) {
                        for (long at = low; at <= high; at++) {
                            orderSink.onBatch(slots, at, at);
                            levelSink.onBatch(slots, at, at);
                            if (++count[0] % every == 0) {
                                requireEqual(instruments);
                            }
                        }
                    }
                },
                done -> {});
    }

    private void requireEqual(final int instruments) {
        for (int instrumentId = 1; instrumentId <= instruments; instrumentId++) {
            for (int side = Side.BID; side <= Side.ASK; side++) {
                assertThat(levels(levels.book(instrumentId), side)).isEqualTo(levels(orders.book(instrumentId), side));
                compared++;
            }
        }
    }

    private static List<String> levels(final OrderBook book, final int side) {
        final List<String> levels = new ArrayList<>();
        final LevelCursor level = new LevelCursor();
        for (boolean more = level.toBest(book, side); more; more = level.next()) {
            levels.add(level.price() + " x " + level.quantity() + " of " + level.orderCount());
        }
        return levels;
    }

    @Test
    void shouldTakeLevelsAsTheyAreTold() {
        assertThat(levels.set(1, Side.BID, 100, 50, 2)).isEqualTo(BookOutcome.APPLIED);
        assertThat(levels.set(1, Side.BID, 101, 7, 1)).isEqualTo(BookOutcome.APPLIED);
        assertThat(levels.set(1, Side.BID, 101, 0, 0)).isEqualTo(BookOutcome.APPLIED);
        assertThat(levels.change(1, Side.BID, 100, -60, 0)).isEqualTo(BookOutcome.OVER_QUANTITY);
        assertThat(levels.book(1).levelCount(Side.BID)).isZero();
        assertThat(levels.set(1, 2, 100, 50, 2)).isEqualTo(BookOutcome.WRONG_SIDE);
        assertThat(levels.set(-1, 0, 100, 50, 2)).isEqualTo(BookOutcome.WRONG_INSTRUMENT);
        assertThat(levels.set(1, 0, 100, -1, 2)).isEqualTo(BookOutcome.WRONG_QUANTITY);
    }
}
