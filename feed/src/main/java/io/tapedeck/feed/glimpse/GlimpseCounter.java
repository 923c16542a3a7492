package io.tapedeck.feed.glimpse;

import io.tapedeck.feed.counter.FeedCounter;
import io.tapedeck.feed.counter.FeedPart;

/**
 * What a snapshot server counts. Each counter is written by the server's thread; anyone may read. Its label is
 * {@code <unit> glimpse-<name>}. Every connection is counted once when it comes and once, with the reason, when it goes.
 */
public enum GlimpseCounter implements FeedCounter {
    /** Connections that came. */
    CONNECTIONS,

    /** Logins that were accepted. */
    LOGINS,

    /** Snapshots that were taken; one may serve several clients. */
    SNAPSHOTS,

    /** Clients that were sent a whole snapshot. */
    SERVED,

    /** Bytes of snapshots that were sent. */
    BYTES,

    /** Connections closed at once because there were as many as there may be. */
    REFUSED,

    /** Ended: the login was rejected. */
    REJECTED,

    /** Ended: the client logged out. */
    LOGGED_OUT,

    /** Ended: the client closed the connection, or it broke. */
    DISCONNECTED,

    /** Ended: nothing was heard of the client for 15 seconds, or no login within 30. */
    SILENT,

    /** Ended: the client took nothing for 15 seconds, or too little when others needed the room. */
    SLOW,

    /** Ended: the client sent what is no packet, or none that it may send. */
    MALFORMED,

    /** Ended: there is no snapshot, because the books are lost or too large. */
    UNAVAILABLE,

    /** Ended with the session. */
    SESSION_ENDED;

    @Override
    public FeedPart part() {
        return FeedPart.GLIMPSE;
    }
}
