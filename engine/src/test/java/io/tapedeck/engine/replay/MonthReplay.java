package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.feature.FeatureSink;
import io.tapedeck.engine.replay.feature.Features;
import io.tapedeck.engine.replay.feature.Trigger;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Replays a data set in a JVM of its own and says how often that one collected garbage behind the second day. */
public final class MonthReplay {
    private MonthReplay() {}

    /**
     * Prints days, records, rows, collections behind the second day, and KiB: the peak of the heap, the buffers outside of it
     * at the end.
     */
    public static void main(final String[] args) throws IOException {
        final DayCounter days = new DayCounter();
        final FeatureSink features;
        final CountSink count = new CountSink();
        final long bufferBytes;
        try (EventSource source = DataSetSource.open(Path.of(args[0]))) {
            features = new FeatureSink(
                    Features.of(List.of("mid", "micro", "spread", "imbalance:3", "ofi", "volume", "variance")),
                    Trigger.parse("touch"),
                    InstrumentTable.of(source.instruments()),
                    (sequence, timeNs, instrumentId, values) -> {});
            ReplayPipeline.from(source)
                    .sink("days", days)
                    .sink("hash", new HashSink())
                    .sink("books", new BookSink(new OrderBooks(), null))
                    .sink("features", features)
                    .sink("count", count)
                    .build()
                    .run();
            bufferBytes = MemoryUse.bufferBytes();
        }
        final long collections = collections() - days.collectionsBefore;
        System.out.println(days.count + " " + count.recordCount() + " " + features.rowCount() + " " + collections + " "
                + (MemoryUse.peakHeapBytes() >> 10) + " " + (bufferBytes >> 10));
    }

    /** Notes the number of collections when the third day begins; a collection is asked for just before. */
    private static final class DayCounter implements ReplayHandler {
        private int count;
        private long collectionsBefore;

        @Override
        public void onSession(final LocalDate date) {
            count++;
            if (count == 3) {
                System.gc();
                collectionsBefore = collections();
            }
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {}
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }
}
