package io.tapedeck.engine.facts;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.statistics.Autocorrelation;
import io.tapedeck.engine.statistics.LogHistogram;
import io.tapedeck.engine.statistics.Moments;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import org.agrona.DirectBuffer;

/**
 * Measures the stylised facts of one instrument while a tape is played, in market hours: from the system event {@code Q} to
 * {@code M}, or all the time on a tape that has none.
 *
 * <p><b>Note:</b> belongs to the thread that drives it. Memory does not grow with the number of records.
 */
public final class FactMeter implements ReplayHandler {
    /** Levels per side whose depth is measured. */
    public static final int DEPTH_LEVELS = 10;

    /** Length of the windows in which events are counted. */
    public static final int COUNT_WINDOW_SECONDS = 10;

    private static final byte SYSTEM_EVENT = 'S';
    private static final byte START_OF_MARKET_HOURS = 'Q';
    private static final byte END_OF_MARKET_HOURS = 'M';
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int[] SIGN_LAGS = {1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200};

    private final Instrument instrument;
    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
    private final OrderCursor order = new OrderCursor();
    private final LevelCursor level = new LevelCursor();
    private final MidPrice midPrice = new MidPrice();
    /** In ticks of the tape, and in cents on a tape that counts in 1/10,000. */
    private final ReferencePrice[] referencePrices = {new ReferencePrice(1), new ReferencePrice(100)};

    private final TimeWeights spreads = new TimeWeights();
    private final Moments[] ordersAtLevel = moments(DEPTH_LEVELS);
    private final Moments[] sharesAtLevel = moments(DEPTH_LEVELS);
    private final LogHistogram touchOrders = new LogHistogram();
    private final LogHistogram waits = new LogHistogram();
    private final Moments waitMoments = new Moments();
    private final Moments countsPerWindow = new Moments();
    private final LogHistogram orderSizes = new LogHistogram();
    private final LogHistogram tradeSizes = new LogHistogram();
    private final Autocorrelation tradeSigns = new Autocorrelation(SIGN_LAGS);
    private final long[] typeCounts = new long[EventMix.COUNT];

    private boolean isOpen;
    private boolean hasMarketHours;
    private boolean isStarted;
    private long lastEventNs;
    private long lastBookNs;
    private long nextStepNs;
    private long nextSecondNs;
    private long eventsThisSecond;
    private long eventsThisWindow;
    private int secondsThisWindow;
    private long tradeTimeNs;
    private int tradeSign;
    private long tradeShares;
    private long sessions;

    /**
     * A meter.
     *
     * @param instrument whose records it looks at.
     */
    public FactMeter(final Instrument instrument) {
        this.instrument = instrument;
    }

    private static Moments[] moments(final int count) {
        final Moments[] moments = new Moments[count];
        for (int i = 0; i < count; i++) {
            moments[i] = new Moments();
        }
        return moments;
    }

    @Override
    public void onSession(final LocalDate date) {
        endHours(lastBookNs);
        builder.books().clear();
        hasMarketHours = false;
        sessions++;
        startHours();
    }

    /** Whatever was before is another day, or was not the market's hours. */
    private void startHours() {
        isOpen = true;
        isStarted = false;
        midPrice.gap();
        tradeSigns.gap();
        for (final ReferencePrice each : referencePrices) {
            each.gap();
        }
        tradeTimeNs = Long.MIN_VALUE;
    }

    private void endHours(final long timeNs) {
        if (isOpen && isStarted) {
            sampleUntil(timeNs);
            endTrade();
        }
        isOpen = false;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        final DirectBuffer buffer = slots.buffer();
        for (long sequence = low; sequence <= high; sequence++) {
            final int offset = slots.offset(sequence);
            if (EventSlotDescriptor.isEvent(buffer, offset)) {
                if (buffer.getInt(offset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN) == instrument.id()) {
                    onEvent(buffer, offset);
                }
            } else if (isSystemEvent(buffer, offset)) {
                onSystemEvent(buffer.getByte(offset + ItchSlotDescriptor.BODY_OFFSET), time(buffer, offset));
            }
        }
    }

    @Override
    public void onClose() {
        endHours(lastBookNs);
    }

    private static boolean isSystemEvent(final DirectBuffer buffer, final int offset) {
        return ItchSlotDescriptor.isItchMessage(buffer, offset)
                && buffer.getByte(offset + ItchSlotDescriptor.ITCH_TYPE_OFFSET) == SYSTEM_EVENT;
    }

    private static long time(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
    }

    private void onSystemEvent(final byte code, final long timeNs) {
        if (code == START_OF_MARKET_HOURS) {
            hasMarketHours = true;
            startHours();
            start(timeNs);
        } else if (code == END_OF_MARKET_HOURS && hasMarketHours) {
            endHours(timeNs);
        } else if (!isStarted) {
            // A tape that tells the hours: nothing counts before those of the market.
            isOpen = false;
        }
    }

    private void start(final long timeNs) {
        isStarted = true;
        lastEventNs = -1;
        lastBookNs = timeNs;
        nextStepNs = timeNs - timeNs % MidPrice.STEP_NS + MidPrice.STEP_NS;
        nextSecondNs = timeNs - timeNs % NS_PER_SECOND + NS_PER_SECOND;
        eventsThisSecond = 0;
        eventsThisWindow = 0;
        secondsThisWindow = 0;
    }

    private void onEvent(final DirectBuffer buffer, final int offset) {
        final long timeNs = time(buffer, offset);
        final int flags = buffer.getShort(offset + FLAGS_OFFSET, LITTLE_ENDIAN);
        if (isOpen && (flags & (EventFlags.OPENING | EventFlags.REFILL)) == 0) {
            if (!isStarted) {
                start(timeNs);
            }
            sampleUntil(timeNs);
            countEvent(buffer, offset, timeNs);
        }
        builder.apply(buffer, offset);
        if (isOpen && isStarted) {
            followQuotes();
        }
    }

    private OrderBook book() {
        return builder.books().hasBook(instrument.id()) ? builder.books().book(instrument.id()) : null;
    }

    private static boolean isTwoSided(final OrderBook book) {
        return book != null && book.bestQuantity(Side.BID) > 0 && book.bestQuantity(Side.ASK) > 0;
    }

    /** The book has been as it is since the last event; takes the samples that fall in between. */
    private void sampleUntil(final long timeNs) {
        final OrderBook book = book();
        final boolean isTwoSided = isTwoSided(book);
        if (isTwoSided) {
            spreads.add((long) book.bestPrice(Side.ASK) - book.bestPrice(Side.BID), timeNs - lastBookNs);
        }
        for (; nextStepNs <= timeNs; nextStepNs += MidPrice.STEP_NS) {
            if (isTwoSided) {
                midPrice.add((long) book.bestPrice(Side.ASK) + book.bestPrice(Side.BID));
            } else {
                midPrice.gap();
            }
        }
        for (; nextSecondNs <= timeNs; nextSecondNs += NS_PER_SECOND) {
            eventsThisWindow += eventsThisSecond;
            eventsThisSecond = 0;
            if (++secondsThisWindow == COUNT_WINDOW_SECONDS) {
                countsPerWindow.add(eventsThisWindow);
                eventsThisWindow = 0;
                secondsThisWindow = 0;
            }
            if (isTwoSided) {
                sampleDepth(book);
            }
        }
        lastBookNs = Math.max(lastBookNs, timeNs);
    }

    private void sampleDepth(final OrderBook book) {
        for (int side = Side.BID; side <= Side.ASK; side++) {
            touchOrders.add(book.bestOrderCount(side));
            boolean isThere = level.toBest(book, side);
            for (int i = 0; i < DEPTH_LEVELS; i++) {
                ordersAtLevel[i].add(isThere ? level.orderCount() : 0);
                sharesAtLevel[i].add(isThere ? level.quantity() : 0);
                isThere = isThere && level.next();
            }
        }
    }

    private void countEvent(final DirectBuffer buffer, final int offset, final long timeNs) {
        final int type = buffer.getByte(offset + EVENT_TYPE_OFFSET);
        final int quantity = buffer.getInt(offset + QUANTITY_OFFSET, LITTLE_ENDIAN);
        final int mix = EventMix.of(type);
        if (mix < 0) {
            return;
        }
        typeCounts[mix]++;
        eventsThisSecond++;
        if (lastEventNs >= 0) {
            final double wait = (timeNs - lastEventNs) * 1e-9;
            waits.add(wait);
            waitMoments.add(wait);
        }
        lastEventNs = timeNs;
        if (mix == EventMix.ADD) {
            orderSizes.add(quantity);
        } else if (mix == EventMix.TRADE) {
            onTrade(buffer, offset, timeNs, quantity);
        }
    }

    /** Executions of one time and one side are one market order that met several. */
    private void onTrade(final DirectBuffer buffer, final int offset, final long timeNs, final int quantity) {
        int resting = buffer.getByte(offset + SIDE_OFFSET) - SideCode.BUY;
        if (order.toOrder(builder.books(), buffer.getLong(offset + ORDER_ID_OFFSET, LITTLE_ENDIAN))) {
            resting = order.side();
        }
        final int sign = resting == Side.ASK ? 1 : -1;
        if (timeNs != tradeTimeNs || sign != tradeSign) {
            endTrade();
            tradeTimeNs = timeNs;
            tradeSign = sign;
        }
        tradeShares += quantity;
    }

    private void endTrade() {
        if (tradeShares > 0) {
            tradeSizes.add(tradeShares);
            tradeSigns.add(tradeSign);
            tradeShares = 0;
        }
    }

    private void followQuotes() {
        final OrderBook book = book();
        if (isTwoSided(book)) {
            for (final ReferencePrice each : referencePrices) {
                each.onQuote(book.bestPrice(Side.BID), book.bestPrice(Side.ASK));
            }
        }
    }

    /**
     * What was measured up to now; to be asked after the last record.
     *
     * @return the facts.
     */
    public FactSheet sheet() {
        final FactSheetBuilder sheet = new FactSheetBuilder();
        sheet.events(typeCounts, waits, waitMoments, countsPerWindow);
        sheet.prices(midPrice);
        sheet.referencePrice(spreads.step(), referencePrices);
        sheet.book(spreads, ordersAtLevel, sharesAtLevel, touchOrders);
        sheet.trades(orderSizes, tradeSizes, tradeSigns);
        return sheet.build(instrument.symbol(), sessions, spreads.totalNs() * 1e-9);
    }
}
