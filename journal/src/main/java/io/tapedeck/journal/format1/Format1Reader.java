package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.BYTE_ORDER;
import static io.tapedeck.journal.format1.Format1Descriptor.FLAGS_OFFSET;
import static io.tapedeck.journal.format1.Format1Descriptor.FLAG_INDEX;
import static io.tapedeck.journal.format1.Format1Descriptor.HEADER_LENGTH;
import static io.tapedeck.journal.format1.Format1Descriptor.RECORD_LENGTH;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.journal.check.Loss;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a file of journal format 1. {@link #open} refuses a file in which anything is wrong, as soon as it is seen;
 * {@link #recover} gives all that is whole and says what is lost.
 *
 * <p>Memory is bounded whatever the file claims: {@link Format1Descriptor#MAX_BUFFER_BYTES} of direct memory per cursor,
 * and 44 bytes of heap for each chunk that the file really has. No checksum exists in this format: a flipped bit that
 * makes another valid record cannot be noticed.
 *
 * <p><b>Note:</b> a reader and its cursors belong to one thread.
 */
public final class Format1Reader implements AutoCloseable {
    private static final String REMEDY = "Repair the file to keep its whole chunks, or take another copy";

    private final ReadableFile file;
    private final Format1Header header;
    private final Format1Index index;
    private final boolean indexed;
    private final List<Loss> losses;
    private final Format1Cursor cursor;

    private Format1Reader(
            final ReadableFile file,
            final Format1Header header,
            final Format1Index index,
            final boolean indexed,
            final List<Loss> losses) {
        this.file = file;
        this.header = header;
        this.index = index;
        this.indexed = indexed;
        this.losses = List.copyOf(losses);
        cursor = cursor();
    }

    /**
     * Opens a file that has to be whole. Header and index are checked now, each chunk when it is read. A file without
     * an index is walked through; it is whole if its last chunk ends where the file does.
     *
     * @param path of the file.
     * @return the reader; the caller closes it.
     * @throws CorruptDataException if the file is damaged or was not closed.
     * @throws IOException          if the file cannot be read.
     */
    public static Format1Reader open(final Path path) throws IOException {
        final ReadableFile file = ReadableFile.open(path);
        try {
            final UnsafeBuffer headerBytes = headerBytes(file);
            final Format1Header header = Format1Header.decode(path, headerBytes);
            final Format1IndexReader indexReader = new Format1IndexReader(file, header);
            final boolean indexed = (headerBytes.getInt(FLAGS_OFFSET, BYTE_ORDER) & FLAG_INDEX) != 0;
            final List<Loss> losses = new ArrayList<>();
            final Format1Index index = indexed ? indexReader.fromTail() : indexReader.walk(losses);
            if (!losses.isEmpty()) {
                final Loss loss = losses.get(0);
                throw new CorruptDataException(
                        path, loss.offset(), "the file was not closed; here begins: " + loss.reason(), REMEDY);
            }
            return new Format1Reader(file, header, index, indexed, losses);
        } catch (final IOException | RuntimeException ex) {
            file.close();
            throw ex;
        }
    }

    /**
     * Opens a file that may be damaged behind its header. Every chunk is decoded once to see which ones are whole; only
     * those are shown by the reader. With a valid index the chunks behind a damaged one are kept; without it, those up
     * to the first impossible chunk header.
     *
     * @param path of the file.
     * @return the reader; the caller closes it.
     * @throws CorruptDataException if the file's header is damaged.
     * @throws IOException          if the file cannot be read.
     */
    public static Format1Reader recover(final Path path) throws IOException {
        final ReadableFile file = ReadableFile.open(path);
        try {
            final Format1Header header = Format1Header.decode(path, headerBytes(file));
            final Format1IndexReader indexReader = new Format1IndexReader(file, header);
            final List<Loss> losses = new ArrayList<>();
            Format1Index index;
            boolean indexed = true;
            try {
                index = indexReader.fromTail();
            } catch (final CorruptDataException ex) {
                // What the index would have said is found by the walk.
                index = indexReader.walk(losses);
                indexed = false;
            }
            index = wholeChunks(file, header, index, losses);
            return new Format1Reader(file, header, index, indexed, losses);
        } catch (final IOException | RuntimeException ex) {
            file.close();
            throw ex;
        }
    }

    private static UnsafeBuffer headerBytes(final ReadableFile file) throws IOException {
        if (file.length() < HEADER_LENGTH) {
            throw new CorruptDataException(
                    file.path(),
                    file.length(),
                    "the file has " + file.length() + " bytes, a header alone has " + HEADER_LENGTH,
                    "Nothing can be read from it; take another copy");
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[HEADER_LENGTH]);
        file.read(0, buffer, 0, HEADER_LENGTH);
        return buffer;
    }

    private static Format1Index wholeChunks(
            final ReadableFile file, final Format1Header header, final Format1Index found, final List<Loss> losses)
            throws IOException {
        final Format1Index whole = new Format1Index();
        final List<Loss> damaged = new ArrayList<>();
        try (Format1ChunkDecoder decoder = new Format1ChunkDecoder(file, header)) {
            for (int i = 0; i < found.size(); i++) {
                final String fault = decoder.decode(found, i);
                if (fault == null) {
                    whole.add(
                            found.offset(i),
                            found.end(i),
                            found.firstTimestampNs(i),
                            found.lastTimestampNs(i),
                            found.recordCount(i));
                } else {
                    damaged.add(new Loss(found.offset(i), found.end(i) - found.offset(i), fault));
                }
            }
        }
        losses.addAll(0, damaged);
        return whole;
    }

    /**
     * Which file this is.
     *
     * @return the path as given at opening.
     */
    public Path path() {
        return file.path();
    }

    /**
     * What the file says about its session.
     *
     * @return the header.
     */
    public Format1Header header() {
        return header;
    }

    /**
     * Length of the file when it was opened.
     *
     * @return bytes.
     */
    public long lengthBytes() {
        return file.length();
    }

    /**
     * How many records the reader shows.
     *
     * @return the sum over its chunks.
     */
    public long recordCount() {
        return index.recordCount();
    }

    /**
     * How many chunks the reader shows.
     *
     * @return in {@link #recover recovery} only the whole ones.
     */
    public int chunkCount() {
        return index.size();
    }

    /**
     * Where a chunk's header begins.
     *
     * @param chunk from 0 to {@link #chunkCount()} - 1.
     * @return offset in the file.
     */
    public long chunkOffset(final int chunk) {
        return index.offset(checked(chunk));
    }

    /**
     * Where a chunk's bytes end.
     *
     * @param chunk from 0 to {@link #chunkCount()} - 1.
     * @return offset in the file of the byte behind the chunk.
     */
    public long chunkEnd(final int chunk) {
        return index.end(checked(chunk));
    }

    /**
     * The time of a chunk's first record.
     *
     * @param chunk from 0 to {@link #chunkCount()} - 1.
     * @return nanoseconds since midnight.
     */
    public long chunkFirstTimestampNs(final int chunk) {
        return index.firstTimestampNs(checked(chunk));
    }

    /**
     * The time of a chunk's last record.
     *
     * @param chunk from 0 to {@link #chunkCount()} - 1.
     * @return nanoseconds since midnight.
     */
    public long chunkLastTimestampNs(final int chunk) {
        return index.lastTimestampNs(checked(chunk));
    }

    /**
     * How many records a chunk has.
     *
     * @param chunk from 0 to {@link #chunkCount()} - 1.
     * @return at least 1.
     */
    public int chunkRecordCount(final int chunk) {
        return index.recordCount(checked(chunk));
    }

    private int checked(final int chunk) {
        if (chunk < 0 || chunk >= index.size()) {
            throw new IllegalArgumentException("chunk is " + chunk + ", must be 0 to " + (index.size() - 1));
        }
        return chunk;
    }

    /**
     * Whether the chunks were found in the file's index, and not by walking.
     *
     * @return true if the index was there and was used.
     */
    public boolean indexed() {
        return indexed;
    }

    /**
     * What a damaged file has lost.
     *
     * @return in file order; empty for a file that {@link #open} accepted.
     */
    public List<Loss> losses() {
        return losses;
    }

    /**
     * Makes a cursor before the first record.
     *
     * @return a cursor with buffers of its own; the caller closes it before this reader.
     */
    public Format1Cursor cursor() {
        return new Format1Cursor(this, index, new Format1ChunkDecoder(file, header));
    }

    /**
     * Hands all records to a handler.
     *
     * @param handler called for each record in file order.
     * @throws CorruptDataException if a chunk is damaged; the records before it have been handed over.
     * @throws IOException          if the file cannot be read.
     */
    public void forEach(final Format1RecordHandler handler) throws IOException {
        forEach(0, Long.MAX_VALUE, handler);
    }

    /**
     * Hands the records of a time range to a handler; see {@link Format1Cursor#seek}.
     *
     * @param fromNs  first time wanted, nanoseconds since midnight.
     * @param toNs    last time wanted.
     * @param handler called for each record in file order.
     * @throws CorruptDataException if a chunk is damaged; the records before it have been handed over.
     * @throws IOException          if the file cannot be read.
     */
    public void forEach(final long fromNs, final long toNs, final Format1RecordHandler handler) throws IOException {
        cursor.seek(fromNs, toNs);
        final Qrsdp1RecordFlyweight record = cursor.record();
        for (int count = cursor.nextBatch(); count > 0; count = cursor.nextBatch()) {
            final UnsafeBuffer batch = cursor.batch();
            final int end = cursor.batchOffset() + count * RECORD_LENGTH;
            for (int at = cursor.batchOffset(); at < end; at += RECORD_LENGTH) {
                handler.onRecord(record.wrap(batch, at));
            }
        }
    }

    /** The bytes behind this reader. */
    ReadableFile file() {
        return file;
    }

    /** Reports a chunk's fault, if there is one. */
    void requireWhole(final String fault, final long offset) {
        if (fault != null) {
            throw new CorruptDataException(path(), offset, fault, REMEDY);
        }
    }

    /** Closes the file. */
    @Override
    public void close() {
        cursor.close();
        file.close();
    }
}
