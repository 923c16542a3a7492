package io.tapedeck.engine.validation;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import java.time.LocalDate;

/**
 * The window of the model around a reference price. The reference price leaves no record; it is found again by following the
 * book, which says when it may move, and the recipe's random stream, which says whether it does.
 *
 * <p>At the open, and when the book is redrawn, every queue's size is drawn from its invariant law; when the reference price
 * only moves, that of the one queue that comes into view.
 */
final class ReferencePriceWindow implements ModelWindow {
    private final int levels;
    private final PriceLevels[] sides;
    private final double[][] cumulatedLaws;
    private final double theta;
    private final double thetaReinit;
    private final RandomStreams streams;
    private final long symbol;
    private final RandomSource random = new Xoshiro256PlusPlus(0);
    private final int[] drawn;
    private final int[] best = new int[2];
    private int innermostBidTicks;
    private boolean isPlaced;
    private boolean isMoving;

    /** The laws are cumulated probabilities, of the bid's levels and then the ask's. */
    ReferencePriceWindow(
            final PriceLevels[] sides,
            final double[][] cumulatedLaws,
            final double theta,
            final double thetaReinit,
            final RandomStreams streams,
            final String symbol) {
        this.sides = sides;
        this.cumulatedLaws = cumulatedLaws;
        this.theta = theta;
        this.thetaReinit = thetaReinit;
        this.streams = streams;
        this.symbol = Alpha.toLong(symbol);
        levels = cumulatedLaws.length / 2;
        drawn = new int[cumulatedLaws.length];
    }

    @Override
    public void open(final LocalDate date) {
        random.seed(streams.seed(symbol, date.toEpochDay(), StreamPurpose.REFERENCE_PRICE));
        for (int queue = 0; queue < drawn.length; queue++) {
            drawn[queue] = draw(queue);
        }
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            best[side] = 0;
            while (best[side] < levels && drawn[side * levels + best[side]] == 0) {
                best[side]++;
            }
        }
        isPlaced = false;
        isMoving = false;
    }

    /** The first order is at the best price of a side; how far that is from the reference price was drawn. */
    @Override
    public void beforeOpeningOrder(final int side, final int priceTicks) {
        if (!isPlaced) {
            isPlaced = true;
            innermostBidTicks = side == QueueSide.BID ? priceTicks + best[side] : priceTicks - 1 - best[side];
        }
    }

    @Override
    public void afterAddition(final int side, final int priceTicks) {
        follow(side);
    }

    @Override
    public void afterRemoval(final int side, final int priceTicks) {
        follow(side);
    }

    /** The reference price may go after a middle price that has moved away from an empty innermost queue. */
    private void follow(final int side) {
        final int before = best[side];
        best[side] = findBest(side);
        if (best[side] == before) {
            return;
        }
        final boolean isUp = best[side] > before == (side == QueueSide.ASK);
        final int vacated = isUp ? QueueSide.ASK : QueueSide.BID;
        if (depth(vacated, 0) > 0 || !happens(theta)) {
            return;
        }
        innermostBidTicks += isUp ? 1 : -1;
        if (happens(thetaReinit)) {
            for (int queue = 0; queue < drawn.length; queue++) {
                draw(queue);
            }
        } else {
            draw(vacated * levels + levels - 1);
        }
        isMoving = true;
    }

    private boolean happens(final double chance) {
        return chance > 0 && random.nextDouble() < chance;
    }

    private int draw(final int queue) {
        final double u = random.nextDouble();
        final double[] law = cumulatedLaws[queue];
        int size = 0;
        while (size < law.length - 1 && law[size] <= u) {
            size++;
        }
        return size;
    }

    /** After a move of the reference price the best levels are those of the book that is then written. */
    @Override
    public void settle() {
        if (isMoving) {
            isMoving = false;
            best[QueueSide.BID] = findBest(QueueSide.BID);
            best[QueueSide.ASK] = findBest(QueueSide.ASK);
        }
    }

    private int findBest(final int side) {
        int level = 0;
        while (level < levels && depth(side, level) == 0) {
            level++;
        }
        return level;
    }

    @Override
    public int levels() {
        return levels;
    }

    @Override
    public int priceTicks(final int side, final int level) {
        return side == QueueSide.BID ? innermostBidTicks - level : innermostBidTicks + 1 + level;
    }

    @Override
    public int level(final int side, final int priceTicks) {
        return side == QueueSide.BID ? innermostBidTicks - priceTicks : priceTicks - innermostBidTicks - 1;
    }

    @Override
    public int depth(final int side, final int level) {
        return sides[side].orders(priceTicks(side, level));
    }

    @Override
    public int bestLevel(final int side) {
        return best[side];
    }
}
