package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounter;
import io.tapedeck.feed.counter.FeedPart;

/** What a receiver counts over all lines. Its label is {@code <unit> receiver-<name>}. */
public enum ReceiverCounter implements FeedCounter {
    /** Packets that came, of any kind and session. */
    PACKETS,

    /** Messages given to the handler. */
    MESSAGES,

    /** Gaps that were given up. */
    GAPS,

    /** Messages that were given up. */
    MISSING,

    /** Requests sent for messages that were lost. */
    REQUESTS,

    /** Messages that answers of the request server brought first. */
    RECOVERED,

    /** Messages that came again. */
    DUPLICATES,

    /** Packets that are none. */
    MALFORMED,

    /** Packets of other sessions. */
    OTHER_SESSION,

    /** Packets for which there was no room to wait behind a gap. */
    OVERFLOWS,

    /** 1 while a message is missing and the handler waits, else 0. */
    IN_GAP;

    @Override
    public FeedPart part() {
        return FeedPart.RECEIVER;
    }
}
