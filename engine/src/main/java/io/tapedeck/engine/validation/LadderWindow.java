package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.time.LocalDate;

/**
 * The window of the ladder models: the levels from the best price outwards. The best price moves inwards when an order
 * joins at a new price, and outwards to the next level with orders when its own level is emptied. A redraw of the book
 * never moves it: it can leave the best level empty.
 */
final class LadderWindow implements ModelWindow {
    private final int levels;
    private final PriceLevels[] sides;
    private final int[] best = new int[2];
    private final boolean[] isOpened = new boolean[2];

    LadderWindow(final int levels, final PriceLevels[] sides) {
        this.levels = levels;
        this.sides = sides;
    }

    @Override
    public void open(final LocalDate date) {
        isOpened[QueueSide.BID] = false;
        isOpened[QueueSide.ASK] = false;
    }

    @Override
    public void beforeOpeningOrder(final int side, final int priceTicks) {
        if (!isOpened[side] || level(side, priceTicks) < 0) {
            best[side] = priceTicks;
            isOpened[side] = true;
        }
    }

    @Override
    public void afterAddition(final int side, final int priceTicks) {
        if (level(side, priceTicks) < 0) {
            best[side] = priceTicks;
        }
    }

    @Override
    public void afterRemoval(final int side, final int priceTicks) {
        if (priceTicks == best[side] && depth(side, 0) == 0) {
            int level = 1;
            while (level < levels && depth(side, level) == 0) {
                level++;
            }
            best[side] = priceTicks(side, level);
        }
    }

    @Override
    public int levels() {
        return levels;
    }

    @Override
    public int priceTicks(final int side, final int level) {
        return side == QueueSide.BID ? best[side] - level : best[side] + level;
    }

    @Override
    public int level(final int side, final int priceTicks) {
        return side == QueueSide.BID ? best[side] - priceTicks : priceTicks - best[side];
    }

    @Override
    public int depth(final int side, final int level) {
        return sides[side].orders(priceTicks(side, level));
    }

    @Override
    public int bestLevel(final int side) {
        return 0;
    }
}
