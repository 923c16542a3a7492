package io.tapedeck.feed.itch;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** Passes the packets of a feed on from socket to socket as a profile says, and knows which messages passed. */
final class LossyRelay implements AutoCloseable {
    /** Messages that passed on any line. */
    final BitSet passedMessages = new BitSet();

    /** Packets sent on, on all lines. */
    long passed;

    private final LossProfile profile;
    private final List<Line> lines = new ArrayList<>();
    private final SplittableRandom random;

    /** Packets of the first line up to which all are lost. */
    private long burstEnd;

    /** A line, with the packets that are held back on it. */
    private static final class Line {
        private final UdpReceiver in;
        private final UdpSender out;
        private final ByteBuffer packet = ByteBuffer.allocateDirect(MoldDescriptor.MAX_PAYLOAD_LENGTH);
        private final List<Held> held = new ArrayList<>();
        private long received;

        private Line(final UdpReceiver in, final UdpSender out) {
            this.in = in;
            this.out = out;
        }
    }

    /** A packet, and the one behind which it goes. */
    private record Held(ByteBuffer packet, long untilPacket) {}

    LossyRelay(final LossProfile profile, final long seed, final List<UdpEndpoint> destinations) throws IOException {
        this.profile = profile;
        random = new SplittableRandom(seed);
        for (final UdpEndpoint destination : destinations) {
            lines.add(new Line(
                    UdpReceiver.open(new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))),
                    UdpSender.open(new UdpContext(destination))));
        }
    }

    /** Where a publisher has to send a line to. */
    UdpEndpoint endpoint(final int line) {
        return lines.get(line).in.endpoint();
    }

    /** Takes packets until each line has had as many as were sent to it. */
    void relay(final long sentPackets) throws IOException {
        for (final Line line : lines) {
            while (line.received < sentPackets) {
                final int length = line.in.receive();
                if (length == UdpReceiver.NOTHING) {
                    Thread.onSpinWait();
                    continue;
                }
                line.received++;
                line.in.buffer().getBytes(0, line.packet.clear(), length);
                pass(line, line.packet.flip());
                release(line, line.received);
            }
        }
    }

    private void pass(final Line line, final ByteBuffer packet) {
        final int count = packet.getShort(MoldDescriptor.MESSAGE_COUNT_OFFSET) & 0xFFFF;
        if (count == MoldDescriptor.END_OF_SESSION_COUNT) {
            release(line, Long.MAX_VALUE);
            send(line, packet);
            return;
        }
        if (isLost(line)) {
            return;
        }
        final int copies = random.nextDouble() < profile.duplicates() ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            if (random.nextDouble() < profile.reordered()) {
                final ByteBuffer kept = ByteBuffer.allocateDirect(packet.remaining());
                kept.put(packet.duplicate()).flip();
                line.held.add(new Held(kept, line.received + 1 + random.nextInt(profile.maxHold())));
            } else {
                send(line, packet);
            }
        }
    }

    private boolean isLost(final Line line) {
        if (profile.isLineSilent() && line == lines.get(lines.size() - 1)) {
            return true;
        }
        if (line == lines.get(0) && line.received > burstEnd && random.nextDouble() < profile.burstShare()) {
            burstEnd = line.received + profile.burstLength();
        }
        return line.received <= burstEnd || random.nextDouble() < profile.loss();
    }

    private void release(final Line line, final long packet) {
        final Iterator<Held> held = line.held.iterator();
        while (held.hasNext()) {
            final Held next = held.next();
            if (next.untilPacket <= packet) {
                send(line, next.packet);
                held.remove();
            }
        }
    }

    private void send(final Line line, final ByteBuffer packet) {
        final int count = packet.getShort(MoldDescriptor.MESSAGE_COUNT_OFFSET) & 0xFFFF;
        if (count != MoldDescriptor.END_OF_SESSION_COUNT) {
            final int first = (int) packet.getLong(MoldDescriptor.SEQUENCE_OFFSET);
            passedMessages.set(first, first + count);
        }
        line.out.send(packet.duplicate());
        passed++;
    }

    @Override
    public void close() throws IOException {
        for (final Line line : lines) {
            line.in.close();
            line.out.close();
        }
    }
}
