package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A MoldUDP64 client that nobody here wrote follows the feed. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NassauTest {
    private static final String GROUP = "239.1.1.6";
    private static final int BATCH = 256;

    private final List<byte[]> messages = new ArrayList<>();
    private final Status status = new Status();
    private long downstreamPackets;
    private long heartbeats;

    @Test
    void shouldBeUnderstoodByAnotherClient() throws IOException {
        final TestTape tape = TestTape.random(9, 20_000);
        follow(tape);

        assertThat(messages).hasSize(tape.size());
        for (int i = 0; i < tape.size(); i++) {
            assertThat(messages.get(i)).as("message %d", i + 1).isEqualTo(tape.messages.get(i));
        }
    }

    @Test
    void shouldKeepItsNumbersForAnotherClientWhenARecordIsRefused() throws IOException {
        final TestTape tape = TestTape.random(10, 1_000);
        final int refused = 500;
        tape.slots.buffer().putByte(tape.slots.offset(refused) + EventSlotDescriptor.EVENT_TYPE_OFFSET, (byte) 99);
        tape.messages.set(refused, new byte[0]);
        assertThat(follow(tape).count(PublisherCounter.REFUSED)).isEqualTo(1);

        assertThat(messages).hasSize(tape.size());
        assertThat(messages.get(refused)).isEmpty();
        assertThat(messages.get(refused + 1)).isEqualTo(tape.messages.get(refused + 1));
    }

    /** In lock step; the client must never see a reason to ask for anything. */
    private ItchPublisher follow(final TestTape tape) throws IOException {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(GROUP, 0));
        channel.join(InetAddress.getByName(GROUP), NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        channel.configureBlocking(false);
        final int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        final UdpContext udp = new UdpContext(UdpEndpoint.parse(GROUP + ":" + port));
        final PublisherContext context = new PublisherContext(MoldSession.of("2601020000"))
                .endOfSessionNs(0)
                .flushIntervalNs(0);
        try (MoldUDP64Client client =
                new MoldUDP64Client(channel, new InetSocketAddress("127.0.0.1", 9), this::keep, status)) {
            final ItchPublisher publisher = new ItchPublisher(context, tape.directory, UdpSender.open(udp));
            for (long low = 0; low < tape.size(); low += BATCH) {
                publisher.onBatch(tape.slots, low, Math.min(low + BATCH, tape.size()) - 1);
                publisher.onIdle(0);
                while (downstreamPackets < publisher.count(PublisherCounter.PACKETS)) {
                    client.receive();
                }
            }
            publisher.onIdle(0);
            publisher.onIdle(Long.MAX_VALUE);
            while (downstreamPackets < publisher.count(PublisherCounter.PACKETS)) {
                client.receive();
            }
            assertThat(publisher.count(PublisherCounter.HEARTBEATS))
                    .isEqualTo(1)
                    .isEqualTo(heartbeats);
            publisher.onClose();
            while (!status.ended) {
                client.receive();
            }
            return publisher;
        }
    }

    private void keep(final ByteBuffer message) {
        final byte[] copy = new byte[message.remaining()];
        message.get(copy);
        messages.add(copy);
    }

    private final class Status implements MoldUDP64ClientStatusListener {
        private boolean ended;

        @Override
        public void state(final MoldUDP64Client client, final MoldUDP64ClientState next) {
            assertThat(next).isEqualTo(MoldUDP64ClientState.SYNCHRONIZED);
        }

        @Override
        public void downstream(final MoldUDP64Client client, final long sequence, final int count) {
            downstreamPackets++;
            if (count == 0) {
                heartbeats++;
            }
        }

        @Override
        public void request(final MoldUDP64Client client, final long sequence, final int count) {
            throw new AssertionError("nothing was lost: sequence=" + sequence + ", count=" + count);
        }

        @Override
        public void endOfSession(final MoldUDP64Client client) {
            ended = true;
        }
    }
}
