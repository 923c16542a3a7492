package io.tapedeck.feed.recovery;

import io.tapedeck.feed.counter.FeedCounter;

/**
 * What a request server counts. Each counter is written by the server's thread; anyone may read. Its label is
 * {@code <unit> requests-<name>}. Every datagram is counted as received and as one of the others, messages apart.
 */
public enum RequestCounter implements FeedCounter {
    /** Datagrams that came. */
    RECEIVED(321, "received"),

    /** Requests answered with the packets published last. */
    FROM_RECENT(322, "from-recent"),

    /** Requests answered from the journal. */
    FROM_JOURNAL(323, "from-journal"),

    /** Messages in all answers. */
    MESSAGES(324, "messages"),

    /** Datagrams that are no requests: of another length, from number 0, or for no message. */
    MALFORMED(325, "malformed"),

    /** Requests for another session. */
    FOREIGN(326, "foreign"),

    /** Requests for messages that have not been published. */
    FUTURE(327, "future"),

    /** Requests beyond what one client may ask for. */
    LIMITED(328, "limited"),

    /** Requests for messages that are neither recent nor in the journal yet, or whose numbers were left out. */
    UNAVAILABLE(329, "unavailable"),

    /** Requests that came to nothing because the journal could not be read or the answer not be sent. */
    FAILED(330, "failed");

    private final int typeId;
    private final String text;

    RequestCounter(final int typeId, final String text) {
        this.typeId = typeId;
        this.text = text;
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public String label(final String unit) {
        return unit + " requests-" + text;
    }
}
