package io.tapedeck.feed.recovery;

import io.tapedeck.feed.counter.FeedCounter;
import io.tapedeck.feed.counter.FeedPart;

/**
 * What a request server counts. Each counter is written by the server's thread; anyone may read. Its label is
 * {@code <unit> requests-<name>}. Every datagram is counted as received and as one of the others, messages apart.
 */
public enum RequestCounter implements FeedCounter {
    /** Datagrams that came. */
    RECEIVED,

    /** Requests answered with the packets published last. */
    FROM_RECENT,

    /** Requests answered from the journal. */
    FROM_JOURNAL,

    /** Messages in all answers. */
    MESSAGES,

    /** Datagrams that are no requests: of another length, from number 0, or for no message. */
    MALFORMED,

    /** Requests for another session. */
    FOREIGN,

    /** Requests for messages that have not been published. */
    FUTURE,

    /** Requests beyond what one client may ask for. */
    LIMITED,

    /** Requests for messages that are neither recent nor in the journal yet, or whose numbers were left out. */
    UNAVAILABLE,

    /** Requests that came to nothing because the journal could not be read or the answer not be sent. */
    FAILED;

    @Override
    public FeedPart part() {
        return FeedPart.REQUESTS;
    }
}
