package io.tapedeck.feed.mold;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link MoldReceiver} has counted, over all sessions, altogether and on each line.
 *
 * <p><b>Note:</b> written by the receiver's thread, and read by it; {@link ReceiverCounters} shows it to others.
 */
public final class ReceiverCounts {
    private final List<LineCounts> lines = new ArrayList<>();
    private final LineCounts answers = new LineCounts();
    private long packetCount;
    private long usedPacketCount;
    private long malformedPacketCount;
    private long otherSessionPacketCount;
    private long oldPacketCount;
    private long overflowPacketCount;
    private long duplicateMessageCount;
    private long heartbeatCount;
    private long messageCount;
    private long gapCount;
    private long missingMessageCount;
    private long requestCount;

    ReceiverCounts(final int lineCount) {
        for (int line = 0; line < lineCount; line++) {
            lines.add(new LineCounts());
        }
    }

    void onSession(final long firstSequence) {
        for (int line = 0; line < lines.size(); line++) {
            lines.get(line).onSession(firstSequence);
        }
    }

    void onPacket() {
        packetCount++;
    }

    void onUsed() {
        usedPacketCount++;
    }

    void onMalformed() {
        malformedPacketCount++;
    }

    void onOtherSession() {
        otherSessionPacketCount++;
    }

    void onOld() {
        oldPacketCount++;
    }

    void onOverflow() {
        overflowPacketCount++;
    }

    void onDuplicates(final long messages) {
        duplicateMessageCount += messages;
    }

    void onHeartbeat() {
        heartbeatCount++;
    }

    void onMessage() {
        messageCount++;
    }

    void onGap(final long messages) {
        gapCount++;
        missingMessageCount += messages;
    }

    void onRequests(final int requests) {
        requestCount += requests;
    }

    /**
     * Counts of a line.
     *
     * @param line 0 for A, 1 for B, or {@link MoldReceiver#ANSWERS}.
     * @return always the same object.
     */
    public LineCounts line(final int line) {
        return line == MoldReceiver.ANSWERS ? answers : lines.get(line);
    }

    /**
     * Packets of any kind, on all lines and in answer to requests.
     *
     * @return how many were taken.
     */
    public long packetCount() {
        return packetCount;
    }

    /**
     * Sound packets of the session, while it was not over.
     *
     * @return how many there were, those that said nothing new included.
     */
    public long usedPacketCount() {
        return usedPacketCount;
    }

    /**
     * Packets that are none of MoldUDP64's.
     *
     * @return how many were skipped.
     */
    public long malformedPacketCount() {
        return malformedPacketCount;
    }

    /**
     * Packets of sessions that were not followed.
     *
     * @return how many were skipped.
     */
    public long otherSessionPacketCount() {
        return otherSessionPacketCount;
    }

    /**
     * Packets whose messages had all come or been reported missing before, and packets from behind the end of a session.
     *
     * @return how many were skipped.
     */
    public long oldPacketCount() {
        return oldPacketCount;
    }

    /**
     * Packets that would have had to wait and found no room.
     *
     * @return how many were treated as lost.
     */
    public long overflowPacketCount() {
        return overflowPacketCount;
    }

    /**
     * Messages that had come or been reported missing before.
     *
     * @return how many were skipped.
     */
    public long duplicateMessageCount() {
        return duplicateMessageCount;
    }

    /**
     * Heartbeats of the session.
     *
     * @return how many there were, on all lines.
     */
    public long heartbeatCount() {
        return heartbeatCount;
    }

    /**
     * Messages given to the handler.
     *
     * @return how many, the one that it is being given included.
     */
    public long messageCount() {
        return messageCount;
    }

    /**
     * Gaps reported to the handler.
     *
     * @return how many were given up.
     */
    public long gapCount() {
        return gapCount;
    }

    /**
     * Messages in those gaps.
     *
     * @return how many were given up.
     */
    public long missingMessageCount() {
        return missingMessageCount;
    }

    /**
     * Requests sent, repetitions included.
     *
     * @return 0 where nobody is asked.
     */
    public long requestCount() {
        return requestCount;
    }

    /**
     * Messages that an answer brought before any line did.
     *
     * @return 0 where nobody is asked.
     */
    public long recoveredMessageCount() {
        return answers.firstMessageCount();
    }
}
