package io.tapedeck.engine.replay.snapshot;

import static io.tapedeck.engine.replay.snapshot.BookSnapshotDescriptor.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.book.Side;
import io.tapedeck.journal.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The books of one unit behind one of its records. Who reads a snapshot and then the records behind it has the books of who
 * read all records.
 *
 * @param date         of the session.
 * @param unit         number of the unit.
 * @param sequence     of the last record that the books know; 0 before the first.
 * @param timeNs       of that record, nanoseconds since midnight.
 * @param isMarketOpen whether the start of market hours was among the records.
 * @param books        all of them; live, not a copy.
 */
public record BookSnapshot(
        LocalDate date, int unit, long sequence, long timeNs, boolean isMarketOpen, OrderBooks books) {
    private static final String REMEDY = "Take an older snapshot, or replay from the start";

    /**
     * Writes the snapshot as a whole: a crash leaves the file that was there before, or none.
     *
     * @param path of the file; replaced if it is there.
     * @throws IOException              if it cannot be written.
     * @throws IllegalArgumentException if there are more orders than a file can hold.
     */
    public void write(final Path path) throws IOException {
        final int orderCount = books.orderCount();
        if (orderCount > MAX_ORDERS) {
            throw new IllegalArgumentException(
                    path + ": a snapshot holds at most " + MAX_ORDERS + " orders, there are " + orderCount);
        }
        final byte[] bytes = new byte[fileLength(orderCount)];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putLong(0, MAGIC, LITTLE_ENDIAN);
        buffer.putInt(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putInt(FLAGS_OFFSET, isMarketOpen ? FLAG_MARKET_OPEN : 0, LITTLE_ENDIAN);
        buffer.putLong(SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(TIME_OFFSET, timeNs, LITTLE_ENDIAN);
        buffer.putInt(DATE_OFFSET, (int) date.toEpochDay(), LITTLE_ENDIAN);
        buffer.putInt(UNIT_OFFSET, unit, LITTLE_ENDIAN);
        buffer.putLong(HASH_OFFSET, hash(books), LITTLE_ENDIAN);
        buffer.putLong(ORDER_COUNT_OFFSET, orderCount, LITTLE_ENDIAN);
        int at = HEADER_LENGTH;
        for (int instrumentId = 0; instrumentId < books.instrumentLimit(); instrumentId++) {
            if (books.hasBook(instrumentId)) {
                at = putSide(buffer, at, books.book(instrumentId), Side.BID);
                at = putSide(buffer, at, books.book(instrumentId), Side.ASK);
            }
        }
        buffer.putInt(at, crc(bytes, at), LITTLE_ENDIAN);
        AtomicFile.write(path, bytes);
    }

    private static int putSide(final UnsafeBuffer buffer, final int start, final OrderBook book, final int side) {
        final LevelCursor level = new LevelCursor();
        final OrderCursor order = new OrderCursor();
        int at = start;
        for (boolean more = level.toBest(book, side); more; more = level.next()) {
            order.toFront(level);
            do {
                buffer.putLong(at + ORDER_ID_OFFSET, order.orderId(), LITTLE_ENDIAN);
                buffer.putInt(at + PRICE_OFFSET, level.price(), LITTLE_ENDIAN);
                buffer.putInt(at + QUANTITY_OFFSET, order.quantity(), LITTLE_ENDIAN);
                buffer.putInt(at + INSTRUMENT_ID_OFFSET, book.instrumentId(), LITTLE_ENDIAN);
                buffer.putInt(at + SIDE_OFFSET, side, LITTLE_ENDIAN);
                at += ORDER_LENGTH;
            } while (order.next());
        }
        return at;
    }

    /**
     * Reads a snapshot.
     *
     * @param path of the file.
     * @return the snapshot, with books of its own.
     * @throws CorruptDataException if the file is no whole snapshot; says why.
     * @throws IOException          if it cannot be read.
     */
    public static BookSnapshot read(final Path path) throws IOException {
        final long length = Files.size(path);
        require(
                path,
                0,
                length >= fileLength(0) && length <= fileLength(MAX_ORDERS),
                () -> length + " bytes are no snapshot");
        final byte[] bytes = Files.readAllBytes(path);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        require(
                path,
                0,
                buffer.getLong(0, LITTLE_ENDIAN) == MAGIC,
                () -> "the first bytes are not those of a snapshot");
        final int version = buffer.getInt(VERSION_OFFSET, LITTLE_ENDIAN);
        require(path, VERSION_OFFSET, version == VERSION, () -> "version is " + version + ", must be " + VERSION);
        final long orderCount = buffer.getLong(ORDER_COUNT_OFFSET, LITTLE_ENDIAN);
        require(
                path,
                ORDER_COUNT_OFFSET,
                orderCount >= 0 && orderCount <= MAX_ORDERS && fileLength((int) orderCount) == bytes.length,
                () -> orderCount + " orders do not make a file of " + bytes.length + " bytes");
        final int end = bytes.length - CRC_LENGTH;
        require(path, end, buffer.getInt(end, LITTLE_ENDIAN) == crc(bytes, end), () -> "the checksum does not match");
        final BookSnapshot snapshot = new BookSnapshot(
                LocalDate.ofEpochDay(buffer.getInt(DATE_OFFSET, LITTLE_ENDIAN)),
                buffer.getInt(UNIT_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(SEQUENCE_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(TIME_OFFSET, LITTLE_ENDIAN),
                (buffer.getInt(FLAGS_OFFSET, LITTLE_ENDIAN) & FLAG_MARKET_OPEN) != 0,
                new OrderBooks());
        for (int at = HEADER_LENGTH; at < end; at += ORDER_LENGTH) {
            addOrder(path, buffer, at, snapshot.books);
        }
        final long hash = buffer.getLong(HASH_OFFSET, LITTLE_ENDIAN);
        require(path, HASH_OFFSET, hash == hash(snapshot.books), () -> "the books do not have the hash that is told");
        return snapshot;
    }

    private static void addOrder(final Path path, final UnsafeBuffer buffer, final int at, final OrderBooks books) {
        final int outcome = books.add(
                buffer.getLong(at + ORDER_ID_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(at + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(at + SIDE_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(at + PRICE_OFFSET, LITTLE_ENDIAN),
                buffer.getInt(at + QUANTITY_OFFSET, LITTLE_ENDIAN));
        require(
                path,
                at,
                outcome == BookOutcome.APPLIED,
                () -> "an order cannot be in a book: " + BookOutcome.nameOf(outcome));
    }

    /** What is wrong, said only when it is. */
    private interface Fault {
        String text();
    }

    private static void require(final Path path, final long offset, final boolean isRight, final Fault fault) {
        if (!isRight) {
            throw new CorruptDataException(path, offset, fault.text(), REMEDY);
        }
    }

    /**
     * One number for all books: over the instruments that have orders, by ascending id, {@code h = 31 * (31 * h + id) + hash
     * of the book}, from 0, in 64 bits that wrap.
     *
     * @param books to take in.
     * @return the hash; 0 of books without orders.
     */
    public static long hash(final OrderBooks books) {
        long hash = 0;
        for (int instrumentId = 0; instrumentId < books.instrumentLimit(); instrumentId++) {
            if (books.hasBook(instrumentId)) {
                final OrderBook book = books.book(instrumentId);
                if (book.levelCount(Side.BID) + book.levelCount(Side.ASK) > 0) {
                    hash = 31 * (31 * hash + instrumentId) + book.hash();
                }
            }
        }
        return hash;
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
