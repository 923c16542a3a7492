package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.Format2Descriptor.*;

import io.tapedeck.journal.check.Loss;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the whole chunks of a file without its footer, by walking from chunk header to chunk header. Where no header can
 * be believed it looks for the next one, byte by byte.
 */
final class Format2Scanner {
    private static final int WINDOW_LENGTH = 1 << 16;

    private final ReadableFile file;
    private final Format2ChunkDecoder decoder;
    private final List<Loss> losses;
    private final Format2Index index = new Format2Index();
    private final UnsafeBuffer window = new UnsafeBuffer(new byte[WINDOW_LENGTH]);
    private long lastSequence;

    /**
     * Prepares a walk.
     *
     * @param losses receives, in file order, every part that gave no records.
     */
    Format2Scanner(final ReadableFile file, final Format2ChunkDecoder decoder, final List<Loss> losses) {
        this.file = file;
        this.decoder = decoder;
        this.losses = losses;
    }

    /** Walks from an offset to the end of the file, and gives the chunks that are whole. */
    Format2Index walk(final long dataOffset) throws IOException {
        long offset = dataOffset;
        while (offset < file.length()) {
            final String fault = headerFault(offset);
            if (fault == null) {
                offset = takeChunk(offset);
            } else if (isFooter(offset)) {
                losses.add(new Loss(
                        offset, file.length() - offset, "the footer, which is not whole; no records are lost here"));
                return index;
            } else {
                offset = skip(offset, fault);
            }
        }
        losses.add(new Loss(file.length(), 0, "the footer is missing; whether records came behind is not known"));
        return index;
    }

    private String headerFault(final long offset) throws IOException {
        final String fault = decoder.readHeader(offset);
        return fault != null || decoder.header().firstSequence() > lastSequence
                ? fault
                : "first sequence is " + decoder.header().firstSequence() + ", must be above " + lastSequence;
    }

    private long takeChunk(final long offset) throws IOException {
        final Format2ChunkHeader header = decoder.header();
        String fault = decoder.readPayload();
        fault = fault == null ? decoder.check() : fault;
        final long end = Math.min(decoder.end(), file.length());
        if (fault == null) {
            index.add(offset, header);
        } else {
            losses.add(new Loss(offset, end - offset, records(header) + ": " + fault));
        }
        lastSequence = header.lastSequence();
        return end;
    }

    /** The records of a chunk, in words. */
    static String records(final Format2ChunkHeader header) {
        return "records " + header.firstSequence() + " to " + header.lastSequence();
    }

    private boolean isFooter(final long offset) throws IOException {
        if (offset > file.length() - FOOTER_HEAD_LENGTH) {
            return false;
        }
        file.read(offset, window, 0, FOOTER_HEAD_LENGTH);
        return window.getInt(FOOTER_MAGIC_OFFSET, BYTE_ORDER) == FOOTER_MAGIC;
    }

    private long skip(final long offset, final String fault) throws IOException {
        final long next = nextChunk(offset + 1);
        losses.add(new Loss(offset, next - offset, recordsBefore(next) + ": " + fault));
        return next;
    }

    private String recordsBefore(final long next) {
        if (next == file.length()) {
            return "records from " + (lastSequence + 1) + " on, if there were any";
        }
        final long last = decoder.header().firstSequence() - 1;
        return last == lastSequence ? "no records" : "records " + (lastSequence + 1) + " to " + last;
    }

    /** The next offset with a header that can be believed, or the end of the file. */
    long nextChunk(final long from) throws IOException {
        final int step = WINDOW_LENGTH - Integer.BYTES + 1;
        for (long start = from; start <= file.length() - CHUNK_HEADER_LENGTH; start += step) {
            final int length = (int) Math.min(WINDOW_LENGTH, file.length() - start);
            file.read(start, window, 0, length);
            for (int i = 0; i <= length - Integer.BYTES; i++) {
                if (window.getInt(i, BYTE_ORDER) == CHUNK_MAGIC && headerFault(start + i) == null) {
                    return start + i;
                }
            }
        }
        return file.length();
    }
}
