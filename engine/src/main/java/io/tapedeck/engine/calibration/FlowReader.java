package io.tapedeck.engine.calibration;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.itch.StockTradingAction;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import java.util.Collection;
import org.agrona.DirectBuffer;

/**
 * Reads records as a flow of events at queues. The rules:
 *
 * <ul>
 *   <li>Time and events count from the start of market hours to their end, where a bound of its own is not tighter, while
 *       the instrument trades, and while both sides have orders that do not cross. A tape that says nothing of market
 *       hours counts from the given bound on.
 *   <li>The state of an event is the book right before it. Time in a state counts up to the next change or the end of
 *       market hours, whatever ends it.
 *   <li>Records of the opening book and of refills change the book and are no events. Neither are trades of orders that
 *       were not displayed.
 *   <li>A reduction and a deletion are cancellations, each execution is a market order; a replacement is a cancellation
 *       and an addition in the same state.
 *   <li>An addition inside of level 0 is an improvement: no queue's event, and counted apart.
 *   <li>Where sizes count orders, what takes a part of an order is no event.
 *   <li>Where events excite each other, time is {@link OperationalTime}.
 * </ul>
 *
 * <p><b>Note:</b> belongs to one thread. No allocation but for books that grow.
 */
public final class FlowReader implements ReplayHandler {
    private static final int NO_EVENT_FLAGS = EventFlags.OPENING | EventFlags.REFILL;
    private static final char START_OF_MARKET_HOURS = 'Q';
    private static final char END_OF_MARKET_HOURS = 'M';
    private static final char TRADING = 'T';

    private final long fromNs;
    private final long toNs;
    private final FlowListener listener;
    private final OrderBooks books = new OrderBooks();
    private final RecordBookBuilder builder = new RecordBookBuilder(books);
    private final OrderCursor order = new OrderCursor();
    private final EventDecoder event = new EventDecoder();
    private final Lane[] lanes;
    private boolean isMarketOpen;
    private int sessionCount;
    private long eventCount;
    private long improvementCount;
    private long outsideCount;
    private long unknownOrderCount;
    private double seconds;

    /** One instrument. */
    private static final class Lane {
        private final QueueWindow window;
        private final OperationalTime time;
        private long sinceNs;
        private boolean isTrading;

        Lane(final QueueWindow window, final OperationalTime time) {
            this.window = window;
            this.time = time;
        }
    }

    /** How an instrument's book is to be looked at. */
    @FunctionalInterface
    public interface WindowMaker {
        /**
         * Makes the window of an instrument.
         *
         * @param book       of the instrument.
         * @param instrument as the tape names it.
         * @return a new window.
         */
        QueueWindow make(OrderBook book, Instrument instrument);
    }

    /**
     * A reader for any number of sessions.
     *
     * @param instruments that are looked at; records about others are passed over.
     * @param windows     makes the window of each.
     * @param fromNs      events and time before this are passed over, since midnight; {@link Long#MIN_VALUE} for none.
     * @param toNs        events and time from this on likewise; {@link Long#MAX_VALUE} for none.
     * @param hawkes      how the events excited each other, where that is known.
     * @param listener    hears what there is.
     */
    public FlowReader(
            final Collection<Instrument> instruments,
            final WindowMaker windows,
            final long fromNs,
            final long toNs,
            final HawkesParameters hawkes,
            final FlowListener listener) {
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.listener = listener;
        lanes = new Lane[1 + instruments.stream().mapToInt(Instrument::id).max().orElse(0)];
        for (final Instrument instrument : instruments) {
            lanes[instrument.id()] =
                    new Lane(windows.make(books.book(instrument.id()), instrument), new OperationalTime(hawkes));
        }
    }

    @Override
    public void onSession(final LocalDate date) {
        books.clear();
        sessionCount++;
        isMarketOpen = fromNs != Long.MIN_VALUE;
        for (final Lane lane : lanes) {
            if (lane != null) {
                lane.window.restart();
                lane.time.restart();
                lane.isTrading = true;
                lane.sinceNs = Math.max(0, fromNs);
            }
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            final DirectBuffer buffer = slots.buffer();
            final int offset = slots.offset(at);
            final long timeNs = buffer.getLong(offset + EventSlotDescriptor.EVENT_TIME_OFFSET, LITTLE_ENDIAN);
            if (EventSlotDescriptor.isEvent(buffer, offset)) {
                slots.wrap(event, at);
                onEvent(buffer, offset, timeNs);
            } else if (ItchSlotDescriptor.isItchMessage(buffer, offset)) {
                onMessage(buffer, offset, timeNs);
            }
        }
    }

    private void onEvent(final DirectBuffer buffer, final int offset, final long timeNs) {
        final int instrumentId = event.instrumentId();
        final Lane lane = instrumentId > 0 && instrumentId < lanes.length ? lanes[instrumentId] : null;
        if (lane == null || event.eventTypeRaw() > EventTypeCode.REPLACE) {
            return;
        }
        advance(lane, timeNs);
        if ((event.flags() & NO_EVENT_FLAGS) == 0 && !isOfAPart(lane.window)) {
            if (isCounted(lane, timeNs)) {
                report(lane.window);
            }
            lane.time.onEvent();
        }
        final int outcome = builder.apply(buffer, offset);
        unknownOrderCount += outcome == BookOutcome.UNKNOWN_ORDER ? 1 : 0;
        lane.window.refresh();
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final long timeNs) {
        final byte type = buffer.getByte(offset + ItchSlotDescriptor.ITCH_TYPE_OFFSET);
        if (type == SystemEvent.TYPE) {
            final char code = (char) buffer.getByte(offset + ItchSlotDescriptor.BODY_OFFSET);
            if (code == START_OF_MARKET_HOURS || code == END_OF_MARKET_HOURS) {
                advanceAll(timeNs);
                isMarketOpen = code == START_OF_MARKET_HOURS;
            }
        } else if (type == StockTradingAction.TYPE) {
            final int instrumentId = buffer.getInt(offset + ItchSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
            if (instrumentId > 0 && instrumentId < lanes.length && lanes[instrumentId] != null) {
                advance(lanes[instrumentId], timeNs);
                lanes[instrumentId].isTrading =
                        buffer.getByte(offset + ItchSlotDescriptor.BODY_OFFSET + Long.BYTES) == TRADING;
            }
        }
    }

    private void advanceAll(final long timeNs) {
        for (final Lane lane : lanes) {
            if (lane != null) {
                advance(lane, timeNs);
            }
        }
    }

    /** Counts the time since the last change; where times fall there is none. */
    private void advance(final Lane lane, final long timeNs) {
        if (timeNs <= lane.sinceNs) {
            return;
        }
        final long startNs = Math.min(timeNs, Math.max(lane.sinceNs, fromNs));
        final long endNs = Math.max(startNs, Math.min(timeNs, toNs));
        lane.time.pass(startNs - lane.sinceNs);
        final double passed = lane.time.pass(endNs - startNs);
        lane.time.pass(timeNs - endNs);
        lane.sinceNs = timeNs;
        if (isMarketOpen && lane.isTrading && lane.window.isAnchored() && passed > 0) {
            seconds += passed;
            listener.onTime(lane.window, passed);
        }
    }

    private boolean isCounted(final Lane lane, final long timeNs) {
        return isMarketOpen && lane.isTrading && lane.window.isAnchored() && timeNs >= fromNs && timeNs < toNs;
    }

    /** Whether the event leaves the number of orders as it is, and that is all that counts. */
    private boolean isOfAPart(final QueueWindow window) {
        final int type = event.eventTypeRaw();
        return window.isInOrders()
                && type != EventTypeCode.ADD
                && type != EventTypeCode.DELETE
                && type != EventTypeCode.REPLACE
                && findOrder()
                && event.quantity() < order.quantity();
    }

    private void report(final QueueWindow window) {
        final int shares = event.quantity();
        switch (event.eventTypeRaw()) {
            case EventTypeCode.ADD:
                report(window, EventKind.LIMIT, event.sideRaw() - SideCode.BUY, event.price(), shares);
                break;
            case EventTypeCode.REDUCE:
                if (findOrder()) {
                    report(window, EventKind.CANCEL, order.side(), order.price(), shares);
                }
                break;
            case EventTypeCode.DELETE:
                if (findOrder()) {
                    report(window, EventKind.CANCEL, order.side(), order.price(), order.quantity());
                }
                break;
            case EventTypeCode.REPLACE:
                if (findOrder()) {
                    report(window, EventKind.CANCEL, order.side(), order.price(), order.quantity());
                    report(window, EventKind.LIMIT, order.side(), event.price(), shares);
                }
                break;
            default:
                if (findOrder()) {
                    report(window, EventKind.MARKET, order.side(), order.price(), shares);
                }
        }
    }

    private boolean findOrder() {
        return order.toOrder(books, event.orderId()) && order.instrumentId() == event.instrumentId();
    }

    private void report(final QueueWindow window, final int kind, final int side, final int price, final int shares) {
        if (side != Side.BID && side != Side.ASK) {
            return;
        }
        final int level = window.level(side, price);
        if (level < 0) {
            improvementCount++;
        } else if (level >= window.levels()) {
            outsideCount++;
        } else {
            eventCount++;
            listener.onEvent(window, kind, side, level, shares);
        }
    }

    /**
     * Sessions that were begun.
     *
     * @return their number.
     */
    public int sessionCount() {
        return sessionCount;
    }

    /**
     * Time that was counted, over all instruments.
     *
     * @return seconds; of the law's own time where events excite each other.
     */
    public double seconds() {
        return seconds;
    }

    /**
     * Events that were counted.
     *
     * @return their number.
     */
    public long eventCount() {
        return eventCount;
    }

    /**
     * Additions inside of level 0.
     *
     * @return their number.
     */
    public long improvementCount() {
        return improvementCount;
    }

    /**
     * Events behind the window.
     *
     * @return their number.
     */
    public long outsideCount() {
        return outsideCount;
    }

    /**
     * Records about orders that are not live.
     *
     * @return their number, in market hours or not.
     */
    public long unknownOrderCount() {
        return unknownOrderCount;
    }
}
