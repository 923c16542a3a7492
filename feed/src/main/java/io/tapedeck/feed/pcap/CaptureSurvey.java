package io.tapedeck.feed.pcap;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in captures: a pass over them that finds every feed and counts what is none. A datagram belongs to a feed when
 * it is exactly the MoldUDP64 packet that its first bytes announce.
 *
 * <p><b>Note:</b> used by one thread.
 */
public final class CaptureSurvey {
    /** Far more than any feed; traffic that looks like so many is none. */
    private static final int MAX_FLOWS = 4_096;

    private final Map<Key, Found> found = new LinkedHashMap<>();
    private final UdpFrame frame = new UdpFrame();
    private final MoldPacketReader packet = new MoldPacketReader();
    private long frameCount;
    private long otherCount;
    private long fragmentCount;
    private long cutCount;
    private long cutBytes;

    /** What makes a flow. */
    private record Key(MoldSession session, int address, int port) {}

    /** What was counted of a flow. */
    private static final class Found {
        private long packetCount;
        private long firstNs;
    }

    /** Knows no capture yet. */
    public CaptureSurvey() {}

    /**
     * Takes in a capture.
     *
     * @param path of a pcap file.
     * @throws io.tapedeck.codecs.CorruptDataException if it cannot be read as one.
     * @throws IOException                             if it cannot be read.
     */
    public void scan(final Path path) throws IOException {
        try (PcapReader reader = PcapReader.open(path)) {
            while (reader.next()) {
                frameCount++;
                take(reader);
            }
            cutBytes += reader.cutBytes();
        }
    }

    /**
     * The feeds.
     *
     * @return in the order in which they were seen first; a copy.
     */
    public List<CapturedFlow> flows() {
        final List<CapturedFlow> flows = new ArrayList<>();
        found.forEach((key, value) -> flows.add(
                new CapturedFlow(key.session, endpoint(key.address, key.port), value.packetCount, value.firstNs)));
        return flows;
    }

    /**
     * Frames of all captures.
     *
     * @return how many there are.
     */
    public long frameCount() {
        return frameCount;
    }

    /**
     * Frames that have to do with no feed.
     *
     * @return how many were skipped.
     */
    public long otherCount() {
        return otherCount;
    }

    /**
     * Parts of datagrams that were sent in several packets, which are not put together.
     *
     * @return how many were skipped.
     */
    public long fragmentCount() {
        return fragmentCount;
    }

    /**
     * Frames of IPv4 that were not captured whole, or whose lengths contradict each other.
     *
     * @return how many were skipped.
     */
    public long cutCount() {
        return cutCount;
    }

    /**
     * Bytes of frames at the ends of files that are not whole.
     *
     * @return 0 when no file was cut off.
     */
    public long cutBytes() {
        return cutBytes;
    }

    /** Whether a datagram is a whole downstream packet with a session name that can be read. */
    static boolean isSound(final MoldPacketReader packet, final PcapReader reader, final UdpFrame frame) {
        if (packet.wrap(reader.buffer(), frame.payloadOffset(), frame.payloadLength()) == MoldPacketReader.TRUNCATED) {
            return false;
        }
        int step = packet.next();
        while (step == MoldPacketReader.MESSAGE) {
            step = packet.next();
        }
        return step == MoldPacketReader.END_OF_PACKET
                && packet.remainingLength() == 0
                && packet.sequence() > 0
                && packet.sequence() + packet.messageCount() > 0
                && packet.session().toString().matches("[ -~]+");
    }

    static UdpEndpoint endpoint(final int address, final int port) {
        try {
            final byte[] bytes =
                    ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
            return UdpEndpoint.of(new InetSocketAddress(InetAddress.getByAddress(bytes), port));
        } catch (final IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void take(final PcapReader reader) {
        switch (frame.wrap(reader.linkType(), reader.buffer(), reader.frameOffset(), reader.frameLength())) {
            case UdpFrame.FRAGMENT:
                fragmentCount++;
                return;
            case UdpFrame.CUT:
                cutCount++;
                return;
            case UdpFrame.UDP:
                break;
            default:
                otherCount++;
                return;
        }
        if (!isSound(packet, reader, frame)) {
            otherCount++;
            return;
        }
        final Key key = new Key(packet.session(), frame.destinationAddress(), frame.destinationPort());
        Found flow = found.get(key);
        if (flow == null) {
            if (found.size() == MAX_FLOWS) {
                otherCount++;
                return;
            }
            flow = new Found();
            flow.firstNs = reader.timestampNs();
            found.put(key, flow);
        }
        flow.packetCount++;
    }
}
