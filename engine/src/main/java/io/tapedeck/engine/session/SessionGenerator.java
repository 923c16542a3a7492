package io.tapedeck.engine.session;

import io.tapedeck.engine.model.EventClock;
import io.tapedeck.engine.model.MarketProcess;

/**
 * Turns a market process and a clock into the timed events of one session: the clock says when, the process what, and
 * the generator numbers the events and stamps them with the time since midnight. It knows neither the law nor the
 * random sources.
 *
 * <p>Events are handed out on demand, so whoever drives it decides about pace, batches and stopping.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public final class SessionGenerator {
    private static final double NS_PER_SECOND = 1e9;

    private final MarketProcess process;
    private final EventClock clock;
    private final double sessionSeconds;
    private final long marketOpenNs;
    private double nowSeconds;
    private double nextSeconds;
    private long nextTimeNs;
    private long eventCount;
    private boolean isClosed = true;

    /**
     * A generator whose first session {@link #open(int)} starts.
     *
     * @param process        what happens.
     * @param clock          when it happens.
     * @param sessionSeconds length of a session.
     * @param marketOpenNs   of the open, since midnight, nanoseconds.
     */
    public SessionGenerator(
            final MarketProcess process, final EventClock clock, final double sessionSeconds, final long marketOpenNs) {
        this.process = process;
        this.clock = clock;
        this.sessionSeconds = sessionSeconds;
        this.marketOpenNs = marketOpenNs;
    }

    /**
     * Starts a session and draws the time of its first event. Random sources are not seeded: do so before.
     *
     * @param openingPriceTicks between the best prices.
     */
    public void open(final int openingPriceTicks) {
        process.open(openingPriceTicks);
        clock.open();
        nowSeconds = 0.0;
        eventCount = 0;
        nextSeconds = sessionSeconds > 0 ? clock.nextSeconds(nowSeconds, process) : sessionSeconds;
        place();
    }

    /**
     * Generates the next events.
     *
     * @param sink  gets them.
     * @param limit the most to generate, 1 or more.
     * @return how many there were; fewer than the limit only when the session closed.
     */
    public int generate(final QueueEventSink sink, final int limit) {
        return generate(sink, limit, Long.MAX_VALUE);
    }

    /**
     * Generates the next events before a time.
     *
     * @param sink    gets them.
     * @param limit   the most to generate, 1 or more.
     * @param untilNs since midnight; an event at this time is left to a later call.
     * @return how many there were; fewer than the limit only when the next event is not before the time, or when the
     *         session closed.
     */
    public int generate(final QueueEventSink sink, final int limit, final long untilNs) {
        int generated = 0;
        while (generated < limit && nextTimeNs < untilNs && !isClosed) {
            process.step();
            generated++;
            sink.onEvent(
                    nextTimeNs,
                    process.type(),
                    process.side(),
                    process.priceTicks(),
                    process.quantity(),
                    eventCount + generated,
                    process.flags());
            nowSeconds = nextSeconds;
            nextSeconds = clock.nextSeconds(nowSeconds, process);
            place();
        }
        eventCount += generated;
        return generated;
    }

    /**
     * Whether the session is over.
     *
     * @return true once no event is left, and before the first {@link #open(int)}.
     */
    public boolean isClosed() {
        return isClosed;
    }

    /**
     * How far the session's time has come.
     *
     * @return seconds since the open, of the last event; the session's length once it is over.
     */
    public double elapsedSeconds() {
        return isClosed ? sessionSeconds : nowSeconds;
    }

    /**
     * How many events the session has had.
     *
     * @return the last event's number, or 0.
     */
    public long eventCount() {
        return eventCount;
    }

    /**
     * The market.
     *
     * @return the process, in its state after the last event.
     */
    public MarketProcess process() {
        return process;
    }

    private void place() {
        // The negation also ends a session whose time is not a number.
        isClosed = !(nextSeconds < sessionSeconds);
        nextTimeNs = marketOpenNs + (long) (nextSeconds * NS_PER_SECOND);
    }
}
