package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounter;
import io.tapedeck.feed.counter.FeedPart;

/**
 * What a publisher counts. Each counter is written by the publisher's thread; anyone may read. Its label is
 * {@code <unit> feed-<name>}.
 */
public enum PublisherCounter implements FeedCounter {
    /** Packets sent, heartbeats and ends of session included. */
    PACKETS,

    /** Messages sent, empty ones included. */
    MESSAGES,

    /** Bytes sent as payload of packets. */
    BYTES,

    /** Heartbeats sent. */
    HEARTBEATS,

    /** Records that no message could be made of; each went out as an empty message. */
    REFUSED,

    /** How often a packet had to be offered to the system again because its send buffer was full. */
    SEND_RETRIES;

    @Override
    public FeedPart part() {
        return FeedPart.PUBLISHER;
    }
}
