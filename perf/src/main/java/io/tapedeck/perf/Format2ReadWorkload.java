package io.tapedeck.perf;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.SlotBatchHandler;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Reads a simulated day from the page cache, and builds its book if asked to. */
final class Format2ReadWorkload implements Workload, SlotBatchHandler {
    private final boolean isForBook;
    private final TemporaryRun run = new TemporaryRun();
    private final Path file;
    private final long records;
    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
    private long seen;
    private long sequences;
    private long expectedHash;

    Format2ReadWorkload(final boolean isForBook) throws IOException, InterruptedException {
        this.isForBook = isForBook;
        final UnitDayResult day = run.run(UnitConsumers.NONE).days().get(0);
        file = day.file();
        records = day.entry().recordCount();
    }

    @Override
    public long run() throws IOException {
        seen = 0;
        sequences = 0;
        builder.books().clear();
        try (Format2Reader reader = Format2Reader.open(file)) {
            reader.forEach(this);
        }
        Workload.require(seen == records, seen + " records of " + records);
        if (isForBook) {
            final long hash = builder.books().book(1).hash();
            Workload.require(expectedHash == 0 || hash == expectedHash, "the book differs from the run before");
            expectedHash = hash;
        } else {
            Workload.require(sequences == records * (records + 1) / 2, "a record is missing or came twice");
        }
        return records;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        seen += high - low + 1;
        if (isForBook) {
            builder.onBatch(slots, low, high);
        } else {
            for (long sequence = low; sequence <= high; sequence++) {
                sequences += slots.buffer()
                        .getLong(slots.offset(sequence) + EventSlotDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
            }
        }
    }
}
