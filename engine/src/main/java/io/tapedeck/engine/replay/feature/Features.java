package io.tapedeck.engine.replay.feature;

import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The features that have names.
 *
 * <pre>
 *   name           is                                                                   missing
 *   -------------  -------------------------------------------------------------------  --------------------------
 *   mid            (bid + ask) / 2                                                      a side is empty
 *   micro          (bid x ask quantity + ask x bid quantity) / both quantities          a side is empty
 *   spread         ask - bid in ticks                                                   a side is empty
 *   spread_bp      10,000 x (ask - bid) / mid                                           a side is empty, or mid is not positive
 *   imbalance:D    (B - A) / (B + A), quantities of the best D levels of each side      both sides are empty
 *   ofi            order-flow imbalance at the touch since the row before               the touch was never complete
 *   volume         shares traded since the row before                                   never
 *   signed_volume  those that took asks less those that took bids                       never
 *   variance       sum of squared changes of log mid since the row before               there was no mid
 * </pre>
 *
 * <p>Prices are decimals in the instrument's currency, quantities shares. The order-flow imbalance is that of Cont, Kukanov
 * and Stoikov (2014): a bid that rises or stays adds its quantity, one that falls or stays takes off the quantity before;
 * asks count the other way round. An event that leaves a side empty is left out, and the next complete touch is compared
 * with none. The variance begins with the last mid of the row before.
 */
public final class Features {
    /** The most features that one row can have. */
    public static final int MAX_COUNT = 24;

    private static final double PRICE_SCALE = 10_000;
    private static final int MAX_DEPTH = 1_000;

    private Features() {}

    /**
     * A feature that can be made for any instrument.
     *
     * @param column   its name, as header of a column.
     * @param decimals how many a text shows of it.
     * @param factory  makes one for an instrument of a tick size in 1/10,000.
     */
    public record Kind(String column, int decimals, IntFunction<Feature> factory) {}

    /**
     * Finds features by name.
     *
     * @param names in the order of the columns.
     * @return their kinds.
     * @throws IllegalArgumentException if there is no such feature, one is there twice, or there are too many.
     */
    public static List<Kind> of(final List<String> names) {
        if (names.isEmpty() || names.size() > MAX_COUNT) {
            throw new IllegalArgumentException("a row has 1 to " + MAX_COUNT + " features: " + names.size());
        }
        final Set<String> columns = new HashSet<>();
        final List<Kind> kinds = new ArrayList<>();
        for (final String name : names) {
            final Kind kind = kind(name);
            if (!columns.add(kind.column())) {
                throw new IllegalArgumentException("the feature '" + name + "' is named twice");
            }
            kinds.add(kind);
        }
        return kinds;
    }

    private static Kind kind(final String name) {
        switch (name) {
            case "mid":
                return new Kind(name, 5, tick -> book -> isComplete(book) ? mid(book, tick) : Feature.MISSING);
            case "micro":
                return new Kind(name, 8, tick -> book -> isComplete(book) ? micro(book, tick) : Feature.MISSING);
            case "spread":
                return new Kind(name, 0, tick -> book -> isComplete(book) ? spread(book) : Feature.MISSING);
            case "spread_bp":
                return new Kind(name, 4, tick -> Features::spreadBasisPoints);
            case "ofi":
                return new Kind(name, 0, tick -> new OrderFlowImbalance());
            case "volume":
                return new Kind(name, 0, tick -> new TradedVolume(false));
            case "signed_volume":
                return new Kind(name, 0, tick -> new TradedVolume(true));
            case "variance":
                return new Kind(name, 14, tick -> new RealisedVariance());
            default:
                return imbalance(name);
        }
    }

    private static Kind imbalance(final String name) {
        if (!name.matches("imbalance:[0-9]{1,4}")) {
            throw new IllegalArgumentException("there is no feature '" + name
                    + "'; there are mid, micro, spread, spread_bp, imbalance:D, ofi, volume, signed_volume, variance");
        }
        final int depth = Integer.parseInt(name.substring(name.indexOf(':') + 1));
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("an imbalance has a depth of 1 to " + MAX_DEPTH + ": '" + name + "'");
        }
        return new Kind(name.replace(':', '_'), 8, tick -> new DepthImbalance(depth));
    }

    /** Whether both sides have orders. */
    static boolean isComplete(final OrderBook book) {
        return book.bestQuantity(Side.BID) > 0 && book.bestQuantity(Side.ASK) > 0;
    }

    private static double mid(final OrderBook book, final int tickSize) {
        return ((double) book.bestPrice(Side.BID) + book.bestPrice(Side.ASK)) * tickSize / (2 * PRICE_SCALE);
    }

    private static double micro(final OrderBook book, final int tickSize) {
        final double bidQuantity = book.bestQuantity(Side.BID);
        final double askQuantity = book.bestQuantity(Side.ASK);
        return (book.bestPrice(Side.BID) * askQuantity + book.bestPrice(Side.ASK) * bidQuantity)
                / (bidQuantity + askQuantity)
                * tickSize
                / PRICE_SCALE;
    }

    private static double spread(final OrderBook book) {
        return (double) book.bestPrice(Side.ASK) - book.bestPrice(Side.BID);
    }

    private static double spreadBasisPoints(final OrderBook book) {
        final double mid = mid(book, 1);
        return isComplete(book) && mid > 0 ? 10_000 * spread(book) / (mid * PRICE_SCALE) : Feature.MISSING;
    }

    /** Of the quantities near the touch. */
    private static final class DepthImbalance implements Feature {
        private final LevelCursor level = new LevelCursor();
        private final int depth;

        DepthImbalance(final int depth) {
            this.depth = depth;
        }

        @Override
        public double value(final OrderBook book) {
            final double bids = quantity(book, Side.BID);
            final double asks = quantity(book, Side.ASK);
            return bids + asks > 0 ? (bids - asks) / (bids + asks) : MISSING;
        }

        private double quantity(final OrderBook book, final int side) {
            double sum = 0;
            boolean more = level.toBest(book, side);
            for (int i = 0; i < depth && more; i++) {
                sum += level.quantity();
                more = level.next();
            }
            return sum;
        }
    }

    /** What traded. */
    private static final class TradedVolume implements Feature {
        private final boolean isSigned;
        private long shares;

        TradedVolume(final boolean isSigned) {
            this.isSigned = isSigned;
        }

        @Override
        public void onEvent(final BookEvent event, final OrderBook book) {
            if (!isSigned || event.restingSide() == Side.ASK) {
                shares += event.tradedQuantity();
            } else if (event.restingSide() == Side.BID) {
                shares -= event.tradedQuantity();
            }
        }

        @Override
        public double value(final OrderBook book) {
            return shares;
        }

        @Override
        public void onRow() {
            shares = 0;
        }

        @Override
        public void onSession() {
            shares = 0;
        }
    }

    /** Of the touch, event by event. */
    private static final class OrderFlowImbalance implements Feature {
        private boolean hasTouch;
        private boolean isKnown;
        private int bid;
        private int ask;
        private long bidQuantity;
        private long askQuantity;
        private long sum;

        @Override
        public void onEvent(final BookEvent event, final OrderBook book) {
            if (event.type() > EventTypeCode.REPLACE) {
                return;
            }
            if (!isComplete(book)) {
                hasTouch = false;
                return;
            }
            final int newBid = book.bestPrice(Side.BID);
            final int newAsk = book.bestPrice(Side.ASK);
            final long newBidQuantity = book.bestQuantity(Side.BID);
            final long newAskQuantity = book.bestQuantity(Side.ASK);
            if (hasTouch) {
                sum += (newBid >= bid ? newBidQuantity : 0) - (newBid <= bid ? bidQuantity : 0);
                sum += (newAsk >= ask ? askQuantity : 0) - (newAsk <= ask ? newAskQuantity : 0);
            }
            hasTouch = true;
            isKnown = true;
            bid = newBid;
            ask = newAsk;
            bidQuantity = newBidQuantity;
            askQuantity = newAskQuantity;
        }

        @Override
        public double value(final OrderBook book) {
            return isKnown ? sum : MISSING;
        }

        @Override
        public void onRow() {
            sum = 0;
        }

        @Override
        public void onSession() {
            sum = 0;
            hasTouch = false;
            isKnown = false;
        }
    }

    /** Of the mid, event by event. */
    private static final class RealisedVariance implements Feature {
        private double lastSum = MISSING;
        private double variance;

        @Override
        public void onEvent(final BookEvent event, final OrderBook book) {
            if (!isComplete(book)) {
                return;
            }
            // Twice the mid in ticks: the unit does not matter to a ratio.
            final double sum = (double) book.bestPrice(Side.BID) + book.bestPrice(Side.ASK);
            if (sum > 0 && sum != lastSum) {
                if (!Double.isNaN(lastSum)) {
                    final double change = Math.log(sum / lastSum);
                    variance += change * change;
                }
                lastSum = sum;
            }
        }

        @Override
        public double value(final OrderBook book) {
            return Double.isNaN(lastSum) ? MISSING : variance;
        }

        @Override
        public void onRow() {
            variance = 0;
        }

        @Override
        public void onSession() {
            variance = 0;
            lastSum = MISSING;
        }
    }
}
