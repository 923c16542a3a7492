package io.tapedeck.feed.pcap;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.udp.UdpEndpoint;

/**
 * Packets of one MoldUDP64 session that a capture shows going to one place.
 *
 * @param session     that the packets name.
 * @param destination group or host, and port.
 * @param packetCount sound packets.
 * @param firstNs     when the first one was captured, in nanoseconds since 1970, UTC.
 */
public record CapturedFlow(MoldSession session, UdpEndpoint destination, long packetCount, long firstNs) {
    @Override
    public String toString() {
        return "session " + session + " to " + destination + ", " + packetCount + " packets";
    }
}
