package io.tapedeck.engine.validation;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Follows one instrument: keeps the model's window from the records, lets time pass between events at the rates of the law,
 * and gives what happened to the statistics. It is called with each record before the books apply it.
 */
final class InstrumentOracles {
    /** Bits of no hazard. */
    private static final long NONE = Long.MIN_VALUE;

    private static final int OUTSIDE = -1;

    private final OracleStatistics statistics;
    private final int instrumentId;
    private final FlowCells cells;
    private final FlowRates law;
    private final HiddenState hidden;
    private final OrderBooks books;
    private final OrderCursor order = new OrderCursor();
    private final PriceLevels[] levels = {new PriceLevels(), new PriceLevels()};
    private final ModelWindow window;
    private final Long2LongHashMap joinedAt = new Long2LongHashMap(NONE);
    private final TaggedOrder[] tagged;
    private final double[] rates;
    private final double[] shares = new double[QueueEventType.COUNT];
    private double totalRate;
    private double shift;
    private double pace;
    private double rescaled;
    private double rescaledBefore;
    private long nowNs;
    private boolean isOpen;

    InstrumentOracles(
            final OracleStatistics statistics,
            final OracleModel model,
            final Instrument instrument,
            final OrderBooks books) {
        this.statistics = statistics;
        this.books = books;
        instrumentId = instrument.id();
        cells = statistics.cells();
        law = model.rates();
        window = model.newWindow(instrument, levels);
        hidden = model.newHiddenState(instrument);
        tagged = new TaggedOrder[] {new TaggedOrder(statistics.fillChances()), new TaggedOrder(statistics.fillChances())
        };
        rates = new double[cells.count()];
    }

    void open(final LocalDate date, final long openNs) {
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            levels[side].clear();
            tagged[side].clear();
        }
        joinedAt.clear();
        hidden.open(date);
        window.open(date);
        nowNs = openNs;
        rescaled = 0;
        rescaledBefore = Double.NaN;
        isOpen = true;
    }

    /** Whether the session is on. */
    boolean isOpen() {
        return isOpen;
    }

    /** The session ends: what is still under way counts as far as it came. */
    void close(final long closeNs) {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        pass(closeNs);
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            tagged[side].interrupt();
        }
        for (final Long2LongHashMap.EntryIterator it = joinedAt.entrySet().iterator(); it.hasNext(); ) {
            it.next();
            if (order.toOrder(books, it.getLongKey())) {
                endLife(order.side(), order.price(), it.getLongValue(), false);
            }
        }
        joinedAt.clear();
        statistics.excitation(hidden.imbalanceOfExcitation());
    }

    /** A record of this instrument, before the books apply it. */
    void onRecord(final DirectBuffer buffer, final int offset) {
        final int type = buffer.getByte(offset + EVENT_TYPE_OFFSET);
        final int flags = buffer.getShort(offset + FLAGS_OFFSET, LITTLE_ENDIAN);
        final long timeNs = buffer.getLong(offset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        final long orderId = buffer.getLong(offset + ORDER_ID_OFFSET, LITTLE_ENDIAN);
        if (type == EventTypeCode.ADD) {
            final int side = buffer.getByte(offset + SIDE_OFFSET) - SideCode.BUY;
            onAddition(timeNs, flags, orderId, side, buffer.getInt(offset + PRICE_OFFSET, LITTLE_ENDIAN));
        } else if (order.toOrder(books, orderId)) {
            if (type == EventTypeCode.EXECUTE
                    && buffer.getInt(offset + QUANTITY_OFFSET, LITTLE_ENDIAN) < order.quantity()) {
                // A market order takes the oldest order whole; what it takes of the next is no event of the model.
                return;
            }
            onDeparture(timeNs, type, (flags & EventFlags.REFILL) != 0, orderId);
        } else {
            statistics.unknownOrder();
        }
    }

    private void onAddition(
            final long timeNs, final int flags, final long orderId, final int side, final int priceTicks) {
        final boolean isOpening = (flags & EventFlags.OPENING) != 0;
        final boolean isOfModel = (flags & (EventFlags.OPENING | EventFlags.REFILL)) == 0;
        if (isOpening) {
            window.beforeOpeningOrder(side, priceTicks);
        } else if (isOfModel) {
            pass(timeNs);
            final int level = window.level(side, priceTicks);
            happened(timeNs, level >= -1 && level < cells.levels() ? cells.add(side, level) : OUTSIDE, side);
        }
        levels[side].add(priceTicks, 1);
        joinedAt.put(orderId, Double.doubleToRawLongBits(levels[side].hazard(priceTicks)));
        if (isOfModel) {
            window.afterAddition(side, priceTicks);
            stopFollowing();
            if (!tagged[side].isActive() && isBest(side, priceTicks)) {
                follow(side, orderId, priceTicks);
            }
        }
    }

    private void onDeparture(final long timeNs, final int type, final boolean isRefill, final long orderId) {
        final int side = order.side();
        final int priceTicks = order.price();
        final int rank = order.ordersAhead();
        final boolean isExecution = type != EventTypeCode.DELETE;
        if (!isRefill) {
            pass(timeNs);
            final int level = window.level(side, priceTicks);
            final boolean isInside = level >= 0 && level < cells.levels();
            final int cell = isExecution ? cells.execute(side, level) : cells.cancel(side, level);
            happened(timeNs, isInside ? cell : OUTSIDE, side);
            if (isExecution) {
                statistics
                        .ranks()
                        .executed(rank, priceTicks == books.book(instrumentId).bestPrice(side));
            } else {
                statistics.ranks().cancelled(rank, levels[side].orders(priceTicks));
            }
        }
        moveTagged(side, priceTicks, rank, orderId, isExecution, isRefill);
        levels[side].add(priceTicks, -1);
        endLife(side, priceTicks, joinedAt.remove(orderId), !isExecution && !isRefill);
        if (!isRefill) {
            window.afterRemoval(side, priceTicks);
            stopFollowing();
        }
    }

    /** Lets time pass with nothing happening. */
    private void pass(final long untilNs) {
        window.settle();
        stopFollowing();
        long fromNs = nowNs;
        do {
            final long toNs = Math.min(untilNs, hidden.changeNs(fromNs));
            shift = hidden.imbalanceShift(fromNs);
            pace = hidden.pace(fromNs);
            law.compute(window, shift, rates);
            expose(hidden.operationalSeconds(fromNs, toNs));
            fromNs = toNs;
        } while (fromNs < untilNs);
        nowNs = untilNs;
    }

    private void expose(final double seconds) {
        totalRate = 0;
        for (int cell = 0; cell < rates.length; cell++) {
            if (rates[cell] > 0) {
                totalRate += rates[cell];
                statistics.rateCells().expose(cell, state(cell), rates[cell] * seconds);
            }
        }
        rescaled += totalRate * seconds;
        statistics.paces().expose(pace, totalRate * seconds);
        statistics.shifts().expose(shift, rates, seconds);
        statistics.exposed(window, seconds);
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            for (int level = 0; level < cells.levels(); level++) {
                final int depth = window.depth(side, level);
                if (depth > 0) {
                    levels[side].addHazard(
                            window.priceTicks(side, level), rates[cells.cancel(side, level)] / depth * seconds);
                }
            }
            if (tagged[side].isActive()) {
                final int level = window.level(side, tagged[side].priceTicks());
                tagged[side].expose(
                        rates[cells.execute(side, level)],
                        rates[cells.cancel(side, level)] / window.depth(side, level),
                        seconds);
            }
        }
    }

    /** An event of the model, in the state before it. */
    private void happened(final long timeNs, final int cell, final int side) {
        if (cell == OUTSIDE) {
            statistics.outsideWindow();
        } else {
            statistics.rateCells().count(cell, state(cell));
            statistics.paces().count(pace);
            statistics.shifts().count(shift, cells.type(cell));
            if (totalRate > 0) {
                Arrays.fill(shares, 0);
                for (int i = 0; i < rates.length; i++) {
                    shares[cells.type(i)] += rates[i] / totalRate;
                }
                statistics.typeShares().count(cells.type(cell), shares);
            }
        }
        statistics.waitingTimes().add(rescaled, rescaledBefore);
        rescaledBefore = rescaled;
        rescaled = 0;
        hidden.onEvent(timeNs);
    }

    private int state(final int cell) {
        final int level = cells.level(cell);
        return level < 0 ? window.spreadTicks() : window.depth(cells.side(cell), level);
    }

    private void follow(final int side, final long orderId, final int priceTicks) {
        law.compute(window, shift, rates);
        final int level = window.level(side, priceTicks);
        final int depth = window.depth(side, level);
        tagged[side].follow(
                orderId,
                priceTicks,
                depth,
                rates[cells.execute(side, level)],
                rates[cells.cancel(side, level)] / depth);
    }

    private void moveTagged(
            final int side,
            final int priceTicks,
            final int rank,
            final long orderId,
            final boolean isExecution,
            final boolean isRefill) {
        final TaggedOrder follower = tagged[side];
        if (!follower.isActive() || follower.priceTicks() != priceTicks) {
            return;
        }
        final boolean isItself = follower.isOf(orderId);
        if (isRefill) {
            if (isItself) {
                follower.interrupt();
            }
        } else if (isItself && !isExecution) {
            follower.cancelled();
        } else if (isItself || rank < follower.place() - 1) {
            follower.advance();
        }
    }

    /** An order whose queue is not the best one any more is not followed further. */
    private void stopFollowing() {
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            if (tagged[side].isActive() && !isBest(side, tagged[side].priceTicks())) {
                tagged[side].interrupt();
            }
        }
    }

    private boolean isBest(final int side, final int priceTicks) {
        final int level = window.level(side, priceTicks);
        return level == window.bestLevel(side) && level >= 0 && level < cells.levels();
    }

    private void endLife(final int side, final int priceTicks, final long joinedBits, final boolean isCancelled) {
        if (joinedBits != NONE) {
            statistics
                    .lifetimes()
                    .ended(levels[side].hazard(priceTicks) - Double.longBitsToDouble(joinedBits), isCancelled);
        }
    }
}
