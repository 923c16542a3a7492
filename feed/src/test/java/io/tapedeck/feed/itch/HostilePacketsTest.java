package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.CapturingSink;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dtapedeck.mutants=100000} makes the campaign longer. */
@Tag("campaign")
@Timeout(300)
class HostilePacketsTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final int MUTANTS_PER_LISTENER = 8;
    private static final int HOT_LENGTH = 24;

    private final HostilePackets hostile = new HostilePackets();

    /** A listener lives for a few packets only: one damaged number makes it take all that follows for old. */
    @Test
    void shouldFollowDamagedPackets() {
        final List<byte[]> packets = packets(1, "TODAY");
        long malformed = 0;
        long messages = 0;
        for (int first = 0; first < MUTANTS; first += MUTANTS_PER_LISTENER) {
            final HostilePackets listener = new HostilePackets();
            for (int seed = first; seed < first + MUTANTS_PER_LISTENER; seed++) {
                listener.take(ByteMutator.mutate(packets.get(seed % packets.size()), seed, HOT_LENGTH));
                listener.take(packets.get(seed % packets.size()));
            }
            malformed += listener.receiver.counts().malformedPacketCount();
            messages += listener.receiver.counts().messageCount();
        }

        assertThat(malformed).isGreaterThan(MUTANTS / 10);
        assertThat(messages).isGreaterThan(20L * MUTANTS);
    }

    @Test
    void shouldDeliverTheNextSessionWholeAfterDamagedPacketsFromTheWire() throws IOException {
        final List<byte[]> packets = packets(2, "TODAY");
        try (FeedListener listener = new FeedListener(
                        new ListenerContext(new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))), hostile);
                DatagramSocket socket = new DatagramSocket()) {
            for (int seed = 0; seed < MUTANTS; seed++) {
                send(socket, listener, ByteMutator.mutate(packets.get(seed % packets.size()), seed, HOT_LENGTH));
            }
            if (!listener.receiver().isEnded()) {
                send(socket, listener, endOf(listener));
            }
            final long messagesBefore = listener.receiver().counts().messageCount();
            final List<byte[]> tomorrow = packets(3, "TOMORROW");
            for (final byte[] packet : tomorrow) {
                send(socket, listener, packet);
            }

            assertThat(listener.receiver().isEnded()).isTrue();
            assertThat(listener.receiver().session()).hasToString("TOMORROW");
            assertThat(listener.receiver().counts().messageCount() - messagesBefore)
                    .isEqualTo(TestTape.random(3, 3_000).size());
        }
    }

    /** A whole session, its end included. */
    private static List<byte[]> packets(final long seed, final String session) {
        final TestTape tape = TestTape.random(seed, 3_000);
        final CapturingSink sink = new CapturingSink();
        final ItchPublisher publisher = new ItchPublisher(
                new PublisherContext(MoldSession.of(session)).endOfSessionNs(0), tape.directory, sink);
        publisher.onBatch(tape.slots, 0, tape.size() - 1);
        publisher.onClose();
        return sink.packets;
    }

    private static byte[] endOf(final FeedListener listener) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final int length = new MoldPacketWriter(listener.receiver().session(), buffer.capacity())
                .endOfSession(buffer, 0, listener.receiver().nextSequence());
        return Arrays.copyOf(buffer.byteArray(), length);
    }

    private static void send(final DatagramSocket socket, final FeedListener listener, final byte[] packet)
            throws IOException {
        final long before = listener.receiver().counts().packetCount();
        socket.send(
                new DatagramPacket(packet, packet.length, listener.endpoint().address()));
        while (listener.receiver().counts().packetCount() == before) {
            listener.doWork();
        }
    }
}
