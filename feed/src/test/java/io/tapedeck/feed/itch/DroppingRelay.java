package io.tapedeck.feed.itch;

import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Passes packets on from socket to socket, loses some, sends some twice, and knows what a listener has to report. */
final class DroppingRelay implements AutoCloseable {
    private static final int SEQUENCE_OFFSET = 10;
    private static final int COUNT_OFFSET = 18;
    private static final int END_OF_SESSION = 0xFFFF;

    final List<String> expectedGaps = new ArrayList<>();
    long duplicateMessages;
    long passed;
    private final UdpReceiver in;
    private final UdpSender out;
    private final SplittableRandom random;
    private final double loss;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(1 << 16);
    private long received;
    private long nextToPass = 1;

    DroppingRelay(final UdpEndpoint destination, final long seed, final double loss) throws IOException {
        in = UdpReceiver.open(new UdpContext(UdpEndpoint.parse("127.0.0.1:0")));
        out = UdpSender.open(new UdpContext(destination));
        random = new SplittableRandom(seed);
        this.loss = loss;
    }

    UdpEndpoint endpoint() {
        return in.endpoint();
    }

    /** Takes packets until it has had as many as were sent to it. */
    void relay(final long sent) throws IOException {
        while (received < sent) {
            final int length = in.receive();
            if (length == UdpReceiver.NOTHING) {
                Thread.onSpinWait();
                continue;
            }
            received++;
            in.buffer().getBytes(0, packet.clear(), length);
            packet.flip();
            pass();
        }
    }

    private void pass() {
        final long sequence = packet.getLong(SEQUENCE_OFFSET);
        final int count = packet.getShort(COUNT_OFFSET) & 0xFFFF;
        if (count != END_OF_SESSION && random.nextDouble() < loss) {
            return;
        }
        if (sequence > nextToPass) {
            expectedGaps.add("gap " + nextToPass + "-" + (sequence - 1));
        }
        nextToPass = sequence + (count == END_OF_SESSION ? 0 : count);
        send();
        if (count != END_OF_SESSION && random.nextDouble() < loss) {
            duplicateMessages += count;
            send();
        }
    }

    private void send() {
        out.send(packet.duplicate());
        passed++;
    }

    @Override
    public void close() throws IOException {
        in.close();
        out.close();
    }
}
