package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounter;

/**
 * What a publisher counts. Each counter is written by the publisher's thread; anyone may read. Its label is
 * {@code <unit> feed-<name>}.
 */
public enum PublisherCounter implements FeedCounter {
    /** Packets sent, heartbeats and ends of session included. */
    PACKETS(301, "packets"),

    /** Messages sent, empty ones included. */
    MESSAGES(302, "messages"),

    /** Bytes sent as payload of packets. */
    BYTES(303, "bytes"),

    /** Heartbeats sent. */
    HEARTBEATS(304, "heartbeats"),

    /** Records that no message could be made of; each went out as an empty message. */
    REFUSED(305, "refused"),

    /** How often a packet had to be offered to the system again because its send buffer was full. */
    SEND_RETRIES(306, "send-retries");

    private final int typeId;
    private final String text;

    PublisherCounter(final int typeId, final String text) {
        this.typeId = typeId;
        this.text = text;
    }

    @Override
    public int typeId() {
        return typeId;
    }

    @Override
    public String label(final String unit) {
        return unit + " feed-" + text;
    }
}
