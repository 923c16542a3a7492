package io.tapedeck.perf;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Stages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Makes chunks of the first million records of a tape as a writer does, up to a stage: what a stage costs is the
 * difference to the one before.
 */
final class Format2StagesWorkload implements Workload {
    private static final int BATCH = 256;
    private static final int RECORDS = 1 << 20;

    /** How far the work goes. */
    enum Stage {
        HASH,
        EXAMINE,
        PACK,
        ASSEMBLE
    }

    private final SlotArray slots = new SlotArray(RECORDS);
    private final Format2Stages stages = new Format2Stages(Format2Descriptor.DEFAULT_CHUNK_CAPACITY);
    private final TapeContent content;
    private final Stage last;
    private int count;

    Format2StagesWorkload(final TapeContent content, final Stage last, final Path data)
            throws IOException, InterruptedException {
        this.content = content;
        this.last = last;
        try (Format2Reader reader = Format2Reader.open(content.record(new TemporaryRun(), data))) {
            reader.forEach(this::keep);
        }
        Workload.require(count == RECORDS, "the tape has " + count + " records");
    }

    private void keep(final SlotArray batch, final long low, final long high) {
        for (long at = low; at <= high && count < RECORDS; at++) {
            slots.buffer()
                    .putBytes(slots.offset(count++), batch.buffer(), batch.offset(at), EventSlotDescriptor.SLOT_LENGTH);
        }
    }

    @Override
    public long run() {
        long length = 0;
        int hashed = 0;
        for (int low = 0; low < RECORDS; low += BATCH) {
            hashed += stages.hash(slots, low, BATCH) ? BATCH : 0;
            if (last.compareTo(Stage.EXAMINE) >= 0) {
                stages.examine(slots, low, BATCH);
            }
            if ((low + BATCH) % Format2Descriptor.DEFAULT_CHUNK_CAPACITY == 0) {
                length += endChunk();
            }
        }
        stages.rewind();
        // All but those with a carried message among them, at the beginning of the day.
        Workload.require(hashed > RECORDS * 9L / 10, hashed + " records were hashed");
        if (last == Stage.ASSEMBLE) {
            content.requireSize(length, RECORDS);
        }
        return RECORDS;
    }

    private int endChunk() {
        if (last.compareTo(Stage.PACK) >= 0) {
            stages.pack();
        }
        if (last == Stage.ASSEMBLE) {
            final ByteBuffer chunk = stages.assemble();
            return chunk.limit();
        }
        stages.drop();
        return 0;
    }
}
