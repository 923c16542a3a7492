package io.tapedeck.engine.session;

import io.tapedeck.engine.model.ImbalanceShift;
import io.tapedeck.engine.model.MarketFactor;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.SymbolStreams;

/** One symbol's mid at every second of its days, straight from process and clock: no orders, no records. */
final class SimulatedMids {
    private final SessionParameters parameters;
    private final SymbolStreams streams;
    private final MarketFactor factor;
    private final ImbalanceShift shift;
    private final SessionGenerator generator;
    private long clampedCount;

    SimulatedMids(final SessionParameters parameters, final RandomStreams run, final long symbol) {
        this.parameters = parameters;
        streams = new SymbolStreams(run, symbol);
        factor = new MarketFactor(parameters.factor(), run, parameters.sessionSeconds());
        shift = parameters.newShift();
        final MarketProcess process = parameters.newLaw().newProcess(new MarketInputs(streams, shift));
        generator = new SessionGenerator(process, parameters.newClock(streams), parameters.sessionSeconds(), 0);
    }

    /** Twice the mid, in ticks, at the seconds 0, 1, 2 ... of a day. */
    int[] day(final long day) {
        streams.seed(day);
        shift.open(factor.path(day));
        generator.open(parameters.p0Ticks());
        final QueueBook book = generator.process().book();
        final int[] mids = new int[parameters.sessionSeconds() + 1];
        for (int second = 0; second < mids.length; second++) {
            generator.generate(
                    (timeNs, type, side, priceTicks, quantity, number, flags) -> {},
                    Integer.MAX_VALUE,
                    second * 1_000_000_000L);
            mids[second] = book.priceTicks(0, 0) + book.priceTicks(1, 0);
            final double bid = book.depth(0, 0);
            final double ask = book.depth(1, 0);
            clampedCount += Math.abs((bid - ask) / (bid + ask) + shift.at(second)) > 1 ? 1 : 0;
        }
        return mids;
    }

    /** How many of the seconds found the imbalance of the best queues, with its shift, beyond -1 or 1. */
    long clampedCount() {
        return clampedCount;
    }
}
