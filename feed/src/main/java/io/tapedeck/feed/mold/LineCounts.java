package io.tapedeck.feed.mold;

/**
 * What came over one line of a feed: A, B, or the answers of the request server.
 *
 * <p><b>Note:</b> written by the receiver's thread, and read by it.
 */
public final class LineCounts {
    /** Number that the line itself is expected to send next. */
    private long nextSequence;

    private long packetCount;
    private long messageCount;
    private long firstMessageCount;
    private long gapCount;
    private long missingMessageCount;

    LineCounts() {}

    void onSession(final long firstSequence) {
        nextSequence = firstSequence;
    }

    void onPacket() {
        packetCount++;
    }

    /** Takes the numbers of a sound packet of the session; {@code end} is the number behind its last message. */
    void onNumbers(final long sequence, final long end) {
        messageCount += end - sequence;
        if (sequence > nextSequence) {
            gapCount++;
            missingMessageCount += sequence - nextSequence;
        }
        nextSequence = Math.max(nextSequence, end);
    }

    /** Takes the numbers of an answer, which follow no order. */
    void onAnswer(final int messages) {
        messageCount += messages;
    }

    void onFirst(final long messages) {
        firstMessageCount += messages;
    }

    /**
     * Packets of any kind and session.
     *
     * @return how many the line brought.
     */
    public long packetCount() {
        return packetCount;
    }

    /**
     * Messages of the session.
     *
     * @return how many the line brought, those included that were there already.
     */
    public long messageCount() {
        return messageCount;
    }

    /**
     * Messages that this line brought before any other.
     *
     * @return over all lines the number of messages taken.
     */
    public long firstMessageCount() {
        return firstMessageCount;
    }

    /**
     * How often the line's own numbers left some out, whether or not another line had them.
     *
     * @return 0 for the answers of a request server.
     */
    public long gapCount() {
        return gapCount;
    }

    /**
     * Messages in those gaps; packets that came late on the same line are not taken off.
     *
     * @return 0 for the answers of a request server.
     */
    public long missingMessageCount() {
        return missingMessageCount;
    }
}
