package io.tapedeck.feed.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.itch.TestTape;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A MoldUDP64 client that nobody here wrote follows a feed that loses packets, and asks for them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NassauRecoveryTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final int BATCH = 256;
    private static final long FIRST_SEQUENCE = 1;

    private final List<byte[]> messages = new ArrayList<>();
    private final Status status = new Status();
    private RequestServer server;
    private MoldUDP64Client client;

    @ParameterizedTest
    @CsvSource({
        "itch/aapl-20120621-0930-1030.itch50, 0.05, 1",
        "itch/nasdaq-20191230-open.itch50, 0.2, 2",
        "random, 0.01, 3",
        "random, 0.5, 4"
    })
    void shouldGiveAnotherClientEveryMessageInOrderWhenPacketsAreLost(
            final String name, final double loss, final long seed) throws IOException {
        final TestTape tape = name.equals("random") ? TestTape.random(seed, 20_000) : TestTape.file(name);
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress("127.0.0.1", 0));
        channel.configureBlocking(false);
        final UdpEndpoint endpoint = UdpEndpoint.of((InetSocketAddress) channel.getLocalAddress());
        final LossySink lossy = new LossySink(UdpSender.open(new UdpContext(endpoint)), loss, seed);
        final ItchPublisher publisher = new ItchPublisher(
                new PublisherContext(SESSION)
                        .endOfSessionNs(0)
                        .flushIntervalNs(0)
                        .heartbeatIntervalNs(1),
                tape.directory,
                lossy);
        server = new RequestServer(new RequestServerContext(
                SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))));
        try {
            client = new MoldUDP64Client(channel, server.endpoint().address(), this::keep, status, FIRST_SEQUENCE);
            for (int low = 0; low < tape.size(); low += BATCH) {
                publisher.onBatch(tape.slots, low, Math.min(low + BATCH, tape.size()) - 1);
                publisher.onIdle(low);
                catchUp(publisher, lossy, low + 1, Math.min(low + BATCH, tape.size()));
            }
            lossy.loss = 0;
            publisher.onClose();
            while (!status.ended) {
                client.receive();
            }
        } finally {
            server.onClose();
            client.close();
        }

        assertThat(lossy.lost).isPositive();
        assertThat(status.requests).isPositive();
        assertThat(messages).hasSize(tape.size());
        for (int i = 0; i < tape.size(); i++) {
            assertThat(messages.get(i)).as("message %d", i + 1).isEqualTo(tape.messages.get(i));
        }
    }

    /** A heartbeat that is not lost tells the client what there is. */
    private void catchUp(final ItchPublisher publisher, final LossySink lossy, final long nowNs, final int size)
            throws IOException {
        final double loss = lossy.loss;
        lossy.loss = 0;
        publisher.onIdle(nowNs);
        publisher.onIdle(nowNs + 2);
        lossy.loss = loss;
        while (messages.size() < size) {
            client.receive();
            server.doWork();
        }
    }

    private void keep(final ByteBuffer message) {
        final byte[] copy = new byte[message.remaining()];
        message.get(copy);
        messages.add(copy);
    }

    private static final class LossySink implements PacketSink {
        private final PacketSink sink;
        private final SplittableRandom random;
        private double loss;
        private int lost;

        LossySink(final PacketSink sink, final double loss, final long seed) {
            this.sink = sink;
            this.loss = loss;
            random = new SplittableRandom(seed);
        }

        @Override
        public int send(final ByteBuffer packet) {
            if (random.nextDouble() < loss) {
                lost++;
                return 0;
            }
            return sink.send(packet);
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    private static final class Status implements MoldUDP64ClientStatusListener {
        private boolean ended;
        private int requests;

        @Override
        public void state(final MoldUDP64Client client, final MoldUDP64ClientState next) {}

        @Override
        public void downstream(final MoldUDP64Client client, final long sequence, final int count) {}

        @Override
        public void request(final MoldUDP64Client client, final long sequence, final int count) {
            requests++;
        }

        @Override
        public void endOfSession(final MoldUDP64Client client) {
            ended = true;
        }
    }
}
