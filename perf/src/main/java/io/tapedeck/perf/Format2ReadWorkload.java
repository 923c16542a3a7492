package io.tapedeck.perf;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format2.EventHandler;
import io.tapedeck.journal.format2.Format2Cursor;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.SlotBatchHandler;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** Reads a tape from the page cache, checksums included, in one of the ways that there are. */
final class Format2ReadWorkload implements Workload, SlotBatchHandler, EventHandler {
    /** What is taken of the records. */
    enum Way {
        /** Slots in batches; the handler looks at each. */
        BATCHES,
        /** A call from inside the loop that decodes. */
        EVENTS,
        /** The same of one instrument, the others left out. */
        ONE_INSTRUMENT,
        /** Times alone. */
        TIMES
    }

    private static final int INSTRUMENT = 7;
    private static final int TIMES = 4_096;

    private final TemporaryRun run = new TemporaryRun();
    private final Way way;
    private final Path file;
    private final long records;
    private final long[] timesNs = new long[TIMES];
    private long seen;
    private long sum;
    private long expected;

    Format2ReadWorkload(final TapeContent content, final Way way, final Path data)
            throws IOException, InterruptedException {
        this.way = way;
        file = content.record(run, data);
        try (Format2Reader reader = Format2Reader.open(file)) {
            records = reader.recordCount();
            reader.forEach(this::expect);
        }
        content.requireSize(Files.size(file), records);
    }

    /** Finds out by way of the batches what the other ways have to find. */
    private void expect(final SlotArray slots, final long low, final long high) {
        for (long at = low; at <= high; at++) {
            final int offset = slots.offset(at);
            if (way == Way.TIMES) {
                expected += longAt(slots.buffer(), offset + EventSlotDescriptor.EVENT_TIME_OFFSET);
            } else if (way == Way.ONE_INSTRUMENT) {
                expected += instrumentOf(slots.buffer(), offset) == INSTRUMENT ? at + 1 : 0;
            } else {
                expected += at + 1;
            }
        }
    }

    private static int instrumentOf(final DirectBuffer slots, final int offset) {
        return slots.getInt(
                offset
                        + (EventSlotDescriptor.isEvent(slots, offset)
                                ? EventSlotDescriptor.INSTRUMENT_ID_OFFSET
                                : ItchSlotDescriptor.INSTRUMENT_ID_OFFSET),
                ByteOrder.LITTLE_ENDIAN);
    }

    private static long longAt(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long run() throws IOException {
        seen = 0;
        sum = 0;
        try (Format2Reader reader = Format2Reader.open(file);
                Format2Cursor cursor = reader.cursor()) {
            switch (way) {
                case EVENTS:
                    while (cursor.nextEvents(this) > 0) {
                        seen += cursor.high() - cursor.low() + 1;
                    }
                    break;
                case ONE_INSTRUMENT:
                    cursor.onlyInstruments(instrument -> instrument == INSTRUMENT);
                    for (int count = cursor.nextEvents(this); count > 0; count = cursor.nextEvents(this)) {
                        seen += count;
                    }
                    seen += cursor.leftOutCount();
                    break;
                case TIMES:
                    for (int count = cursor.nextTimes(timesNs); count > 0; count = cursor.nextTimes(timesNs)) {
                        addTimes(count);
                    }
                    break;
                default:
                    reader.forEach(this);
            }
        }
        Workload.require(seen == records, seen + " records of " + records);
        Workload.require(sum == expected, "what was read adds up to " + sum + ", must be " + expected);
        return records;
    }

    private void addTimes(final int count) {
        long times = 0;
        for (int i = 0; i < count; i++) {
            times += timesNs[i];
        }
        sum += times;
        seen += count;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        seen += high - low + 1;
        long sequences = 0;
        for (long at = low; at <= high; at++) {
            sequences += longAt(slots.buffer(), slots.offset(at) + EventSlotDescriptor.SEQUENCE_OFFSET);
        }
        sum += sequences;
    }

    @Override
    public void onEvent(
            final long sequence,
            final long timeNs,
            final int eventType,
            final int side,
            final int flags,
            final int instrumentId,
            final long orderId,
            final long auxId,
            final int priceTicks,
            final int quantity) {
        if (way != Way.ONE_INSTRUMENT || instrumentId == INSTRUMENT) {
            sum += sequence;
        }
    }

    @Override
    public void onItchMessage(final DirectBuffer slots, final int offset) {
        if (way != Way.ONE_INSTRUMENT || instrumentOf(slots, offset) == INSTRUMENT) {
            sum += longAt(slots, offset + EventSlotDescriptor.SEQUENCE_OFFSET);
        }
    }
}
