package io.tapedeck.feed.glimpse;

import io.tapedeck.feed.counter.FeedCounter;

/**
 * What a snapshot server counts. Each counter is written by the server's thread; anyone may read. Its label is
 * {@code <unit> glimpse-<name>}. Every connection is counted once when it comes and once, with the reason, when it goes.
 */
public enum GlimpseCounter implements FeedCounter {
    /** Connections that came. */
    CONNECTIONS(341, "connections"),

    /** Logins that were accepted. */
    LOGINS(342, "logins"),

    /** Snapshots that were taken; one may serve several clients. */
    SNAPSHOTS(343, "snapshots"),

    /** Clients that were sent a whole snapshot. */
    SERVED(344, "served"),

    /** Bytes of snapshots that were sent. */
    BYTES(345, "bytes"),

    /** Connections closed at once because there were as many as there may be. */
    REFUSED(346, "refused"),

    /** Ended: the login was rejected. */
    REJECTED(347, "rejected"),

    /** Ended: the client logged out. */
    LOGGED_OUT(348, "logged-out"),

    /** Ended: the client closed the connection, or it broke. */
    DISCONNECTED(349, "disconnected"),

    /** Ended: nothing was heard of the client for 15 seconds, or no login within 30. */
    SILENT(350, "silent"),

    /** Ended: the client took nothing for 15 seconds, or too little when others needed the room. */
    SLOW(351, "slow"),

    /** Ended: the client sent what is no packet, or none that it may send. */
    MALFORMED(352, "malformed"),

    /** Ended: there is no snapshot, because the books are lost or too large. */
    UNAVAILABLE(353, "unavailable"),

    /** Ended with the session. */
    SESSION_ENDED(354, "session-ended");

    private final int typeId;
    private final String text;

    GlimpseCounter(final int typeId, final String text) {
        this.typeId = typeId;
        this.text = text;
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public String label(final String unit) {
        return unit + " glimpse-" + text;
    }
}
