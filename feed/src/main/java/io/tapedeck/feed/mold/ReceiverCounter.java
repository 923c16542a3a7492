package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounter;

/** What a receiver counts over all lines. Its label is {@code <unit> receiver-<name>}. */
public enum ReceiverCounter implements FeedCounter {
    /** Packets that came, of any kind and session. */
    PACKETS(361, "packets"),

    /** Messages given to the handler. */
    MESSAGES(362, "messages"),

    /** Gaps that were given up. */
    GAPS(363, "gaps"),

    /** Messages that were given up. */
    MISSING(364, "missing"),

    /** Requests sent for messages that were lost. */
    REQUESTS(365, "requests"),

    /** Messages that answers of the request server brought first. */
    RECOVERED(366, "recovered"),

    /** Messages that came again. */
    DUPLICATES(367, "duplicates"),

    /** Packets that are none. */
    MALFORMED(368, "malformed"),

    /** Packets of other sessions. */
    OTHER_SESSION(369, "other-session"),

    /** Packets for which there was no room to wait behind a gap. */
    OVERFLOWS(370, "overflows"),

    /** 1 while a message is missing and the handler waits, else 0. */
    IN_GAP(371, "in-gap");

    private final int typeId;
    private final String text;

    ReceiverCounter(final int typeId, final String text) {
        this.typeId = typeId;
        this.text = text;
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public String label(final String unit) {
        return unit + " receiver-" + text;
    }
}
