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
 * <p>The records that were read last are kept. A client has several requests on their way at a time, and an answer holds
 * fewer messages than were asked for where one packet has no room for them, so the rests of answers are asked for behind
 * the reader's back; to go back in the journal means to decode a chunk from its beginning.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing but for the first request.
 */
final class JournalMessages implements AutoCloseable {
    /** Records that are kept: several times what a client has asked for at a time, in 256 KiB. */
    private static final int KEPT_RECORDS = 4_096;

    private final Path path;
    private final RecordToItch translator;
    private final SlotBatchHandler keeper = this::keep;

    /** A record lies in the slot of its sequence, until one with a later sequence needs the slot. */
    private final SlotArray kept = new SlotArray(KEPT_RECORDS);

    private Format2TailReader reader;

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
            if (!append(kept.offset(sequence + added), answer)) {
                return added;
            }
            added++;
        }
        return added;
    }

    private boolean append(final int slotOffset, final MoldPacketWriter answer) {
        final int length = translator.length(kept.buffer(), slotOffset);
        final int offset = answer.claim(Math.max(0, length));
        if (offset == MoldPacketWriter.FULL) {
            return false;
        }
        if (length < 0 || translator.translate(kept.buffer(), slotOffset, answer.buffer(), offset) < 0) {
            answer.empty(offset);
        }
        return true;
    }

    /** Makes sure that a record is kept, if it is in the journal. */
    private boolean find(final long sequence) throws IOException {
        if (isKept(sequence)) {
            return true;
        }
        if (reader == null) {
            reader = Format2TailReader.open(path, sequence);
        } else if (sequence < reader.nextSequence() || sequence - reader.nextSequence() >= KEPT_RECORDS) {
            // What lies between is read over where that is little: it is asked for next.
            reader.seekSequence(sequence);
        }
        while (reader.nextSequence() <= sequence) {
            if (reader.poll(keeper) == 0) {
                return false;
            }
        }
        return isKept(sequence);
    }

    private boolean isKept(final long sequence) {
        return kept.buffer()
                        .getLong(kept.offset(sequence) + EventSlotDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN)
                == sequence;
    }

    private void keep(final SlotArray batch, final long low, final long high) {
        for (long slot = low; slot <= high; slot++) {
            kept.buffer()
                    .putBytes(
                            kept.offset(slot + 1), batch.buffer(), batch.offset(slot), EventSlotDescriptor.SLOT_LENGTH);
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
