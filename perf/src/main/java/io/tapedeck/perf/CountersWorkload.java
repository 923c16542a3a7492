package io.tapedeck.perf;

import io.tapedeck.engine.pipeline.CounterValue;
import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.feed.counter.FeedCounters;
import io.tapedeck.feed.mold.PublisherCounter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a publisher counts for each packet, in a counters file, which is mapped; somebody who looks finds it there. */
final class CountersWorkload implements Workload {
    private static final int PACKETS = 10_000_000;
    private static final int MESSAGES_PER_PACKET = 38;
    private static final int PACKET_LENGTH = 1_464;
    private static final String UNIT = "u0";

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path path;
    private final FeedCounters<PublisherCounter> counters;
    private long packets;
    private long allocatedBytes;

    CountersWorkload() throws IOException {
        path = Files.createTempFile("tapedeck-bench", ".counters");
        path.toFile().deleteOnExit();
        counters = new FeedCounters<>(CountersFile.create(path, 16), UNIT, PublisherCounter.values());
    }

    @Override
    public long run() throws IOException {
        final long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        count();
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        packets += PACKETS;
        requireInFile(PublisherCounter.PACKETS, packets);
        requireInFile(PublisherCounter.MESSAGES, packets * MESSAGES_PER_PACKET);
        requireInFile(PublisherCounter.BYTES, packets * PACKET_LENGTH);
        return 3L * PACKETS;
    }

    @Override
    public String remark() {
        Workload.require(allocatedBytes == 0, allocatedBytes + " bytes were allocated");
        return String.format(Locale.ROOT, "no byte allocated in the last run of %,d packets", PACKETS);
    }

    private void count() {
        for (int i = 0; i < PACKETS; i++) {
            counters.add(PublisherCounter.PACKETS, 1);
            counters.add(PublisherCounter.MESSAGES, MESSAGES_PER_PACKET);
            counters.add(PublisherCounter.BYTES, PACKET_LENGTH);
        }
    }

    private void requireInFile(final PublisherCounter counter, final long expected) throws IOException {
        long value = -1;
        for (final CounterValue each : CountersFile.open(path).look()) {
            value = each.label().equals(counter.label(UNIT)) ? each.value() : value;
        }
        Workload.require(value == expected, counter + " is " + value + " and not " + expected);
    }
}
