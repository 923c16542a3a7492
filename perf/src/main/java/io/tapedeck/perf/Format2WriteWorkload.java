package io.tapedeck.perf;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.BitUtil;

/** Writes the records of a simulated day from memory to a temporary file. */
final class Format2WriteWorkload implements Workload {
    private static final int BATCH = 256;
    private static final int CHUNK_CAPACITY = Format2Descriptor.DEFAULT_CHUNK_CAPACITY;

    private final TemporaryRun run = new TemporaryRun();
    private final SlotArray slots;
    private final long records;
    private final SessionMetadata metadata;
    private final String contentHash;
    private final Path file;

    Format2WriteWorkload() throws IOException, InterruptedException {
        final UnitDayResult day = run.run(UnitConsumers.NONE).days().get(0);
        records = day.entry().recordCount();
        contentHash = day.entry().contentHash();
        file = day.file().resolveSibling("again.qrsdp");
        slots = new SlotArray(BitUtil.findNextPositivePowerOfTwo((int) records));
        final long[] count = new long[1];
        try (Format2Reader reader = Format2Reader.open(day.file())) {
            metadata = reader.metadata();
            reader.forEach((batch, low, high) -> {
                for (long sequence = low; sequence <= high; sequence++) {
                    slots.buffer()
                            .putBytes(
                                    slots.offset(count[0]++),
                                    batch.buffer(),
                                    batch.offset(sequence),
                                    EventSlotDescriptor.SLOT_LENGTH);
                }
            });
        }
    }

    @Override
    public long run() throws IOException {
        final Format2Writer writer = Format2Writer.replace(file, metadata, CHUNK_CAPACITY, SyncPolicy.parse("none"));
        try (writer) {
            for (long low = 0; low < records; low += BATCH) {
                writer.append(slots, low, Math.min(low + BATCH, records) - 1);
            }
        }
        Workload.require(writer.contentHash().equals(contentHash), "the content is not the one that the engine wrote");
        return records;
    }
}
