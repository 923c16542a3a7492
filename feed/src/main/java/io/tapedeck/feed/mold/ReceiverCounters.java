package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounters;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.status.CountersManager;

/**
 * Shows what a receiver has counted to whoever looks from outside. The receiver keeps its counts to itself, where they
 * cost nothing; they are copied from time to time. <b>Note:</b> belongs to the receiver's thread; allocates nothing.
 */
public final class ReceiverCounters {
    /** The first word of the labels. */
    public static final String UNIT = "listener";

    private final MoldReceiver receiver;
    private final FeedCounters<ReceiverCounter> counters;
    private final List<FeedCounters<LineCounter>> lines = new ArrayList<>();

    /**
     * Adds the counters.
     *
     * @param manager   to add them to.
     * @param receiver  whose they are.
     * @param lineCount how many lines it has.
     */
    public ReceiverCounters(final CountersManager manager, final MoldReceiver receiver, final int lineCount) {
        this.receiver = receiver;
        counters = new FeedCounters<>(manager, UNIT, ReceiverCounter.values());
        for (int line = 0; line < lineCount; line++) {
            lines.add(new FeedCounters<>(manager, UNIT + " " + (char) ('a' + line), LineCounter.values()));
        }
    }

    /** Copies the counts. */
    public void update() {
        final ReceiverCounts counts = receiver.counts();
        counters.set(ReceiverCounter.PACKETS, counts.packetCount());
        counters.set(ReceiverCounter.MESSAGES, counts.messageCount());
        counters.set(ReceiverCounter.GAPS, counts.gapCount());
        counters.set(ReceiverCounter.MISSING, counts.missingMessageCount());
        counters.set(ReceiverCounter.REQUESTS, counts.requestCount());
        counters.set(ReceiverCounter.RECOVERED, counts.recoveredMessageCount());
        counters.set(ReceiverCounter.DUPLICATES, counts.duplicateMessageCount());
        counters.set(ReceiverCounter.MALFORMED, counts.malformedPacketCount());
        counters.set(ReceiverCounter.OTHER_SESSION, counts.otherSessionPacketCount());
        counters.set(ReceiverCounter.OVERFLOWS, counts.overflowPacketCount());
        counters.set(ReceiverCounter.IN_GAP, receiver.isInGap() ? 1 : 0);
        for (int line = 0; line < lines.size(); line++) {
            final LineCounts lineCounts = counts.line(line);
            final FeedCounters<LineCounter> own = lines.get(line);
            own.set(LineCounter.PACKETS, lineCounts.packetCount());
            own.set(LineCounter.MESSAGES, lineCounts.messageCount());
            own.set(LineCounter.FIRST, lineCounts.firstMessageCount());
            own.set(LineCounter.GAPS, lineCounts.gapCount());
            own.set(LineCounter.MISSING, lineCounts.missingMessageCount());
        }
    }
}
