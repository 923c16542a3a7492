package io.tapedeck.feed.udp;

import java.nio.ByteBuffer;

/**
 * Takes finished packets, in order: a socket, or whatever else packets go to.
 *
 * <p><b>Note:</b> called by one thread.
 */
public interface PacketSink extends AutoCloseable {
    /**
     * Takes one packet whole, and waits where there is no room for it.
     *
     * @param packet from its position to its limit, which are undefined afterwards; the bytes are the caller's again
     *               when the call has returned.
     * @return how many times it had to be offered again; 0 as a rule.
     * @throws java.io.UncheckedIOException when it cannot be taken.
     */
    int send(ByteBuffer packet);

    /** Gives back what the sink holds. */
    @Override
    void close();
}
