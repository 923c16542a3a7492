package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.MAX_CHUNK_CAPACITY;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Loss;
import io.tapedeck.journal.file.ReadableFile;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a file of journal format 2 that nobody writes to any more. {@link #open} refuses a file in which anything is
 * wrong, as soon as it is seen; {@link #recover} gives all that is whole and says what is lost.
 *
 * <p>Memory is bounded whatever the file claims: {@link Format2Descriptor#MAX_BUFFER_BYTES} of direct memory per cursor,
 * the metadata, and about a hundred bytes of heap for each chunk that the file really has. Every byte of a file is
 * covered by a checksum or has only one right value.
 *
 * <p><b>Note:</b> a reader and its cursors belong to one thread.
 */
public final class Format2Reader implements AutoCloseable {
    private static final String REMEDY = "Repair the file to keep its whole chunks, or take another copy";

    private final ReadableFile file;
    private final Format2Header header;
    private final Format2Index index;
    private final byte[] contentHash;
    private final List<Loss> losses;
    private final Format2Cursor cursor;

    private Format2Reader(
            final ReadableFile file,
            final Format2Header header,
            final Format2Index index,
            final byte[] contentHash,
            final List<Loss> losses) {
        this.file = file;
        this.header = header;
        this.index = index;
        this.contentHash = contentHash;
        this.losses = List.copyOf(losses);
        cursor = cursor();
    }

    /**
     * Opens a file that has to be whole. Header, metadata and footer are checked now, each chunk when it is read.
     *
     * @param path of the file.
     * @return the reader; the caller closes it.
     * @throws CorruptDataException if the file is damaged or was not closed.
     * @throws IOException          if the file cannot be read.
     */
    public static Format2Reader open(final Path path) throws IOException {
        return open(ReadableFile.open(path));
    }

    /** Takes over a file; what {@link #open(Path)} opens, or a test's. It is closed if this fails. */
    static Format2Reader open(final ReadableFile file) throws IOException {
        try {
            final Format2Header header = Format2Header.read(file);
            final Format2Footer footer = Format2Footer.read(file, header.lengthBytes(), header.chunkCapacity());
            return new Format2Reader(file, header, footer.index(), footer.contentHash(), List.of());
        } catch (final IOException | RuntimeException ex) {
            file.close();
            throw ex;
        }
    }

    /**
     * Opens a file that may be damaged anywhere. Every chunk is read once to see which ones are whole; only those are
     * shown by the reader. Without a whole footer the chunks are looked for, and the index is made anew.
     *
     * @param path of the file.
     * @return the reader; the caller closes it.
     * @throws CorruptDataException if the header is damaged and there is no whole chunk either.
     * @throws IOException          if the file cannot be read.
     */
    public static Format2Reader recover(final Path path) throws IOException {
        return recover(ReadableFile.open(path));
    }

    /** Takes over a file; what {@link #recover(Path)} opens, or a test's. It is closed if this fails. */
    static Format2Reader recover(final ReadableFile file) throws IOException {
        try {
            return recoverChunks(file);
        } catch (final IOException | RuntimeException ex) {
            file.close();
            throw ex;
        }
    }

    private static Format2Reader recoverChunks(final ReadableFile file) throws IOException {
        final List<Loss> losses = new ArrayList<>();
        Format2Header header = null;
        CorruptDataException headerFault = null;
        try {
            header = Format2Header.read(file);
        } catch (final CorruptDataException ex) {
            headerFault = ex;
        }
        final int chunkCapacity = header == null ? MAX_CHUNK_CAPACITY : header.chunkCapacity();
        long dataOffset = header == null ? -1 : header.lengthBytes();
        Format2Index index;
        byte[] contentHash = null;
        try (Format2ChunkDecoder decoder = new Format2ChunkDecoder(file, chunkCapacity)) {
            try {
                final Format2Footer footer = Format2Footer.read(file, dataOffset, chunkCapacity);
                dataOffset = footer.index().size() == 0
                        ? footer.indexOffset()
                        : footer.index().offset(0);
                contentHash = footer.contentHash();
                index = wholeChunks(decoder, footer.index(), losses);
            } catch (final CorruptDataException ex) {
                // What the footer would have said is found by the walk.
                final Format2Scanner scanner = new Format2Scanner(file, decoder, losses);
                dataOffset = header == null ? scanner.nextChunk(0) : dataOffset;
                index = scanner.walk(dataOffset);
            }
        }
        if (headerFault != null) {
            if (index.size() == 0) {
                throw headerFault;
            }
            losses.add(0, new Loss(0, dataOffset, "header and metadata: " + headerFault.getMessage()));
        }
        return new Format2Reader(file, header, index, contentHash, losses);
    }

    private static Format2Index wholeChunks(
            final Format2ChunkDecoder decoder, final Format2Index found, final List<Loss> losses) throws IOException {
        final Format2Index whole = new Format2Index();
        final Format2ChunkHeader entry = new Format2ChunkHeader();
        for (int i = 0; i < found.size(); i++) {
            String fault = decoder.read(found, i);
            fault = fault == null ? decoder.check() : fault;
            found.entry(i, entry);
            if (fault == null) {
                whole.add(found.offset(i), entry);
            } else {
                losses.add(new Loss(found.offset(i), entry.length(), Format2Scanner.records(entry) + ": " + fault));
            }
        }
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
     * @return the metadata; null if {@link #recover recovery} found it damaged.
     */
    public SessionMetadata metadata() {
        return header == null ? null : header.metadata();
    }

    /**
     * How many records a full chunk has.
     *
     * @return from 1; the most that there can be if {@link #recover recovery} found the header damaged.
     */
    public int chunkCapacity() {
        return header == null ? MAX_CHUNK_CAPACITY : header.chunkCapacity();
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
     * Sequence of the last record that the reader shows.
     *
     * @return 0 if there is none. Greater than {@link #recordCount()} if records before it are missing.
     */
    public long lastSequence() {
        return index.lastSequence();
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
     * What the index says about a chunk.
     *
     * @param chunk from 0 to {@link #chunkCount()} - 1.
     * @return a new description.
     * @throws IllegalArgumentException if there is no such chunk.
     */
    public Format2Chunk chunk(final int chunk) {
        if (chunk < 0 || chunk >= index.size()) {
            throw new IllegalArgumentException("chunk is " + chunk + ", must be 0 to " + (index.size() - 1));
        }
        return index.describe(chunk);
    }

    /**
     * Whether the footer was whole, and the chunks were not looked for.
     *
     * @return true for every file that {@link #open} accepted.
     */
    public boolean indexed() {
        return contentHash != null;
    }

    /**
     * The {@link ContentHash} of all records, as the footer has it. It is compared with the records by {@link Format2Verifier}.
     *
     * @return 64 hexadecimal digits, or null if the footer was not whole.
     */
    public String contentHash() {
        return contentHash == null ? null : ContentHash.toHex(contentHash);
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
    public Format2Cursor cursor() {
        return new Format2Cursor(this);
    }

    /**
     * Hands all records to a handler.
     *
     * @param handler called for each batch in order of sequence.
     * @throws CorruptDataException if a chunk is damaged; the records before it have been handed over.
     * @throws IOException          if the file cannot be read.
     */
    public void forEach(final SlotBatchHandler handler) throws IOException {
        cursor.seekSequence(0);
        while (cursor.nextBatch() > 0) {
            handler.onBatch(cursor.slots(), cursor.low(), cursor.high());
        }
    }

    /** Makes a decoder for the chunks that the reader shows. */
    Format2ChunkDecoder decoder() {
        return new Format2ChunkDecoder(file, chunkCapacity());
    }

    /** The chunks that the reader shows. */
    Format2Index index() {
        return index;
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
