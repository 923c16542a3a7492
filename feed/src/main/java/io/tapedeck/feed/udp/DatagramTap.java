package io.tapedeck.feed.udp;

import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/**
 * Sees every datagram that is received, as it is, before anything is made of it.
 *
 * <p><b>Note:</b> called on the thread that receives.
 */
@FunctionalInterface
public interface DatagramTap {
    /**
     * A datagram was received.
     *
     * @param source      that sent it; IPv4.
     * @param destination that it was sent to: a group, or an address of this host; IPv4.
     * @param buffer      with its payload, valid until this method returns.
     * @param offset      of the payload, in bytes.
     * @param length      of the payload, in bytes.
     */
    void onDatagram(
            InetSocketAddress source, InetSocketAddress destination, DirectBuffer buffer, int offset, int length);
}
