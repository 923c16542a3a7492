package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;
import static io.tapedeck.journal.format2.Format2Descriptor.MAX_CHUNKS;
import static io.tapedeck.journal.format2.Format2Descriptor.footerLength;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.file.BlockWriter;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a file of journal format 2. Records gather in a chunk outside the heap; a full chunk is compressed, gets its
 * checksums and is written in one piece at its position. {@link #close()} writes what is left and the footer. Nothing
 * that was written is changed later, so a file whose writer never closed it keeps every chunk that was written.
 *
 * <p>A chunk that was written survives the end of this process. When it also survives a loss of power is the
 * {@link SyncPolicy}'s to say: {@link #lastDurableSequence()} tells how far that is. The writer has no thread: an
 * interval that ends while nothing is written is noticed by {@link #syncIfDue()}.
 *
 * <p>The file is locked for as long as the writer is open, so a second writer is refused. A POSIX system gives the lock
 * up towards other processes as soon as this process closes the file anywhere, for example a tail reader of it; that no
 * second writer <em>creates</em> the file does not depend on it.
 *
 * <p><b>Note:</b> not thread safe. Appending allocates nothing per record.
 */
public final class Format2Writer implements AutoCloseable {
    /** Slots that stay near between one look at them and the next. */
    private static final int MOST_AT_ONCE = 256;

    private final Path path;
    private final FileChannel channel;
    private final SyncPolicy syncPolicy;
    private final NanoClock clock;
    private final Format2ChunkEncoder chunk;
    private final Format2Index index;
    private final ContentHash contentHash = new ContentHash();

    /** A slot that came alone, outside the heap. */
    private final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(SLOT_LENGTH));

    /** What the file had when it was resumed; null if it is new. */
    private final Format2Prefix prefix;

    private final long prefixLastSequence;
    private byte[] finalHash;
    private long position;
    private long lastSequence;
    private long lastWrittenSequence;
    private long lastDurableSequence;
    private long lastForceNs;
    private boolean forced = true;
    private boolean failed;
    private boolean closed;

    /**
     * Takes over a channel; what {@link Format2Opening} opens, or a test's.
     *
     * @param channel open for writing, empty; closed by this writer, but not if this constructor fails.
     */
    Format2Writer(
            final Path path,
            final FileChannel channel,
            final SessionMetadata metadata,
            final int chunkCapacity,
            final SyncPolicy syncPolicy,
            final Compression compression,
            final NanoClock clock)
            throws IOException {
        this.path = path;
        this.channel = channel;
        this.syncPolicy = syncPolicy;
        this.clock = clock;
        index = new Format2Index();
        prefix = null;
        prefixLastSequence = 0;
        final ByteBuffer header = Format2Header.encode(chunkCapacity, metadata);
        try {
            write(header);
        } finally {
            BufferUtil.free(header);
        }
        if (syncPolicy.isForcing()) {
            force();
        }
        chunk = new Format2ChunkEncoder(chunkCapacity, compression);
    }

    /**
     * Takes over a channel and what is whole in its file; what {@link Format2Opening} opens, or a test's.
     *
     * @param channel open for writing; closed by this writer, but not if this constructor fails.
     * @param prefix  of the file; closed by this writer, but not if this constructor fails.
     */
    Format2Writer(
            final Path path,
            final FileChannel channel,
            final Format2Prefix prefix,
            final int chunkCapacity,
            final SyncPolicy syncPolicy,
            final Compression compression,
            final NanoClock clock)
            throws IOException {
        this.path = path;
        this.channel = channel;
        this.syncPolicy = syncPolicy;
        this.clock = clock;
        this.prefix = prefix;
        index = prefix.index();
        prefixLastSequence = prefix.lastSequence();
        lastWrittenSequence = prefixLastSequence;
        position = prefix.end();
        if (prefixLastSequence == 0) {
            cutBehindPrefix();
        }
        chunk = new Format2ChunkEncoder(chunkCapacity, compression);
    }

    /**
     * Creates a file that does not exist yet.
     *
     * @param path          of the file; its folder exists.
     * @param metadata      of the session.
     * @param chunkCapacity records per chunk, 1 to {@link Format2Descriptor#MAX_CHUNK_CAPACITY}.
     * @param syncPolicy    when to force what was written to the disk.
     * @param compression   of the columns.
     * @return the writer; the caller closes it.
     * @throws FileAlreadyExistsException if there is a file of that name; it is left as it is.
     * @throws IOException                if the file cannot be written.
     * @throws IllegalArgumentException   if the chunk capacity or the metadata is too large.
     */
    public static Format2Writer create(
            final Path path,
            final SessionMetadata metadata,
            final int chunkCapacity,
            final SyncPolicy syncPolicy,
            final Compression compression)
            throws IOException {
        return new Format2Opening(path, metadata, chunkCapacity, syncPolicy, compression).create();
    }

    /** As {@link #create(Path, SessionMetadata, int, SyncPolicy, Compression)}, with {@link Compression#LZ4}. */
    public static Format2Writer create(
            final Path path, final SessionMetadata metadata, final int chunkCapacity, final SyncPolicy syncPolicy)
            throws IOException {
        return create(path, metadata, chunkCapacity, syncPolicy, Compression.LZ4);
    }

    /**
     * Creates a file, in the place of an older one if there is one.
     *
     * @param path          of the file; its folder exists.
     * @param metadata      of the session.
     * @param chunkCapacity records per chunk, 1 to {@link Format2Descriptor#MAX_CHUNK_CAPACITY}.
     * @param syncPolicy    when to force what was written to the disk.
     * @param compression   of the columns.
     * @return the writer; the caller closes it.
     * @throws IOException              if the file cannot be written, or a writer has it open; it is left as it is then.
     * @throws IllegalArgumentException if the chunk capacity or the metadata is too large.
     */
    public static Format2Writer replace(
            final Path path,
            final SessionMetadata metadata,
            final int chunkCapacity,
            final SyncPolicy syncPolicy,
            final Compression compression)
            throws IOException {
        return new Format2Opening(path, metadata, chunkCapacity, syncPolicy, compression).replace();
    }

    /** As {@link #replace(Path, SessionMetadata, int, SyncPolicy, Compression)}, with {@link Compression#LZ4}. */
    public static Format2Writer replace(
            final Path path, final SessionMetadata metadata, final int chunkCapacity, final SyncPolicy syncPolicy)
            throws IOException {
        return replace(path, metadata, chunkCapacity, syncPolicy, Compression.LZ4);
    }

    /**
     * Goes on with a file whose writer did not close it. The writer takes all records from the first on: those that the
     * file has in whole chunks are compared, and the file is not changed by them; behind the last of them the file is cut,
     * and the others are written. So the same records make the same file as if nothing had happened. A file that does not
     * exist, or ends within its header, is begun.
     *
     * @param path          of the file; its folder exists.
     * @param metadata      of the session.
     * @param chunkCapacity records per chunk, 1 to {@link Format2Descriptor#MAX_CHUNK_CAPACITY}.
     * @param syncPolicy    when to force what was written to the disk.
     * @param compression   of the columns.
     * @return the writer; the caller closes it. Closed before it was given every record that the file has, it leaves the
     *     file as it was.
     * @throws CorruptDataException     if the file has another header; it is left as it is.
     * @throws IOException              if the file cannot be written, or a writer has it open; it is left as it is then.
     * @throws IllegalArgumentException if the chunk capacity or the metadata is too large.
     */
    public static Format2Writer resume(
            final Path path,
            final SessionMetadata metadata,
            final int chunkCapacity,
            final SyncPolicy syncPolicy,
            final Compression compression)
            throws IOException {
        return new Format2Opening(path, metadata, chunkCapacity, syncPolicy, compression).resume();
    }

    /**
     * Makes sure that nobody writes to a file.
     *
     * @param path of a file, or of none.
     * @throws IOException if a writer has it open, or it cannot be opened.
     */
    public static void requireNoWriter(final Path path) throws IOException {
        Format2Opening.requireNoWriter(path);
    }

    /**
     * Appends a record.
     *
     * @param buffer     that holds the slot; it is copied.
     * @param slotOffset of the slot in the buffer, in bytes.
     * @throws IllegalArgumentException if the slot holds no record that can be written, or its sequence is not the next
     *                                  one; the record is not taken.
     * @throws IllegalStateException    if the writer is closed or could not write before.
     * @throws IOException              if a full chunk cannot be written or forced: names file, position and the last
     *                                  durable sequence. The file keeps all chunks before it; the writer takes no more.
     */
    public void append(final DirectBuffer buffer, final int slotOffset) throws IOException {
        requireWritable();
        requireNext(buffer, slotOffset, lastSequence + 1);
        slot.putBytes(0, buffer, slotOffset, SLOT_LENGTH);
        take(slot, 0, 1, false);
    }

    /**
     * Appends a batch of records.
     *
     * @param slots holds them; they are copied.
     * @param low   ring sequence of the first one, from 0.
     * @param high  ring sequence of the last one; a batch that ends before it begins is empty.
     * @throws IllegalArgumentException if a slot holds no record that can be written, the records' sequences are not the
     *                                  next ones, or the batch is larger than the array; nothing of it is taken.
     * @throws IllegalStateException    if the writer is closed or could not write before.
     * @throws IOException              if a full chunk cannot be written or forced: names file, position and the last
     *                                  durable sequence. The file keeps all chunks before it; the writer takes no more.
     */
    public void append(final SlotArray slots, final long low, final long high) throws IOException {
        requireWritable();
        if (high - low >= slots.capacity()) {
            throw new IllegalArgumentException(path + ": a batch from " + low + " to " + high
                    + " does not fit into an array of " + slots.capacity() + " slots");
        }
        final boolean areHashed = tryHash(slots, low, high);
        if (!areHashed) {
            for (long at = low; at <= high; at++) {
                requireNext(slots.buffer(), slots.offset(at), lastSequence + 1 + at - low);
            }
        }
        long at = low;
        while (at <= high) {
            final int offset = slots.offset(at);
            final int untilArrayEnd = slots.capacity() - offset / SLOT_LENGTH;
            final int count = (int) Math.min(Math.min(high - at + 1, MOST_AT_ONCE), Math.min(untilArrayEnd, room()));
            take(slots.buffer(), offset, count, areHashed);
            at += count;
        }
    }

    /** Hashes a batch that can be taken, if it is one like most: then it is looked at only once. */
    private boolean tryHash(final SlotArray slots, final long low, final long high) {
        final int offset = slots.offset(low);
        return lastSequence >= prefixLastSequence
                && low <= high
                && high - low < slots.capacity() - offset / SLOT_LENGTH
                && high - low < MOST_AT_ONCE
                && contentHash.updateEvents(slots.buffer(), offset, (int) (high - low + 1), lastSequence + 1);
    }

    /** How many records may be taken at once. */
    private long room() {
        return lastSequence < prefixLastSequence ? prefixLastSequence - lastSequence : chunk.room();
    }

    private void take(final DirectBuffer buffer, final int offset, final int count, final boolean areHashed)
            throws IOException {
        if (lastSequence < prefixLastSequence) {
            takeAgain(buffer, offset, count);
            return;
        }
        if (!areHashed) {
            contentHash.update(buffer, offset, count);
        }
        chunk.add(buffer.addressOffset() + offset, count);
        lastSequence += count;
        if (chunk.room() == 0) {
            writeChunk();
        }
    }

    /** Records that the file has; a failure leaves it as it is. */
    private void takeAgain(final DirectBuffer buffer, final int offset, final int count) throws IOException {
        failed = true;
        prefix.match(buffer, offset, count, contentHash);
        failed = false;
        lastSequence += count;
        if (lastSequence == prefixLastSequence) {
            cutBehindPrefix();
        }
    }

    private void cutBehindPrefix() throws IOException {
        failed = true;
        channel.truncate(position);
        forced = false;
        failed = false;
        if (syncPolicy.isForcing()) {
            force();
        }
    }

    private void requireWritable() {
        if (failed | closed) {
            throw new IllegalStateException(path + (closed ? ": is closed" : ": could not be written before"));
        }
    }

    private void requireNext(final DirectBuffer buffer, final int offset, final long sequence) {
        if (buffer.getLong(offset + SEQUENCE_OFFSET, BYTE_ORDER) != sequence
                || !Format2Rows.isPackable(buffer, offset)) {
            throw refused(buffer, offset, sequence);
        }
    }

    private IllegalArgumentException refused(final DirectBuffer buffer, final int offset, final long sequence) {
        return new IllegalArgumentException(path + ": record refused: sequence="
                + Long.toUnsignedString(buffer.getLong(offset + SEQUENCE_OFFSET, BYTE_ORDER)) + " must be " + sequence
                + ", header=0x" + Long.toHexString(buffer.getLong(offset, BYTE_ORDER))
                + " must be that of an Event with reserved bytes 0, or of an ItchMessage with a type that is not 0");
    }

    /**
     * Writes the records that wait in the chunk, although it is not full: for a paced run, so that others see them.
     *
     * @throws IllegalStateException if the writer is closed or could not write before.
     * @throws IOException           if the chunk cannot be written or forced.
     */
    public void closeChunk() throws IOException {
        requireWritable();
        if (chunk.count() > 0) {
            writeChunk();
        }
    }

    /**
     * Forces what was written to the disk if the policy's interval has ended; between chunks nobody else notices.
     *
     * @return whether anything was forced.
     * @throws IllegalStateException if the writer is closed or could not write before.
     * @throws IOException           if it cannot be forced.
     */
    public boolean syncIfDue() throws IOException {
        requireWritable();
        if (forced || !syncPolicy.isDue(clock.nanoTime() - lastForceNs)) {
            return false;
        }
        force();
        return true;
    }

    private void writeChunk() throws IOException {
        // A chunk for which there is no memory is left half made: it must not be made again.
        failed = true;
        final ByteBuffer bytes = chunk.encode();
        failed = false;
        writeChunk(bytes, chunk.header());
    }

    /**
     * Takes over a chunk of another file as it is. Only chunks may be taken over before the first record is appended.
     *
     * @param bytes  header and payload, from 0 to the limit.
     * @param header of the chunk.
     */
    void appendChunk(final ByteBuffer bytes, final Format2ChunkHeader header) throws IOException {
        lastSequence = header.lastSequence();
        writeChunk(bytes, header);
    }

    /** What the hash of the content has to take in for chunks that are taken over. */
    ContentHash takenOver() {
        return contentHash;
    }

    private void writeChunk(final ByteBuffer bytes, final Format2ChunkHeader header) throws IOException {
        if (index.size() == MAX_CHUNKS) {
            failed = true;
            throw new IOException(
                    path + ": has " + MAX_CHUNKS + " chunks, which is all that a file can have, at position "
                            + position + "; last durable sequence " + lastDurableSequence
                            + ". Use larger chunks, or flush less often");
        }
        final long offset = position;
        write(bytes);
        index.add(offset, header);
        lastWrittenSequence = header.lastSequence();
        if (syncPolicy.isDue(clock.nanoTime() - lastForceNs)) {
            force();
        }
    }

    private void write(final ByteBuffer bytes) throws IOException {
        failed = true;
        final int length = bytes.remaining();
        try {
            BlockWriter.write(path, channel, bytes, position);
        } catch (final IOException ex) {
            throw new IOException(ex.getMessage() + ". Last durable sequence: " + lastDurableSequence, ex);
        }
        position += length;
        forced = false;
        failed = false;
    }

    private void force() throws IOException {
        failed = true;
        try {
            channel.force(false);
        } catch (final IOException ex) {
            throw new IOException(
                    path + ": cannot force the file to the disk, position " + position + ": " + ex.getMessage()
                            + ". Last durable sequence: " + lastDurableSequence
                            + "; what came behind it may be lost. Check the disk, then write the file anew",
                    ex);
        }
        failed = false;
        forced = true;
        lastForceNs = clock.nanoTime();
        lastDurableSequence = lastWrittenSequence;
    }

    /**
     * Sequence of the last record that was appended.
     *
     * @return 0 before the first one.
     */
    public long lastSequence() {
        return lastSequence;
    }

    /**
     * How much of the file was there when it was {@link #resume resumed}.
     *
     * @return sequence of the last record that is only compared; 0 if all are written.
     */
    public long resumedSequence() {
        return prefixLastSequence;
    }

    /**
     * Sequence of the last record in a chunk that was handed to the operating system: it survives the end of this
     * process, and whoever follows the file can see it.
     *
     * @return 0 before the first chunk.
     */
    public long lastWrittenSequence() {
        return lastWrittenSequence;
    }

    /**
     * Sequence of the last record in a chunk that was forced to the disk: it survives a loss of power.
     *
     * @return 0 while nothing was forced; always, if the policy is {@code none}.
     */
    public long lastDurableSequence() {
        return lastDurableSequence;
    }

    /**
     * Length of the file: what was written, the footer included once the writer is closed.
     *
     * @return bytes.
     */
    public long lengthBytes() {
        return position;
    }

    /**
     * The {@link ContentHash} of all records, as the footer has it.
     *
     * @return 64 hexadecimal digits.
     * @throws IllegalStateException if the writer is not closed, or could not write all.
     */
    public String contentHash() {
        if (finalHash == null || failed) {
            throw new IllegalStateException(path + ": has no content hash before it is closed");
        }
        return ContentHash.toHex(finalHash);
    }

    /**
     * Completes the file: the chunk that is not full yet, and the footer. After a failed write it only closes the file.
     * Closing twice is harmless.
     *
     * @throws IOException if the file cannot be completed.
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        try (channel;
                prefix;
                chunk) {
            if (!failed && lastSequence >= prefixLastSequence) {
                closeChunk();
                writeFooter();
                if (syncPolicy.isForcing()) {
                    force();
                }
            }
        } finally {
            closed = true;
        }
    }

    private void writeFooter() throws IOException {
        finalHash = contentHash.finish();
        final ByteBuffer footer = ByteBuffer.allocateDirect((int) footerLength(index.size()));
        try {
            index.encodeFooter(footer, position, finalHash);
            write(footer);
        } finally {
            BufferUtil.free(footer);
        }
    }
}
