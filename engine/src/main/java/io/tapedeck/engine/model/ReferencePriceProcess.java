package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;

/**
 * The queue-reactive market around a reference price: Model III of Huang, Lehalle and Rosenbaum (2015).
 *
 * <p>While the reference price stands, every queue lives by its own curves and knows nothing of the others. When the
 * middle price has moved and the innermost queue on that side is empty, then with chance theta the reference price
 * moves one tick the same way. With chance theta-reinit all queues are then drawn anew, each from its
 * {@link InvariantLaw}, as if news had come; otherwise every queue gets the number of its neighbour and is scaled by the
 * quotient of their average event sizes, the innermost one that is freed is empty, and the outermost one that comes into
 * sight is drawn.
 *
 * <p>A market order takes the best price, so it can only fall on a side's first queue that is not empty. What the curves
 * call market orders at the queues behind it is taken from there as well, or the queues would not have their law, but
 * as cancellations.
 *
 * <p>An empty side has its best price where its window ends: beyond the model's sight there are always orders.
 */
public final class ReferencePriceProcess implements MarketProcess {
    /** After so many steps the total rate is summed afresh, so that rounding errors do not pile up. */
    private static final int STEPS_PER_SUM = 1 << 16;

    private final ReferencePriceParameters parameters;
    private final ReferencePriceTable table;
    private final ReferencePriceBook book;
    private final RandomSource flowRandom;
    private final RandomSource referenceRandom;
    private final int levels;
    private final double[] eventSizes;
    private final InvariantLaw[] laws;
    /** Total rates of the queues: the bid's from the reference price outwards, then the ask's. */
    private final double[] rates;

    private final int[] bestLevels = new int[2];
    private double totalRate;
    private int stepsToSum;

    private int type;
    private int side;
    private int priceTicks;
    private int flags;
    private long moveCount;

    /**
     * A process.
     *
     * @param parameters      of the market; its tables are shared.
     * @param flowRandom      decides what happens to the queues; the process does not seed it.
     * @param referenceRandom decides what happens to the reference price, and the depths that come with it; the process
     *                        does not seed it.
     */
    public ReferencePriceProcess(
            final ReferencePriceParameters parameters,
            final RandomSource flowRandom,
            final RandomSource referenceRandom) {
        this.parameters = parameters;
        this.flowRandom = flowRandom;
        this.referenceRandom = referenceRandom;
        table = parameters.table();
        levels = parameters.levels();
        book = new ReferencePriceBook(levels);
        eventSizes = new double[levels];
        laws = new InvariantLaw[2 * levels];
        for (int level = 0; level < levels; level++) {
            eventSizes[level] = parameters.averageEventSizes().get(level);
            laws[level] = parameters.bid().get(level).invariantLaw();
            laws[levels + level] = parameters.ask().get(level).invariantLaw();
        }
        rates = new double[2 * levels];
    }

    /**
     * {@inheritDoc}
     *
     * <p>The reference price is half a tick above the opening price, and all queues are drawn from their invariant laws.
     */
    @Override
    public void open(final int openingPriceTicks) {
        book.open(openingPriceTicks);
        redraw();
        bestLevels[QueueSide.BID] = book.bestLevel(QueueSide.BID);
        bestLevels[QueueSide.ASK] = book.bestLevel(QueueSide.ASK);
        sumRates();
        moveCount = 0;
    }

    @Override
    public double totalRate(final double nowSeconds) {
        return totalRate;
    }

    @Override
    public void step() {
        final int bidBefore = bestTicks(QueueSide.BID);
        final int askBefore = bestTicks(QueueSide.ASK);
        stepQueue();
        flags = 0;
        final int direction = followMiddle();
        if (direction != 0 && decide(parameters.theta())) {
            moveReferencePrice(direction);
        } else if (--stepsToSum == 0) {
            sumRates();
        }
        final int bidAfter = bestTicks(QueueSide.BID);
        final int askAfter = bestTicks(QueueSide.ASK);
        flags |= (askAfter > askBefore ? FLAG_ASK_ROSE : 0) | (bidAfter < bidBefore ? FLAG_BID_FELL : 0);
        moveCount += bidAfter != bidBefore || askAfter != askBefore ? 1 : 0;
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public int side() {
        return side;
    }

    @Override
    public int priceTicks() {
        return priceTicks;
    }

    @Override
    public int quantity() {
        return 1;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public long moveCount() {
        return moveCount;
    }

    @Override
    public int midTicks() {
        return (int) (((long) bestTicks(QueueSide.BID) + bestTicks(QueueSide.ASK)) / 2);
    }

    @Override
    public QueueBook book() {
        return book;
    }

    /**
     * The reference price.
     *
     * @return the tick half a tick below it, where the bid's innermost queue stands.
     */
    public int innermostBidTicks() {
        return book.innermostBidTicks();
    }

    /** Draws the queue and what happens to it, and lets it happen. */
    private void stepQueue() {
        double beyond = flowRandom.nextDouble() * totalRate;
        int queue = 0;
        while (queue < rates.length - 1 && beyond >= rates[queue]) {
            beyond -= rates[queue];
            queue++;
        }
        side = queue < levels ? QueueSide.BID : QueueSide.ASK;
        final int level = queue - side * levels;
        final int size = book.depth(side, level);
        final int at = table.at(queue, size);
        priceTicks = book.priceTicks(side, level);
        final int sizeAfter;
        if (beyond < table.limit(at) || size == 0) {
            type = QueueEventType.ADD_BID + side;
            sizeAfter = size + 1;
        } else {
            final boolean isTraded = beyond >= table.limitOrCancel(at) && level == bestLevels[side];
            type = isTraded ? QueueEventType.EXECUTE_SELL - side : QueueEventType.CANCEL_BID + side;
            sizeAfter = size - 1;
        }
        book.setDepth(side, level, sizeAfter);
        final double rate = table.total(table.at(queue, sizeAfter));
        totalRate += rate - rates[queue];
        rates[queue] = rate;
    }

    /** Where the reference price may go after the step: 1 up, -1 down, 0 if it has no reason to move. */
    private int followMiddle() {
        final int levelBefore = bestLevels[side];
        final int levelAfter = book.bestLevel(side);
        bestLevels[side] = levelAfter;
        if (levelAfter == levelBefore) {
            return 0;
        }
        final boolean isUp = levelAfter > levelBefore == (side == QueueSide.ASK);
        final int vacated = isUp ? QueueSide.ASK : QueueSide.BID;
        return book.depth(vacated, 0) > 0 ? 0 : isUp ? 1 : -1;
    }

    private void moveReferencePrice(final int direction) {
        final boolean isUp = direction > 0;
        book.moveReferencePrice(direction);
        flags |= FLAG_RECENTRED;
        if (decide(parameters.thetaReinit())) {
            redraw();
            flags |= FLAG_REINITIALISED;
        } else {
            pushOutwards(isUp ? QueueSide.BID : QueueSide.ASK);
            pullInwards(isUp ? QueueSide.ASK : QueueSide.BID);
        }
        bestLevels[QueueSide.BID] = book.bestLevel(QueueSide.BID);
        bestLevels[QueueSide.ASK] = book.bestLevel(QueueSide.ASK);
        sumRates();
    }

    /** The side that the reference price leaves behind: the outermost queue goes out of sight. */
    private void pushOutwards(final int pushed) {
        for (int level = levels - 1; level > 0; level--) {
            book.setDepth(pushed, level, scaled(book.depth(pushed, level - 1), level - 1, level));
        }
        book.setDepth(pushed, 0, 0);
    }

    /** The side that the reference price comes nearer to: its innermost queue is empty, and a new one comes into sight. */
    private void pullInwards(final int pulled) {
        for (int level = 0; level < levels - 1; level++) {
            book.setDepth(pulled, level, scaled(book.depth(pulled, level + 1), level + 1, level));
        }
        book.setDepth(pulled, levels - 1, laws[pulled * levels + levels - 1].draw(referenceRandom));
    }

    /** The same shares in orders of another level's average size: to the nearest number, but never none of some. */
    private int scaled(final int size, final int fromLevel, final int toLevel) {
        if (size == 0) {
            return 0;
        }
        final double shares = size * parameters.averageEventSizes().get(fromLevel);
        return Math.max(
                1, (int) Math.rint(shares / parameters.averageEventSizes().get(toLevel)));
    }

    private void redraw() {
        for (int queueSide = QueueSide.BID; queueSide <= QueueSide.ASK; queueSide++) {
            for (int level = 0; level < levels; level++) {
                book.setDepth(queueSide, level, laws[queueSide * levels + level].draw(referenceRandom));
            }
        }
    }

    private void sumRates() {
        totalRate = 0;
        for (int queue = 0; queue < rates.length; queue++) {
            final int queueSide = queue < levels ? QueueSide.BID : QueueSide.ASK;
            rates[queue] = table.total(table.at(queue, book.depth(queueSide, queue - queueSide * levels)));
            totalRate += rates[queue];
        }
        stepsToSum = STEPS_PER_SUM;
    }

    private int bestTicks(final int ofSide) {
        return book.priceTicks(ofSide, bestLevels[ofSide]);
    }

    /** Nothing is drawn for what cannot happen. */
    private boolean decide(final double chance) {
        return chance > 0 && referenceRandom.nextDouble() < chance;
    }
}
