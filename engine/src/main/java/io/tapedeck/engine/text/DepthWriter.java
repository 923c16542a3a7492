package io.tapedeck.engine.text;

import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the full depth of books as text: one row {@code symbol,B|S,price,quantity,orders} per level, prices as integers
 * x 10,000, sorted by the bytes of the rows, without a header. The same books always give the same bytes.
 *
 * <p><b>Note:</b> used by one thread.
 */
public final class DepthWriter {
    private final InstrumentDirectory directory;
    private final LevelCursor level = new LevelCursor();
    private final CsvRow row = new CsvRow();
    private final List<byte[]> rows = new ArrayList<>();

    /**
     * A writer without rows.
     *
     * @param directory with the symbols and tick sizes of all instruments that will come.
     */
    public DepthWriter(final InstrumentDirectory directory) {
        this.directory = directory;
    }

    /**
     * Takes in all levels of all books, as they are now.
     *
     * @param books to write.
     * @return this.
     */
    public DepthWriter add(final OrderBooks books) {
        for (int instrumentId = 0; instrumentId < books.instrumentLimit(); instrumentId++) {
            if (books.hasBook(instrumentId)) {
                addSide(books.book(instrumentId), Side.BID);
                addSide(books.book(instrumentId), Side.ASK);
            }
        }
        return this;
    }

    /**
     * Takes in one level.
     *
     * @param instrumentId of the book.
     * @param side         {@link Side#BID} or {@link Side#ASK}.
     * @param priceTicks   in ticks of the instrument.
     * @param quantity     of all its orders.
     * @param orderCount   how many there are.
     * @return this.
     */
    public DepthWriter addLevel(
            final int instrumentId, final int side, final int priceTicks, final long quantity, final long orderCount) {
        row.start()
                .symbol(directory.symbol(instrumentId))
                .letter(side == Side.BID ? 'B' : 'S')
                .number((long) priceTicks * directory.tickSize(instrumentId))
                .number(quantity)
                .number(orderCount)
                .end();
        rows.add(Arrays.copyOf(row.bytes(), row.length()));
        return this;
    }

    /**
     * Writes what was taken in, and forgets it.
     *
     * @param channel to write to; it is closed afterwards.
     * @return number of rows.
     * @throws IOException if the channel cannot be written.
     */
    public int write(final WritableByteChannel channel) throws IOException {
        rows.sort(Arrays::compareUnsigned);
        try (CsvChannel out = new CsvChannel(channel)) {
            for (final byte[] bytes : rows) {
                out.write(bytes, 0, bytes.length);
            }
        }
        final int count = rows.size();
        rows.clear();
        return count;
    }

    private void addSide(final OrderBook book, final int side) {
        for (boolean more = level.toBest(book, side); more; more = level.next()) {
            addLevel(book.instrumentId(), side, level.price(), level.quantity(), level.orderCount());
        }
    }
}
