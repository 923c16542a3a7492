package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * The whole chunks, without a gap, that a file begins with whose writer did not close it. Records that are made again are
 * compared with them one by one. What comes behind the first fault counts as not written.
 */
final class Format2Prefix implements AutoCloseable {
    private static final String REMEDY =
            "The file is left as it is. Resume with the program that wrote it; or move the file"
                    + " away, and resume makes the day from its beginning";

    private final Format2Reader reader;
    private final Format2Cursor cursor;
    private final Format2Index index = new Format2Index();
    private final long end;
    private long next;
    private long high = -1;

    /**
     * Looks for the chunks.
     *
     * @param reader       of the file, recovered; closed by this.
     * @param headerLength where the first chunk begins.
     */
    Format2Prefix(final Format2Reader reader, final long headerLength) {
        this.reader = reader;
        final Format2Index whole = reader.index();
        final Format2ChunkHeader entry = new Format2ChunkHeader();
        long behind = headerLength;
        for (int i = 0; i < whole.size(); i++) {
            if (whole.offset(i) != behind || whole.firstSequence(i) != index.lastSequence() + 1) {
                break;
            }
            index.add(behind, whole.entry(i, entry));
            behind = whole.end(i);
        }
        end = behind;
        cursor = reader.cursor();
    }

    /** Sequence of the last record, or 0. */
    long lastSequence() {
        return index.lastSequence();
    }

    /** Offset behind the last chunk. */
    long end() {
        return end;
    }

    /** The chunks, to be continued by whoever writes on. */
    Format2Index index() {
        return index;
    }

    /**
     * Compares the next records.
     *
     * @param count       1 or more, and no more than are left.
     * @param contentHash takes them in.
     * @throws CorruptDataException at the first one that is another.
     */
    void match(final DirectBuffer slots, final int offset, final int count, final ContentHash contentHash)
            throws IOException {
        int at = offset;
        int left = count;
        while (left > 0) {
            if (next > high) {
                cursor.nextBatch();
                next = cursor.low();
                high = cursor.high();
            }
            final int taken = (int) Math.min(left, high - next + 1);
            for (int i = 0; i < taken; i++) {
                requireSame(slots, at + i * SLOT_LENGTH, next + i);
            }
            contentHash.update(cursor.slots(), next, next + taken - 1);
            next += taken;
            at += taken * SLOT_LENGTH;
            left -= taken;
        }
    }

    private void requireSame(final DirectBuffer slots, final int offset, final long position) {
        final DirectBuffer written = cursor.slots().buffer();
        final int writtenOffset = cursor.slots().offset(position);
        if (!RecordText.isSame(slots, offset, written, writtenOffset)) {
            final long sequence = position + 1;
            throw new CorruptDataException(
                    reader.path(),
                    index.offset(index.chunkOfSequence(sequence)),
                    "record " + sequence + " is " + RecordText.of(written, writtenOffset) + " on the tape, and "
                            + RecordText.of(slots, offset) + " when it is made again",
                    REMEDY);
        }
    }

    @Override
    public void close() {
        cursor.close();
        reader.close();
    }
}
