package io.tapedeck.engine.importer;

import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Writes the full depth of all books as text: one row {@code symbol,B|S,price,quantity,orders} per level, prices as
 * integers x 10,000, sorted by the bytes of the rows, without a header. The same books always give the same bytes.
 *
 * <p><b>Note:</b> used by one thread; may be used again, for a series of snapshots, and then allocates only one output
 * buffer each time.
 */
public final class DepthWriter {
    private final OrderBooks books;
    private final InstrumentDirectory directory;
    private final LevelCursor level = new LevelCursor();
    private final CsvRow row = new CsvRow();
    private final LineSorter lines = new LineSorter();

    /**
     * Writes nothing yet.
     *
     * @param books     to write.
     * @param directory with the symbols and tick sizes of all instruments of the books.
     */
    public DepthWriter(final OrderBooks books, final InstrumentDirectory directory) {
        this.books = books;
        this.directory = directory;
    }

    /**
     * Writes the books as they are now.
     *
     * @param channel to write to; it is closed afterwards.
     * @return number of rows.
     * @throws IOException if the channel cannot be written.
     */
    public int write(final WritableByteChannel channel) throws IOException {
        lines.clear();
        for (int instrumentId = 0; instrumentId < books.instrumentLimit(); instrumentId++) {
            if (books.hasBook(instrumentId)) {
                addSide(books.book(instrumentId), Side.BID, 'B');
                addSide(books.book(instrumentId), Side.ASK, 'S');
            }
        }
        try (CsvChannel out = new CsvChannel(channel)) {
            lines.writeSorted(out);
        }
        return lines.lineCount();
    }

    private void addSide(final OrderBook book, final int side, final char sideLetter) {
        final long symbol = directory.symbol(book.instrumentId());
        final long tickSize = directory.tickSize(book.instrumentId());
        for (boolean more = level.toBest(book, side); more; more = level.next()) {
            row.start()
                    .symbol(symbol)
                    .letter(sideLetter)
                    .number(level.price() * tickSize)
                    .number(level.quantity())
                    .number(level.orderCount())
                    .end();
            lines.add(row.bytes(), row.length());
        }
    }
}
