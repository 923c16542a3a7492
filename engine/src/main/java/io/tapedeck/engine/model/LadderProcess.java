package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;

/**
 * The reference model's market: a {@link LadderBook} that moves by the law of a {@link LadderModel}.
 *
 * <p>One step draws, in this order: the type; for an addition into a spread wider than a tick, whether it improves the
 * best price; the level, unless it improves; after a move of a best price, whether the book is redrawn, and if so the
 * depths, bid and ask in turn from the best outwards. What cannot happen with the given parameters is not drawn.
 */
public final class LadderProcess implements MarketProcess {
    private final LadderBook book;
    private final LadderModel model;
    private final RandomSource random;
    private final RandomSource reinitRandom;
    private final double spreadImproveCoefficient;
    private final double thetaReinit;
    private final double reinitDepthMean;

    private int type;
    private int side;
    private int priceTicks;
    private int flags;
    private long moveCount;

    /**
     * A process.
     *
     * @param book                     owned by the process from now on.
     * @param model                    owned by the process from now on.
     * @param random                   decides the steps; the process does not seed it.
     * @param reinitRandom             decides the redraws; the process does not seed it, and it may be the same source.
     * @param spreadImproveCoefficient chance, per tick of spread above one, that an addition improves the best price; 0
     *                                 or less means never.
     * @param thetaReinit              chance that a move of a best price redraws the book; 0 or less means never.
     * @param reinitDepthMean          of the redrawn depths, above 0, to 700.
     */
    public LadderProcess(
            final LadderBook book,
            final LadderModel model,
            final RandomSource random,
            final RandomSource reinitRandom,
            final double spreadImproveCoefficient,
            final double thetaReinit,
            final double reinitDepthMean) {
        this.book = book;
        this.model = model;
        this.random = random;
        this.reinitRandom = reinitRandom;
        this.spreadImproveCoefficient = spreadImproveCoefficient;
        this.thetaReinit = thetaReinit;
        this.reinitDepthMean = reinitDepthMean;
    }

    @Override
    public void open(final int openingPriceTicks) {
        book.open(openingPriceTicks);
        moveCount = 0;
    }

    @Override
    public double totalRate(final double nowSeconds) {
        return model.totalRate(book, nowSeconds);
    }

    @Override
    public void step() {
        type = model.chooseType(random);
        side = QueueEventType.restingSide(type);
        priceTicks = book.priceTicks(side, chooseLevel());
        final int bidBefore = book.bestBidTicks();
        final int askBefore = book.bestAskTicks();
        book.apply(type, priceTicks, 1);
        final int bidAfter = book.bestBidTicks();
        final int askAfter = book.bestAskTicks();
        flags = (askAfter > askBefore ? FLAG_ASK_ROSE : 0) | (bidAfter < bidBefore ? FLAG_BID_FELL : 0);
        if (bidAfter != bidBefore || askAfter != askBefore) {
            moveCount++;
            reinitialiseAtRandom();
        }
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
        return book.midTicks();
    }

    @Override
    public LadderBook book() {
        return book;
    }

    /** The level of the step's price: -1, one tick inside the best, for an addition that improves. */
    private int chooseLevel() {
        if (type >= QueueEventType.EXECUTE_BUY) {
            return 0;
        }
        if (type <= QueueEventType.ADD_ASK && spreadImproveCoefficient > 0) {
            final int excessTicks = book.spreadTicks() - 1;
            // Drawn even where the chance is 1 or more.
            if (excessTicks > 0 && random.nextDouble() < excessTicks * spreadImproveCoefficient) {
                return -1;
            }
        }
        return model.chooseLevel(book, type, random);
    }

    private void reinitialiseAtRandom() {
        if (thetaReinit > 0 && reinitRandom.nextDouble() < thetaReinit) {
            for (int level = 0; level < book.levels(); level++) {
                book.setDepth(QueueSide.BID, level, PoissonDraw.draw(reinitRandom, reinitDepthMean));
                book.setDepth(QueueSide.ASK, level, PoissonDraw.draw(reinitRandom, reinitDepthMean));
            }
            flags |= FLAG_REINITIALISED;
        }
    }
}
