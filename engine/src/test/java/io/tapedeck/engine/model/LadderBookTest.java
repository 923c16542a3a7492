package io.tapedeck.engine.model;

import static io.tapedeck.codecs.qrsdp1.QueueEventType.ADD_ASK;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.ADD_BID;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.CANCEL_ASK;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.CANCEL_BID;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.EXECUTE_BUY;
import static io.tapedeck.codecs.qrsdp1.QueueEventType.EXECUTE_SELL;
import static io.tapedeck.codecs.qrsdp1.QueueSide.ASK;
import static io.tapedeck.codecs.qrsdp1.QueueSide.BID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderBookTest {
    @ParameterizedTest
    @CsvSource({"2, 99, 101", "3, 99, 102", "1, 100, 101", "0, 99, 101", "5, 98, 103"})
    void shouldGiveTheLargerHalfToTheAskWhenTheSpreadIsOdd(final int spread, final int bid, final int ask) {
        final LadderBook book = new LadderBook(3, spread, 4);
        book.open(100);

        assertThat(sides(book)).isEqualTo(sides(bid, "4 4 4", ask, "4 4 4"));
    }

    @Test
    void shouldTakeDefaultsWhenSpreadAndDepthAreZero() {
        final LadderBook book = new LadderBook(0, 0, 0);
        book.open(100);

        assertThat(sides(book)).isEqualTo(sides(99, "50", 101, "50"));
        assertThat(new LadderBook(1_000, 2, 5).levels()).isEqualTo(64);
    }

    @Test
    void shouldForgetTheOutermostLevelWhenAnOrderImproves() {
        final LadderBook book = open(3, 4, 5);
        book.apply(ADD_BID, 99, 1);
        assertThat(sides(book)).isEqualTo(sides(99, "1 5 5", 102, "5 5 5"));
        book.apply(ADD_ASK, 101, 2);
        assertThat(sides(book)).isEqualTo(sides(99, "1 5 5", 101, "2 5 5"));
        assertThat(book.totalDepth(BID)).isEqualTo(11);
        assertThat(book.totalDepth(ASK)).isEqualTo(12);
    }

    @Test
    void shouldShiftOutwardsWhenTheBestLevelEmpties() {
        final LadderBook book = open(3, 2, 1);
        book.apply(EXECUTE_BUY, 101, 1);
        assertThat(sides(book)).isEqualTo(sides(99, "1 1 1", 102, "1 1 1"));
        book.apply(CANCEL_BID, 99, 7);
        assertThat(sides(book)).isEqualTo(sides(98, "1 1 1", 102, "1 1 1"));
    }

    @Test
    void shouldShiftPastEmptyLevelsWhenTheyFollow() {
        final LadderBook book = open(3, 2, 1);
        book.apply(CANCEL_ASK, 102, 1);
        assertThat(sides(book)).isEqualTo(sides(99, "1 1 1", 101, "1 0 1"));
        book.apply(CANCEL_ASK, 103, 1);
        book.apply(EXECUTE_BUY, 0, 9);
        assertThat(sides(book)).isEqualTo(sides(99, "1 1 1", 104, "1 1 1"));
    }

    @Test
    void shouldOverwriteTheOnlyLevelWhenAnOrderImproves() {
        final LadderBook book = open(1, 3, 6);
        book.apply(ADD_ASK, 101, 1);
        assertThat(sides(book)).isEqualTo(sides(99, "6", 101, "1"));
        book.apply(EXECUTE_BUY, 101, 1);
        assertThat(sides(book)).isEqualTo(sides(99, "6", 102, "6"));
    }

    @Test
    void shouldChangeNothingWhenThePriceIsOutsideTheWindow() {
        final LadderBook book = open(3, 2, 5);
        final String before = sides(book);
        book.apply(ADD_BID, 96, 1);
        book.apply(ADD_BID, 101, 1);
        book.apply(ADD_ASK, 99, 1);
        book.apply(ADD_ASK, 104, 1);
        book.apply(CANCEL_BID, 100, 1);
        book.apply(CANCEL_ASK, Integer.MIN_VALUE, 1);
        book.apply(CANCEL_BID, Integer.MAX_VALUE, 1);

        assertThat(sides(book)).isEqualTo(before);
    }

    @Test
    void shouldNotShiftWhenTheBestLevelWasEmptyBefore() {
        final LadderBook book = open(2, 2, 5);
        book.setDepth(BID, 0, 0);
        book.apply(EXECUTE_SELL, 99, 1);
        book.apply(CANCEL_BID, 99, 1);

        assertThat(sides(book)).isEqualTo(sides(99, "0 5", 101, "5 5"));
        assertThat(book.totalDepth(BID)).isEqualTo(5);
    }

    @Test
    void shouldRefuseAGapWhenAnOrderImprovesByMoreThanATick() {
        final LadderBook book = open(3, 6, 5);
        assertThatThrownBy(() -> book.apply(ADD_BID, 99, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("best=97")
                .hasMessageContaining("priceTicks=99");
    }

    @Test
    void shouldTruncateTheMiddleTowardZeroWhenPricesAreNegative() {
        final LadderBook book = open(1, 1, 5);
        book.open(-4);
        assertThat(book.bestBidTicks()).isEqualTo(-4);
        assertThat(book.bestAskTicks()).isEqualTo(-3);
        assertThat(book.midTicks()).isEqualTo(-3);
        book.open(3);
        assertThat(book.midTicks()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "5, 3", "64, 4"})
    void shouldKeepItsInvariantsWhenEventsAreRandom(final int levels, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final LadderBook book = open(levels, 3, 2);
        for (int i = 0; i < 20_000; i++) {
            final int type = random.nextInt(6);
            final int side = type < EXECUTE_BUY ? type & 1 : 5 - type;
            // One tick inside the best, any level, and a little beyond the window.
            final int level = random.nextInt(levels + 3) - 1;
            final boolean fits = level >= 0 || book.spreadTicks() > 1;
            book.apply(type, book.priceTicks(side, fits ? level : 0), 1 + random.nextInt(2));
            if (book.spreadTicks() < 1 || book.depth(BID, 0) < 1 || book.depth(ASK, 0) < 1) {
                assertThat(sides(book))
                        .as("crossed or empty at the best after event " + i)
                        .isNull();
            }
            if (total(book, BID) != book.totalDepth(BID) || total(book, ASK) != book.totalDepth(ASK)) {
                assertThat(sides(book)).as("total depth after event " + i).isNull();
            }
        }

        assertThat(book.priceTicks(BID, 0)).isEqualTo(book.bestBidTicks());
        assertThat(book.priceTicks(ASK, levels - 1)).isEqualTo(book.bestAskTicks() + levels - 1);
    }

    private static LadderBook open(final int levels, final int spread, final int depth) {
        final LadderBook book = new LadderBook(levels, spread, depth);
        book.open(100);
        return book;
    }

    private static long total(final LadderBook book, final int side) {
        long total = 0;
        for (int level = 0; level < book.levels(); level++) {
            if (book.depth(side, level) < 0) {
                throw new AssertionError("negative depth at level " + level);
            }
            total += book.depth(side, level);
        }
        return total;
    }

    private static String sides(final LadderBook book) {
        return sides(book.bestBidTicks(), depths(book, BID), book.bestAskTicks(), depths(book, ASK));
    }

    private static String sides(final int bid, final String bidDepths, final int ask, final String askDepths) {
        return "bid " + bid + ": " + bidDepths + ", ask " + ask + ": " + askDepths;
    }

    private static String depths(final LadderBook book, final int side) {
        final StringBuilder depths = new StringBuilder();
        for (int level = 0; level < book.levels(); level++) {
            depths.append(level == 0 ? "" : " ").append(book.depth(side, level));
        }
        return depths.toString();
    }
}
