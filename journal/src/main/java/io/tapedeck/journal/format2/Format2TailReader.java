package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.file.FollowedFile;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Follows a file while it is written, by this process or another one, and to its end. A chunk is shown when its header
 * and its payload both match their checksums, so never half of it; records that still wait in the writer's chunk are not
 * seen. The file is at its end when its footer is there.
 *
 * <p>A reader that follows never waits: {@link #poll} that finds nothing new says so, and the caller rests.
 *
 * <p><b>Note:</b> belongs to one thread. Polling does not allocate, but for a chunk larger than all before and at the
 * end.
 */
public final class Format2TailReader implements AutoCloseable {
    private static final String REMEDY = "Repair the file to keep its whole chunks, or take another copy";

    private final FollowedFile file;
    private final Format2Header header;
    private final Format2ChunkDecoder decoder;
    private final ChunkBatches batches;
    private final UnsafeBuffer magic = new UnsafeBuffer(new byte[Integer.BYTES]);
    private final long maxChunkLength;
    /** Of the chunks that were seen; grows with the file. */
    private final Format2Index index = new Format2Index();

    private int nextChunk;
    private long fromSequence;
    private long fromTimeNs = Long.MIN_VALUE;
    private long position;
    private boolean ended;

    private Format2TailReader(final FollowedFile file, final Format2Header header, final long fromSequence) {
        this.file = file;
        this.header = header;
        this.fromSequence = fromSequence;
        decoder = new Format2ChunkDecoder(file, header.chunkCapacity());
        batches = new ChunkBatches(decoder);
        maxChunkLength = CHUNK_HEADER_LENGTH + ColumnDescriptor.maxPayloadLength(header.chunkCapacity());
        position = header.lengthBytes();
    }

    /**
     * Opens a file that has its header and metadata, whether anything comes behind them or not.
     *
     * @param path         of the file.
     * @param fromSequence sequence of the first record wanted, from 1.
     * @return the reader; the caller closes it.
     * @throws CorruptDataException if header or metadata are damaged or not there yet; a writer writes both at once when
     *                              it creates the file.
     * @throws IOException          if there is no such file or it cannot be read.
     */
    public static Format2TailReader open(final Path path, final long fromSequence) throws IOException {
        final FollowedFile file = FollowedFile.open(path);
        try {
            return new Format2TailReader(file, Format2Header.read(file), fromSequence);
        } catch (final IOException | RuntimeException ex) {
            file.close();
            throw ex;
        }
    }

    /**
     * What the file says about its session.
     *
     * @return the metadata.
     */
    public SessionMetadata metadata() {
        return header.metadata();
    }

    /**
     * Hands over the next batch, if it is there.
     *
     * @param handler called at most once.
     * @return how many records were handed over; 0 if there is nothing new now.
     * @throws CorruptDataException if what comes next is damaged: bytes behind it are already there.
     * @throws IOException          if the file cannot be read, or was cut.
     */
    public int poll(final SlotBatchHandler handler) throws IOException {
        if (!batches.hasNext() && !readChunk()) {
            return 0;
        }
        final int count = batches.next();
        fromSequence = batches.high() + 2;
        handler.onBatch(batches.slots(), batches.low(), batches.high());
        return count;
    }

    /**
     * Goes to a record, back or on.
     *
     * @param sequence of the first record wanted, from 1; it need not be there yet.
     * @return this.
     */
    public Format2TailReader seekSequence(final long sequence) {
        return place(index.chunkOfSequence(sequence), sequence, Long.MIN_VALUE);
    }

    /**
     * Goes to the first record, in order of sequence, that is at or after a time, as {@link Format2Cursor#seekTime} does;
     * it need not be there yet.
     *
     * @param timeNs nanoseconds since midnight.
     * @return this.
     */
    public Format2TailReader seekTime(final long timeNs) {
        final int chunk = index.chunkOfTime(timeNs);
        final long sequence = chunk < index.size() ? index.firstSequence(chunk) : index.lastSequence() + 1;
        return place(chunk, sequence, timeNs);
    }

    private Format2TailReader place(final int chunk, final long sequence, final long timeNs) {
        nextChunk = chunk;
        fromSequence = sequence;
        fromTimeNs = timeNs;
        batches.clear();
        return this;
    }

    private boolean readChunk() throws IOException {
        while (nextChunk < index.size()) {
            final String fault = decoder.read(index, nextChunk);
            if (fault != null) {
                throw new CorruptDataException(file.path(), index.offset(nextChunk), fault, REMEDY);
            }
            nextChunk++;
            if (start()) {
                return true;
            }
        }
        return !ended && readNewChunk();
    }

    /** Begins with the chunk read last where the first record wanted is, if it is there. */
    private boolean start() {
        batches.start(
                fromTimeNs == Long.MIN_VALUE ? decoder.rowOfSequence(fromSequence) : decoder.rowOfTime(fromTimeNs));
        if (batches.hasNext()) {
            fromTimeNs = Long.MIN_VALUE;
        }
        return batches.hasNext();
    }

    private boolean readNewChunk() throws IOException {
        file.refresh();
        while (position < file.length()) {
            String fault = decoder.readHeader(position);
            if (fault != null) {
                return atEnd(fault);
            }
            if (decoder.end() > file.length()) {
                return false;
            }
            final Format2ChunkHeader chunk = decoder.header();
            // What lies before the record wanted is passed by its header; whoever goes back to it has it checked then.
            final boolean isPassed = chunk.lastSequence() < fromSequence;
            if (chunk.firstSequence() <= index.lastSequence()) {
                fault = "first sequence is " + chunk.firstSequence() + ", must be above " + index.lastSequence();
            } else if (!isPassed) {
                fault = decoder.readPayload();
            }
            if (fault != null) {
                return notYet(decoder.end() < file.length(), fault);
            }
            index.add(position, chunk);
            nextChunk = index.size();
            position = decoder.end();
            if (!isPassed && start()) {
                return true;
            }
        }
        return false;
    }

    /** No chunk begins here: it is the footer, or bytes that are still to come, or damage. */
    private boolean atEnd(final String fault) throws IOException {
        if (file.length() < position + footerLength(0) || magicAt(file.length() - Integer.BYTES) != TAIL_MAGIC) {
            return notYet(file.length() > position + maxChunkLength && magicAt(position) != FOOTER_MAGIC, fault);
        }
        final Format2Footer footer = Format2Footer.read(file, header.lengthBytes(), header.chunkCapacity());
        ended = footer.indexOffset() == position;
        return notYet(!ended, fault);
    }

    private int magicAt(final long offset) throws IOException {
        file.read(offset, magic, 0, Integer.BYTES);
        return magic.getInt(0, BYTE_ORDER);
    }

    private boolean notYet(final boolean isDamage, final String fault) {
        if (isDamage) {
            throw new CorruptDataException(file.path(), position, fault, REMEDY);
        }
        return false;
    }

    /**
     * Sequence of the record that will be handed over next; after {@link #seekTime} that of one before it, until the
     * record is found.
     *
     * @return from 1.
     */
    public long nextSequence() {
        return fromSequence;
    }

    /**
     * Whether the writer has closed the file and all its records were handed over.
     *
     * @return false while more may come.
     */
    public boolean isEnded() {
        return ended && nextChunk == index.size() && !batches.hasNext();
    }

    /** Closes the file. */
    @Override
    public void close() {
        batches.clear();
        decoder.close();
        file.close();
    }
}
