package io.tapedeck.engine.session;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.engine.model.ImbalanceShift;
import io.tapedeck.engine.model.MarketFactor;
import io.tapedeck.engine.model.MarketInputs;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.engine.order.OrderLayer;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.random.StreamPurpose;
import io.tapedeck.engine.random.SymbolStreams;
import io.tapedeck.engine.record.RecordWriter;
import java.time.LocalDate;

/**
 * One instrument's market: the law, the clock and the order layer, each with a random stream of its own that run seed,
 * symbol and date decide. What it produces does not depend on who else trades in the same unit.
 *
 * <p>One instance serves any number of sessions, one after the other.
 *
 * <p><b>Note:</b> belongs to one thread, its unit's. No allocation per event.
 */
public final class SymbolProducer {
    /** The largest opening depth of a level: every order of the opening book is a record. */
    public static final int MAX_INITIAL_DEPTH = 1 << 16;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final int instrumentId;
    private final long symbol;
    private final SymbolStreams streams;
    private final MarketFactor factor;
    private final ImbalanceShift shift;
    private final long marketOpenNs;
    private final long marketCloseNs;
    private final SessionGenerator generator;
    private final OrderLayer orders;
    private final QueueEventSink sink;

    /**
     * A producer that shares nothing with others.
     *
     * @param instrumentId as for {@link #SymbolProducer(int, String, SharedMarket)}.
     * @param symbol       likewise.
     * @param parameters   of all sessions; their opening price is overridden by {@link #open}.
     * @param streams      of the run.
     * @throws IllegalArgumentException likewise.
     */
    public SymbolProducer(
            final int instrumentId,
            final String symbol,
            final SessionParameters parameters,
            final RandomStreams streams) {
        this(instrumentId, symbol, new SharedMarket(parameters, streams));
    }

    /**
     * A producer whose first session {@link #open} starts.
     *
     * @param instrumentId 1 to {@link OrderLayer#MAX_INSTRUMENT_ID}; part of its order ids.
     * @param symbol       1 to 8 ASCII characters; part of its seeds.
     * @param market       that it is a part of.
     * @throws IllegalArgumentException if one of them is out of range, or if the session ends later than a record can
     *                                  say.
     */
    public SymbolProducer(final int instrumentId, final String symbol, final SharedMarket market) {
        final SessionParameters parameters = market.parameters();
        if (symbol.isBlank()) {
            throw new IllegalArgumentException("a symbol has 1 to 8 characters: instrumentId=" + instrumentId);
        }
        if (parameters.initialDepth() > MAX_INITIAL_DEPTH) {
            throw new IllegalArgumentException("order by order, initialDepth must be " + MAX_INITIAL_DEPTH
                    + " at most: initialDepth=" + parameters.initialDepth());
        }
        this.instrumentId = instrumentId;
        this.symbol = Alpha.toLong(symbol);
        streams = new SymbolStreams(market.streams(), this.symbol);
        marketOpenNs = parameters.marketOpenSeconds() * NS_PER_SECOND;
        marketCloseNs = marketOpenNs + parameters.sessionSeconds() * NS_PER_SECOND;
        if (marketCloseNs > ItchHeaderDescriptor.MAX_TIMESTAMP_NS) {
            throw new IllegalArgumentException("a session must end within "
                    + ItchHeaderDescriptor.MAX_TIMESTAMP_NS / NS_PER_SECOND
                    + " seconds from midnight, for ITCH counts no further: marketOpenSeconds="
                    + parameters.marketOpenSeconds() + ", sessionSeconds=" + parameters.sessionSeconds());
        }
        factor = market.factor();
        shift = parameters.newShift();
        final MarketProcess process = market.law().newProcess(new MarketInputs(streams, shift));
        generator =
                new SessionGenerator(process, parameters.newClock(streams), parameters.sessionSeconds(), marketOpenNs);
        orders = new OrderLayer(
                instrumentId,
                process.book(),
                streams.stream(StreamPurpose.ORDERS),
                parameters.orderSizes().newSizes(streams.stream(StreamPurpose.ORDER_SIZES)));
        sink = (timestampNs, type, side, priceTicks, quantity, orderId, flags) ->
                orders.onEvent(timestampNs, type, priceTicks, flags);
    }

    /**
     * Starts a session: seeds the streams, opens the book, and writes the orders in it.
     *
     * @param date              of the session.
     * @param openingPriceTicks between the best prices.
     * @param writer            gets the records.
     */
    public void open(final LocalDate date, final int openingPriceTicks, final RecordWriter writer) {
        streams.seed(date.toEpochDay());
        shift.open(factor.path(date.toEpochDay()));
        generator.open(openingPriceTicks);
        orders.writeTo(writer);
        orders.open(marketOpenNs);
    }

    /**
     * Produces the records of all events before a time.
     *
     * @param untilNs since midnight; an event at this time is left to a later call.
     * @param writer  gets the records, in the order of time.
     */
    public void produce(final long untilNs, final RecordWriter writer) {
        orders.writeTo(writer);
        generator.generate(sink, Integer.MAX_VALUE, untilNs);
    }

    /**
     * The instrument.
     *
     * @return its id, from 1.
     */
    public int instrumentId() {
        return instrumentId;
    }

    /**
     * The instrument's name.
     *
     * @return eight ASCII bytes, space-padded, the first one highest.
     */
    public long symbol() {
        return symbol;
    }

    /**
     * When its sessions begin.
     *
     * @return nanoseconds since midnight.
     */
    public long marketOpenNs() {
        return marketOpenNs;
    }

    /**
     * When its sessions end.
     *
     * @return nanoseconds since midnight; all events are before it.
     */
    public long marketCloseNs() {
        return marketCloseNs;
    }

    /**
     * How many events the model has had in this session.
     *
     * @return 0 or more.
     */
    public long eventCount() {
        return generator.eventCount();
    }

    /**
     * How many of them changed a best price.
     *
     * @return 0 to {@link #eventCount()}.
     */
    public long moveCount() {
        return generator.process().moveCount();
    }

    /**
     * How many of them changed nothing, and have no record.
     *
     * @return 0 to {@link #eventCount()}.
     */
    public long emptyEventCount() {
        return orders.emptyEventCount();
    }

    /**
     * The book as the last event left it.
     *
     * @return a live view of the depths.
     */
    public QueueBook book() {
        return generator.process().book();
    }

    /**
     * The middle of the best prices after the last event: the next day's opening price.
     *
     * @return ticks, truncated toward zero.
     */
    public int closePriceTicks() {
        return generator.process().midTicks();
    }

    OrderLayer orders() {
        return orders;
    }
}
