package io.tapedeck.engine.model;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.random.RandomSource;

/**
 * Rates that lean with the imbalance I = (q<sub>b</sub> - q<sub>a</sub>) / (q<sub>b</sub> + q<sub>a</sub>) of the best
 * queues, and with the spread:
 *
 * <pre>
 *   add      bid, ask    L (1 -+ s I) A             A = exp( s' (spread - 2))
 *   cancel   bid, ask    C times the side's depth
 *   execute  buy, sell   M (e + max(-+ s I, 0)) X   X = exp(-s' (spread - 2))
 * </pre>
 *
 * The type is drawn first. An addition then falls on level k with a weight that decays with k, a cancellation on a
 * level by its depth.
 *
 * <p>A market that leans with all others adds its {@link ImbalanceShift} to I; the sum is kept within -1 and 1.
 */
public final class SimpleImbalanceModel implements LadderModel {
    private final SimpleImbalanceRates law;
    private final ImbalanceShift shift;
    private final boolean isShifted;
    private final double[] addLevelShares;
    private final double[] shiftedEntry = new double[SimpleImbalanceRates.RATES_PER_ENTRY];

    /** Running sums of the six rates in type order, from 0; their last is the total rate. */
    private final double[] sums = new double[QueueEventType.COUNT + 1];

    private final double[] rates = new double[QueueEventType.COUNT];

    SimpleImbalanceModel(final SimpleImbalanceRates law, final ImbalanceShift shift) {
        this.law = law;
        this.shift = shift;
        isShifted = shift.isActive();
        addLevelShares = law.addLevelShares();
    }

    @Override
    public double totalRate(final LadderBook book, final double nowSeconds) {
        final int spread = book.spreadTicks();
        final int bidDepth = book.depth(QueueSide.BID, 0);
        final int askDepth = book.depth(QueueSide.ASK, 0);
        final double[] entry;
        final int at;
        if (!isShifted && SimpleImbalanceRates.isTabulated(spread, bidDepth, askDepth)) {
            entry = law.table();
            at = SimpleImbalanceRates.tableIndex(spread, bidDepth, askDepth);
        } else {
            entry = shiftedEntry;
            at = 0;
            final double lean = isShifted ? shift.at(nowSeconds) : 0;
            law.computeEntry(entry, at, spread, ExactDouble.of(bidDepth), ExactDouble.of(askDepth), lean);
        }
        rates[QueueEventType.ADD_BID] = entry[at + SimpleImbalanceRates.ADD_BID];
        rates[QueueEventType.ADD_ASK] = entry[at + SimpleImbalanceRates.ADD_ASK];
        rates[QueueEventType.CANCEL_BID] = law.cancelRate(book.totalDepth(QueueSide.BID));
        rates[QueueEventType.CANCEL_ASK] = law.cancelRate(book.totalDepth(QueueSide.ASK));
        rates[QueueEventType.EXECUTE_BUY] = entry[at + SimpleImbalanceRates.EXECUTE_BUY];
        rates[QueueEventType.EXECUTE_SELL] = entry[at + SimpleImbalanceRates.EXECUTE_SELL];
        double sum = 0.0;
        for (int type = 0; type < QueueEventType.COUNT; type++) {
            sum += rates[type];
            sums[type + 1] = sum;
        }
        return sum;
    }

    @Override
    public double rate(final int type) {
        return rates[type];
    }

    @Override
    public int chooseType(final RandomSource random) {
        return WeightedChoice.choose(sums, QueueEventType.COUNT, random.nextDouble());
    }

    @Override
    public int chooseLevel(final LadderBook book, final int type, final RandomSource random) {
        return type < QueueEventType.CANCEL_BID
                ? chooseAddLevel(random)
                : chooseCancelLevel(book, QueueEventType.restingSide(type), random);
    }

    private int chooseAddLevel(final RandomSource random) {
        final int last = addLevelShares.length - 1;
        if (last == 0) {
            return 0;
        }
        final double u = random.nextDouble();
        int level = 0;
        for (int i = 0; i < last; i++) {
            level += addLevelShares[i] <= u ? 1 : 0;
        }
        return level;
    }

    private static int chooseCancelLevel(final LadderBook book, final int side, final RandomSource random) {
        return book.totalDepth(side) > 0 ? WeightedChoice.chooseByDepth(book, side, random.nextDouble()) : 0;
    }
}
