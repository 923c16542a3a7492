package io.tapedeck.engine.importer;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.ItchDispatcher;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageHandler;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderExecutedWithPrice;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Keeps the books that a stream of ITCH 5.0 messages describes. A F E C X D U change them; the instrument id is the
 * stock locate, prices are in 1/10,000. No message is an error: what cannot be applied is counted and skipped, so one
 * can start in the middle of a day.
 *
 * <p>A price above 2^31 - 1 (the exchange's own limit is 2,000,000,000), a side that is neither B nor S and an order
 * without a locate count as malformed; a quantity of 0 or above 2^31 - 1 is the books'
 * {@link BookOutcome#WRONG_QUANTITY}.
 *
 * <p><b>Note:</b> used by one thread; allocates only when the books grow, a locate is new, or to note one of the first
 * few unknown references.
 */
public final class ItchBookBuilder {
    /** How many unknown references are noted one by one; the rest is only counted. */
    public static final int NOTED_REFERENCES = 8;

    private static final byte BUY = 'B';
    private static final byte SELL = 'S';
    private static final byte START_OF_MARKET_HOURS = 'Q';

    /** ITCH prices are in 1/10,000 for every stock. */
    private static final int TICK_SIZE = 1;

    private static final int NO_INSTRUMENT = -1;

    private final OrderBooks books;
    private final LocateDirectory directory = new LocateDirectory();
    private final ItchDispatcher dispatcher = new ItchDispatcher(new Handler());
    private final long[] typeCounts = new long[256];
    private final List<UnknownReference> noted = new ArrayList<>(NOTED_REFERENCES);
    private long messageNumber;
    private int touchedInstrumentId = NO_INSTRUMENT;
    private long badFieldCount;
    private long unknownReferenceCount;
    private boolean isMarketOpen;

    /**
     * Builds books.
     *
     * @param books to update, usually empty.
     */
    public ItchBookBuilder(final OrderBooks books) {
        this.books = books;
    }

    /**
     * Applies one message.
     *
     * @param buffer        with the message.
     * @param offset        of the message, in bytes.
     * @param length        of the message by its frame, in bytes.
     * @param messageNumber of the message in its source, from 1; unknown references are noted with it.
     */
    public void apply(final MutableDirectBuffer buffer, final int offset, final int length, final long messageNumber) {
        this.messageNumber = messageNumber;
        touchedInstrumentId = NO_INSTRUMENT;
        if (dispatcher.dispatch(buffer, offset, length) != ItchDispatcher.DISPATCHED) {
            return;
        }
        typeCounts[ItchHeaderDescriptor.type(buffer, offset) & 0xFF]++;
        if (touchedInstrumentId == NO_INSTRUMENT) {
            touchedInstrumentId = ItchHeaderDescriptor.stockLocate(buffer, offset);
        }
    }

    /**
     * The books, as of the last message.
     *
     * @return those that the builder was given.
     */
    public OrderBooks books() {
        return books;
    }

    /**
     * Symbols by stock locate: from the stock directory messages, or from the first order where there was none.
     *
     * @return grows with the messages.
     */
    public InstrumentDirectory directory() {
        return directory;
    }

    /**
     * Which book the last message may have changed: the one of the order that it named, or else of its locate.
     *
     * @return instrument id, or -1 after a message that was skipped.
     */
    public int touchedInstrumentId() {
        return touchedInstrumentId;
    }

    /**
     * Whether the system event that starts market hours has been seen.
     *
     * @return true from that message on.
     */
    public boolean isMarketOpen() {
        return isMarketOpen;
    }

    /**
     * Messages of a type.
     *
     * @param type type byte of ITCH 5.0.
     * @return how many had the type and its length.
     */
    public long typeCount(final byte type) {
        return typeCounts[type & 0xFF];
    }

    /**
     * Messages of types that ITCH 5.0 does not have.
     *
     * @return how many were skipped.
     */
    public long unknownTypeCount() {
        return dispatcher.unknownTypeCount();
    }

    /**
     * Messages whose length is not their type's, or that have an impossible field.
     *
     * @return how many were skipped.
     */
    public long malformedCount() {
        return dispatcher.malformedCount() + badFieldCount;
    }

    /**
     * Messages about orders that are not live.
     *
     * @return how many were skipped.
     */
    public long unknownReferenceCount() {
        return unknownReferenceCount;
    }

    /**
     * The first {@link #NOTED_REFERENCES} of them.
     *
     * @return in order of arrival; a copy.
     */
    public List<UnknownReference> unknownReferences() {
        return List.copyOf(noted);
    }

    private void add(
            final int stockLocate,
            final long stock,
            final long reference,
            final byte indicator,
            final long price,
            final long shares) {
        if (stockLocate == 0 || price > Integer.MAX_VALUE || (indicator != BUY && indicator != SELL)) {
            badFieldCount++;
            return;
        }
        if (directory.symbol(stockLocate) == InstrumentDirectory.NO_SYMBOL) {
            directory.define(stockLocate, stock, TICK_SIZE);
        }
        final int side = indicator == BUY ? Side.BID : Side.ASK;
        books.add(reference, stockLocate, side, (int) price, quantity(shares));
    }

    private void changed(final byte type, final long reference, final int outcome) {
        if (outcome == BookOutcome.APPLIED || outcome == BookOutcome.OVER_QUANTITY) {
            touchedInstrumentId = books.lastInstrumentId();
        } else if (outcome == BookOutcome.UNKNOWN_ORDER) {
            if (unknownReferenceCount++ < NOTED_REFERENCES) {
                noted.add(new UnknownReference(messageNumber, (char) type, reference));
            }
        }
    }

    /** What is too large to be a quantity becomes 0, which the books refuse and count. */
    private static int quantity(final long shares) {
        return shares > Integer.MAX_VALUE ? 0 : (int) shares;
    }

    private final class Handler implements ItchMessageHandler {
        @Override
        public void onSystemEvent(final SystemEvent message) {
            isMarketOpen |= message.eventCode() == START_OF_MARKET_HOURS;
        }

        @Override
        public void onStockDirectory(final StockDirectory message) {
            if (message.stockLocate() == 0) {
                badFieldCount++;
            } else {
                directory.define(message.stockLocate(), message.stock(), TICK_SIZE);
            }
        }

        @Override
        public void onAddOrder(final AddOrder message) {
            add(
                    message.stockLocate(),
                    message.stock(),
                    message.orderReferenceNumber(),
                    message.buySellIndicator(),
                    message.price(),
                    message.shares());
        }

        @Override
        public void onAddOrderMpid(final AddOrderMpid message) {
            add(
                    message.stockLocate(),
                    message.stock(),
                    message.orderReferenceNumber(),
                    message.buySellIndicator(),
                    message.price(),
                    message.shares());
        }

        @Override
        public void onOrderExecuted(final OrderExecuted message) {
            final long reference = message.orderReferenceNumber();
            changed(message.type(), reference, books.execute(reference, quantity(message.executedShares())));
        }

        @Override
        public void onOrderExecutedWithPrice(final OrderExecutedWithPrice message) {
            final long reference = message.orderReferenceNumber();
            changed(message.type(), reference, books.execute(reference, quantity(message.executedShares())));
        }

        @Override
        public void onOrderCancel(final OrderCancel message) {
            final long reference = message.orderReferenceNumber();
            changed(message.type(), reference, books.reduce(reference, quantity(message.canceledShares())));
        }

        @Override
        public void onOrderDelete(final OrderDelete message) {
            final long reference = message.orderReferenceNumber();
            changed(message.type(), reference, books.delete(reference));
        }

        @Override
        public void onOrderReplace(final OrderReplace message) {
            if (message.price() > Integer.MAX_VALUE) {
                badFieldCount++;
                return;
            }
            final long reference = message.originalOrderReferenceNumber();
            changed(
                    message.type(),
                    reference,
                    books.replace(
                            reference,
                            message.newOrderReferenceNumber(),
                            (int) message.price(),
                            quantity(message.shares())));
        }
    }
}
