package io.tapedeck.feed.soup;

import org.agrona.MutableDirectBuffer;

/** Takes the packets that the other side of a {@link SoupConnection} sent. */
@FunctionalInterface
public interface SoupPacketHandler {
    /**
     * A packet that is no heartbeat and no debug text.
     *
     * @param type   of the packet; any byte may arrive.
     * @param buffer with the payload, valid until this method returns.
     * @param offset of the payload, in bytes.
     * @param length of the payload, in bytes; any may arrive.
     */
    void onPacket(byte type, MutableDirectBuffer buffer, int offset, int length);
}
