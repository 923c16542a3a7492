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
        counters.set(ReceiverCounter.PACKETS, receiver.packetCount());
        counters.set(ReceiverCounter.MESSAGES, receiver.messageCount());
        counters.set(ReceiverCounter.GAPS, receiver.gapCount());
        counters.set(ReceiverCounter.MISSING, receiver.missingMessageCount());
        counters.set(ReceiverCounter.REQUESTS, receiver.requestCount());
        counters.set(ReceiverCounter.RECOVERED, receiver.recoveredMessageCount());
        counters.set(ReceiverCounter.DUPLICATES, receiver.duplicateMessageCount());
        counters.set(ReceiverCounter.MALFORMED, receiver.malformedPacketCount());
        counters.set(ReceiverCounter.OTHER_SESSION, receiver.otherSessionPacketCount());
        counters.set(ReceiverCounter.OVERFLOWS, receiver.overflowPacketCount());
        counters.set(ReceiverCounter.IN_GAP, receiver.isInGap() ? 1 : 0);
        for (int line = 0; line < lines.size(); line++) {
            final LineCounts counts = receiver.line(line);
            final FeedCounters<LineCounter> own = lines.get(line);
            own.set(LineCounter.PACKETS, counts.packetCount());
            own.set(LineCounter.MESSAGES, counts.messageCount());
            own.set(LineCounter.FIRST, counts.firstMessageCount());
            own.set(LineCounter.GAPS, counts.gapCount());
            own.set(LineCounter.MISSING, counts.missingMessageCount());
        }
    }
}
