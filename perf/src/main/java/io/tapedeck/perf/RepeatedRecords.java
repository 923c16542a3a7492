package io.tapedeck.perf;

import static io.tapedeck.codecs.record.EventSlotDescriptor.*;

import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.format2.Format2Writer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps records and writes them again and again, each time an hour later and with ids and matches that are new. */
final class RepeatedRecords implements ReplayHandler {
    private static final int BATCH = 256;
    private static final int ID_SHIFT = 40;
    private static final long STEP_NS = TimeUnit.HOURS.toNanos(1);
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final SlotArray kept;
    private final SlotArray batch = new SlotArray(BATCH);
    private int count;

    RepeatedRecords(final SlotArray kept) {
        this.kept = kept;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            kept.buffer().putBytes(kept.offset(count++), slots.buffer(), slots.offset(at), SLOT_LENGTH);
        }
    }

    void append(final Format2Writer writer, final int time) throws IOException {
        for (int done = 0; done < count; done += BATCH) {
            final int size = Math.min(BATCH, count - done);
            batch.buffer().putBytes(0, kept.buffer(), kept.offset(done), size * SLOT_LENGTH);
            for (int at = 0; at < size * SLOT_LENGTH; at += SLOT_LENGTH) {
                change(batch.buffer(), at, (long) time * count, time);
            }
            writer.append(batch, 0, size - 1);
        }
    }

    private static void change(final UnsafeBuffer slots, final int at, final long sequences, final int time) {
        slots.putLong(at + SEQUENCE_OFFSET, slots.getLong(at + SEQUENCE_OFFSET, ORDER) + sequences, ORDER);
        slots.putLong(at + EVENT_TIME_OFFSET, slots.getLong(at + EVENT_TIME_OFFSET, ORDER) + time * STEP_NS, ORDER);
        if (isEvent(slots, at)) {
            final long ids = (long) time << ID_SHIFT;
            final long matches = slots.getLong(at + AUX_ID_OFFSET, ORDER);
            if (slots.getByte(at + EVENT_TYPE_OFFSET) < EventTypeCode.TRADE) {
                slots.putLong(at + ORDER_ID_OFFSET, slots.getLong(at + ORDER_ID_OFFSET, ORDER) + ids, ORDER);
            }
            slots.putLong(at + AUX_ID_OFFSET, matches == 0 ? 0 : matches + ids, ORDER);
        }
    }
}
