package io.tapedeck.feed.itch;

import io.tapedeck.engine.log.OperatorLog;
import io.tapedeck.feed.mold.ReceiverCounts;
import java.util.concurrent.TimeUnit;

/**
 * Tells the operator of a line that fell silent while another one goes on: nothing is lost yet, but what the other line
 * loses from now on is. <b>Note:</b> belongs to the receiver's thread; allocates only when there is something to tell.
 */
final class LineWatch {
    /** A feed sends something every second. */
    static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final OperatorLog LOG = new OperatorLog(LineWatch.class);

    private final ReceiverCounts counts;
    private final long[] packets;
    private final long[] heardNs;
    private final boolean[] isSilent;

    /** The first look starts the clock. */
    private boolean isStarted;

    LineWatch(final ReceiverCounts counts, final int lineCount) {
        this.counts = counts;
        packets = new long[lineCount];
        heardNs = new long[lineCount];
        isSilent = new boolean[lineCount];
    }

    void look(final long nowNs) {
        for (int line = 0; line < packets.length; line++) {
            final long count = counts.line(line).packetCount();
            if (count != packets[line] || !isStarted) {
                packets[line] = count;
                heardNs[line] = nowNs;
                if (isSilent[line]) {
                    isSilent[line] = false;
                    LOG.warn("line-back", "line {} is heard again", name(line));
                }
            }
        }
        isStarted = true;
        for (int line = 0; line < packets.length; line++) {
            if (!isSilent[line] && nowNs - heardNs[line] >= SILENCE_NS && isAnotherHeard(line, nowNs)) {
                isSilent[line] = true;
                LOG.warn(
                        "line-silent",
                        "line {} has been silent for {} s while another one goes on; look at its network, its group and"
                                + " the publisher's --itch-b: nothing takes the place of what the other one loses now",
                        name(line),
                        TimeUnit.NANOSECONDS.toSeconds(SILENCE_NS));
            }
        }
    }

    boolean isSilent(final int line) {
        return isSilent[line];
    }

    private boolean isAnotherHeard(final int line, final long nowNs) {
        for (int other = 0; other < packets.length; other++) {
            if (other != line && nowNs - heardNs[other] < SILENCE_NS) {
                return true;
            }
        }
        return false;
    }

    private static char name(final int line) {
        return (char) ('A' + line);
    }
}
