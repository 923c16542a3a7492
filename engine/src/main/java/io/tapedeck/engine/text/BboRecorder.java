package io.tapedeck.engine.text;

import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/**
 * Writes the best bid and offer as text: the row {@link #HEADER}, then one row whenever they change and both sides are
 * present. Prices are integers, x 10,000. What is compared are the two prices and the two quantities, with those of the
 * instrument's row before, however long ago.
 *
 * <p><b>Note:</b> used by one thread; allocates only when it first sees an instrument.
 */
public final class BboRecorder implements AutoCloseable {
    /** The first row. */
    public static final String HEADER = "after_event,timestamp_ns,symbol,best_ask,ask_quantity,best_bid,bid_quantity";

    /** Longs per instrument: both prices in one, ask quantity, bid quantity. An ask quantity of 0 is no row yet. */
    private static final int STATE_LENGTH = 3;

    private final InstrumentDirectory directory;
    private final CsvChannel out;
    private final CsvRow row = new CsvRow();
    private long[] lastRows = new long[STATE_LENGTH];
    private long rowCount;

    /**
     * Writes the header.
     *
     * @param channel   to write to; {@link #close()} closes it.
     * @param directory with the symbols and tick sizes of all instruments that will come.
     * @throws IOException if the channel cannot be written.
     */
    public BboRecorder(final WritableByteChannel channel, final InstrumentDirectory directory) throws IOException {
        this.directory = directory;
        out = new CsvChannel(channel);
        out.writeHeader(HEADER + "\n");
    }

    /**
     * Writes a row if the book's touch is another than in its row before, and has two sides.
     *
     * @param eventNumber of the event after which this is asked.
     * @param timestampNs of the event, in nanoseconds since midnight.
     * @param book        that the event may have changed.
     * @throws IOException if the channel cannot be written.
     */
    public void onEvent(final long eventNumber, final long timestampNs, final OrderBook book) throws IOException {
        onTouch(
                eventNumber,
                timestampNs,
                book.instrumentId(),
                book.bestPrice(Side.ASK),
                book.bestQuantity(Side.ASK),
                book.bestPrice(Side.BID),
                book.bestQuantity(Side.BID));
    }

    /**
     * The same for a book of another kind.
     *
     * @param eventNumber  of the event after which this is asked.
     * @param timestampNs  of the event, in nanoseconds since midnight.
     * @param instrumentId of the book.
     * @param askTicks     best ask in ticks.
     * @param askQuantity  what rests there; 0 if the side is empty.
     * @param bidTicks     best bid in ticks.
     * @param bidQuantity  what rests there; 0 if the side is empty.
     * @throws IOException if the channel cannot be written.
     */
    public void onTouch(
            final long eventNumber,
            final long timestampNs,
            final int instrumentId,
            final int askTicks,
            final long askQuantity,
            final int bidTicks,
            final long bidQuantity)
            throws IOException {
        if (askQuantity == 0 || bidQuantity == 0) {
            return;
        }
        if (isNew(instrumentId, (long) askTicks << 32 | bidTicks & 0xFFFF_FFFFL, askQuantity, bidQuantity)) {
            final long tickSize = directory.tickSize(instrumentId);
            row.start()
                    .number(eventNumber)
                    .number(timestampNs)
                    .symbol(directory.symbol(instrumentId))
                    .number(askTicks * tickSize)
                    .number(askQuantity)
                    .number(bidTicks * tickSize)
                    .number(bidQuantity)
                    .end();
            out.write(row);
            rowCount++;
        }
    }

    /**
     * Rows so far, without the header.
     *
     * @return count.
     */
    public long rowCount() {
        return rowCount;
    }

    /**
     * Writes what is pending and closes the channel.
     *
     * @throws IOException if the channel cannot be written.
     */
    @Override
    public void close() throws IOException {
        out.close();
    }

    private boolean isNew(final int instrumentId, final long prices, final long askQuantity, final long bidQuantity) {
        final int at = instrumentId * STATE_LENGTH;
        if (at >= lastRows.length) {
            lastRows = Arrays.copyOf(lastRows, 2 * (at + STATE_LENGTH));
        }
        if (lastRows[at] == prices && lastRows[at + 1] == askQuantity && lastRows[at + 2] == bidQuantity) {
            return false;
        }
        lastRows[at] = prices;
        lastRows[at + 1] = askQuantity;
        lastRows[at + 2] = bidQuantity;
        return true;
    }
}
