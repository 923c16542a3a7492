package io.tapedeck.perf;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the first million records of a tape from memory to a temporary file. */
final class Format2WriteWorkload implements Workload {
    private static final int BATCH = 256;
    private static final int RECORDS = 1 << 20;

    private final TemporaryRun run = new TemporaryRun();
    private final SlotArray slots = new SlotArray(RECORDS);
    private final TapeContent content;
    private final SessionMetadata metadata;
    private final Path file;
    private String contentHash;
    private int count;

    Format2WriteWorkload(final TapeContent content, final Path data) throws IOException, InterruptedException {
        this.content = content;
        final Path tape = content.record(run, data);
        file = tape.resolveSibling("again.qrsdp");
        try (Format2Reader reader = Format2Reader.open(tape)) {
            metadata = reader.metadata();
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
    public long run() throws IOException {
        final Format2Writer writer = Format2Writer.replace(
                file, metadata, Format2Descriptor.DEFAULT_CHUNK_CAPACITY, SyncPolicy.parse("none"));
        try (writer) {
            for (long low = 0; low < RECORDS; low += BATCH) {
                writer.append(slots, low, low + BATCH - 1);
            }
        }
        content.requireSize(writer.lengthBytes(), RECORDS);
        if (contentHash == null) {
            contentHash = writer.contentHash();
            requireSame();
        }
        Workload.require(writer.contentHash().equals(contentHash), "the content is not the one of the run before");
        return RECORDS;
    }

    /** What was written reads as what was appended, bit for bit. */
    private void requireSame() throws IOException {
        final long[] seen = new long[1];
        try (Format2Reader reader = Format2Reader.open(file)) {
            reader.forEach((batch, low, high) -> {
                for (long at = low; at <= high; at++, seen[0]++) {
                    for (int i = 0; i < EventSlotDescriptor.SLOT_LENGTH; i += Long.BYTES) {
                        Workload.require(
                                batch.buffer().getLong(batch.offset(at) + i)
                                        == slots.buffer().getLong(slots.offset(seen[0]) + i),
                                "record " + (at + 1) + " is not the one that was appended");
                    }
                }
            });
        }
        Workload.require(seen[0] == RECORDS, seen[0] + " records of " + RECORDS);
    }
}
