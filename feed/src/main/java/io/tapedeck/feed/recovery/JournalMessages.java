package io.tapedeck.feed.recovery;

import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.journal.format2.Format2TailReader;
import io.tapedeck.journal.format2.SlotBatchHandler;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The messages of the records in a journal, which may still be written. A record that no message can be made of is an
 * empty one, as on the feed.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing but for the first request.
 */
final class JournalMessages implements AutoCloseable {
    private final Path path;
    private final RecordToItch translator;
    private final SlotBatchHandler keeper = this::keep;
    private Format2TailReader reader;
    private SlotArray slots;
    private long low;
    private long high = -1;

    JournalMessages(final Path path, final InstrumentDirectory directory) {
        this.path = path;
        translator = new RecordToItch(directory);
    }

    /**
     * Adds messages to a packet until it is full.
     *
     * @param sequence of the first one.
     * @param count    how many at most.
     * @param answer   takes them.
     * @return how many were added; 0 when the first one is not in the journal yet.
     * @throws io.tapedeck.codecs.CorruptDataException when the journal is damaged.
     * @throws IOException                             when it cannot be read.
     */
    int append(final long sequence, final int count, final MoldPacketWriter answer) throws IOException {
        int added = 0;
        while (added < count && find(sequence + added)) {
            final int slotOffset = slots.offset(sequence + added - 1);
            if (!append(slotOffset, answer)) {
                return added;
            }
            added++;
        }
        return added;
    }

    private boolean append(final int slotOffset, final MoldPacketWriter answer) {
        final int length = translator.length(slots.buffer(), slotOffset);
        final int offset = answer.claim(Math.max(0, length));
        if (offset == MoldPacketWriter.FULL) {
            return false;
        }
        if (length < 0 || translator.translate(slots.buffer(), slotOffset, answer.buffer(), offset) < 0) {
            answer.empty(offset);
        }
        return true;
    }

    /** Makes sure that a record is in the batch at hand. */
    private boolean find(final long sequence) throws IOException {
        if (sequence > low && sequence <= high + 1) {
            return isThere(sequence);
        }
        if (reader == null) {
            reader = Format2TailReader.open(path, sequence);
        } else if (sequence != reader.nextSequence()) {
            reader.seekSequence(sequence);
        }
        high = -1;
        while (sequence > high + 1) {
            if (reader.poll(keeper) == 0) {
                return false;
            }
        }
        return isThere(sequence);
    }

    private boolean isThere(final long sequence) {
        final int offset = slots.offset(sequence - 1);
        return sequence > low
                && slots.buffer().getLong(offset + EventSlotDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN)
                        == sequence;
    }

    private void keep(final SlotArray batch, final long batchLow, final long batchHigh) {
        slots = batch;
        low = batchLow;
        high = batchHigh;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        low = 0;
        high = -1;
    }
}
