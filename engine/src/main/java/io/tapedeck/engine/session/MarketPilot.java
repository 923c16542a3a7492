package io.tapedeck.engine.session;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorPath;
import io.tapedeck.engine.model.ImbalanceShift;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.PriceResponse;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.SymbolStreams;

/**
 * What a model does on average, where no formula says so: found out by simulating it for a while, with seeds of its own that
 * never change. The same parameters always give the same answer.
 */
public final class MarketPilot {
    private static final RandomStreams STREAMS = new RandomStreams(0x7069_6C6F_7400_0001L);
    private static final QueueEventSink IGNORE = (timeNs, type, side, priceTicks, quantity, number, flags) -> {};
    private static final int EVENTS_PER_BATCH = 1_000;
    private static final long BURN_IN_EVENTS = 10_000;
    private static final long RATE_EVENTS = 200_000;
    private static final long RESPONSE_EVENTS = 4_000_000;
    private static final int ENDLESS_SECONDS = 1_000_000_000;
    private static final double NS_PER_SECOND = 1e9;
    /** Small enough for a linear answer, large enough to stand out of the noise. */
    private static final double SHIFT = 0.1;
    /** What the drift must exceed its standard error by to be one. */
    private static final double LEAST_Z = 10;

    private final SessionGenerator generator;

    private MarketPilot(final SessionParameters parameters, final ClockParameters clock, final double lean) {
        final SymbolStreams streams = new SymbolStreams(STREAMS, 1);
        final ImbalanceShift shift = new ImbalanceShift(lean);
        final MarketProcess process = parameters.newLaw().newProcess(new MarketInputs(streams, shift));
        generator = new SessionGenerator(process, clock.newClock(streams, ENDLESS_SECONDS, false), ENDLESS_SECONDS, 0);
        streams.seed(0);
        shift.open(FactorPath.constant(1));
        generator.open(parameters.p0Ticks());
        run(BURN_IN_EVENTS);
    }

    /**
     * The mean rate of a model's events, without excitation, activity and factor: from 200,000 of them.
     *
     * @param parameters of the session.
     * @return events per second; 0 of a market in which hardly anything happens.
     */
    public static double eventRate(final SessionParameters parameters) {
        final MarketPilot pilot = new MarketPilot(parameters, ClockParameters.NONE, 0);
        final double start = pilot.generator.elapsedSeconds();
        final long events = pilot.run(RATE_EVENTS);
        return events / (pilot.generator.elapsedSeconds() - start);
    }

    /**
     * How the mid answers to a shift of the imbalance, and how it moves by itself: from 4 million events without a shift and as
     * many with one to each side, with excitation and without activity and factor. Takes about a second.
     *
     * @param parameters     of the session.
     * @param horizonSeconds over which changes of the mid are taken, 1 or more.
     * @return the answer, good to 1 or 2 per cent.
     * @throws IllegalArgumentException if the mid does not follow the shift, so that no factor could move it.
     */
    public static PriceResponse response(final SessionParameters parameters, final int horizonSeconds) {
        final ClockParameters clock = new ClockParameters(parameters.clock().hawkes(), ActivityParameters.NONE);
        final double variance = new MarketPilot(parameters, clock, 0).returnVariance(horizonSeconds);
        final MarketPilot up = new MarketPilot(parameters, clock, SHIFT);
        final MarketPilot down = new MarketPilot(parameters, clock, -SHIFT);
        final double drift = (up.driftTicksPerSecond() - down.driftTicksPerSecond()) / (2 * SHIFT);
        final double seconds = up.generator.elapsedSeconds() + down.generator.elapsedSeconds();
        final double error = Math.sqrt(variance / horizonSeconds / seconds) / SHIFT;
        if (!(Math.abs(drift) > LEAST_Z * error)) {
            throw new IllegalArgumentException(
                    "prices of the model " + parameters.model().modelName() + " do not follow a market factor");
        }
        return new PriceResponse(drift, horizonSeconds, variance);
    }

    private double driftTicksPerSecond() {
        final double start = generator.elapsedSeconds();
        final long mid = doubledMid();
        run(RESPONSE_EVENTS);
        return (doubledMid() - mid) / 2.0 / (generator.elapsedSeconds() - start);
    }

    /** Of windows that overlap by all but a tenth: they use what there is better than windows side by side. */
    private double returnVariance(final int horizonSeconds) {
        final int steps = 10;
        final long[] mids = new long[steps];
        final long end = generator.eventCount() + RESPONSE_EVENTS;
        final double start = generator.elapsedSeconds();
        double sum = 0;
        long count = 0;
        for (long step = 1; generator.eventCount() < end && !generator.isClosed(); step++) {
            final double untilSeconds = start + (double) step * horizonSeconds / steps;
            generator.generate(IGNORE, Integer.MAX_VALUE, (long) (untilSeconds * NS_PER_SECOND));
            final int at = (int) (step % steps);
            final long mid = doubledMid();
            if (step > steps) {
                sum += (double) (mid - mids[at]) * (mid - mids[at]) / 4;
                count++;
            }
            mids[at] = mid;
        }
        return count == 0 ? 0 : sum / count;
    }

    private long run(final long events) {
        final long before = generator.eventCount();
        while (generator.eventCount() - before < events && !generator.isClosed()) {
            generator.generate(IGNORE, EVENTS_PER_BATCH);
        }
        return generator.eventCount() - before;
    }

    /** Twice the mid of the best prices that have orders. */
    private long doubledMid() {
        return (long) bestTicks(QueueSide.BID) + bestTicks(QueueSide.ASK);
    }

    private int bestTicks(final int side) {
        final QueueBook book = generator.process().book();
        int level = 0;
        while (level < book.levels() - 1 && book.depth(side, level) == 0) {
            level++;
        }
        return book.priceTicks(side, level);
    }
}
