package io.tapedeck.feed.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.MoldPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdpSocketTest {
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress("127.0.0.1", 9);

    private final ByteBuffer packet = ByteBuffer.allocateDirect(100);

    @Test
    void shouldCallTheSystemOncePerPacket() {
        final StubbornChannel channel = new StubbornChannel();
        try (MoldPublisher publisher = publisher(channel)) {
            publish(publisher, 1_000);

            assertThat(publisher.count(PublisherCounter.PACKETS))
                    .isEqualTo(channel.sends)
                    .isEqualTo(27);
            assertThat(publisher.count(PublisherCounter.BYTES)).isEqualTo(channel.bytes);
            assertThat(publisher.count(PublisherCounter.SEND_RETRIES)).isZero();
        }
    }

    @Test
    void shouldCallTheSystemOncePerPacketAndLine() {
        final StubbornChannel a = new StubbornChannel();
        final StubbornChannel b = new StubbornChannel();
        final MoldPublisher publisher = new MoldPublisher(
                new PublisherContext(MoldSession.of("TAPE")).lineThreads(YieldingIdleStrategy::new),
                new UdpSender(a, ANYWHERE),
                new UdpSender(b, ANYWHERE));
        publish(publisher, 1_000);
        publisher.close();

        assertThat(publisher.count(PublisherCounter.PACKETS))
                .isEqualTo(a.sends)
                .isEqualTo(b.sends)
                .isEqualTo(27);
    }

    @Test
    void shouldRefusePacketsThatTheInterfaceDoesNotCarryInOnePiece() throws IOException {
        final UdpContext context = new UdpContext(UdpEndpoint.parse("239.1.1.1:5001"));
        final int mtu = context.conclude().networkInterface().getMTU();
        context.checkPayload(mtu - 28);

        assertThatThrownBy(() -> context.checkPayload(mtu - 27))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + (mtu - 28));
    }

    @Test
    void shouldListenOnLoopbackUnlessAnInterfaceIsNamed() {
        assertThat(UdpContext.ownEndpoint(null, 5_101)).hasToString("127.0.0.1:5101");
        assertThat(UdpContext.ownEndpoint("127.0.0.1", 5_101)).hasToString("127.0.0.1:5101");
        assertThatThrownBy(() -> UdpContext.ownEndpoint("none9", 5_101)).hasMessageContaining("interface=none9");
    }

    @Test
    void shouldOfferAPacketAgainWhenTheSendBufferIsFull() {
        final StubbornChannel channel = new StubbornChannel();
        channel.refusals = 5;
        try (MoldPublisher publisher = publisher(channel)) {
            publish(publisher, 1_000);

            assertThat(channel.sends).isEqualTo(27 + 5);
            assertThat(publisher.count(PublisherCounter.PACKETS)).isEqualTo(27);
            assertThat(publisher.count(PublisherCounter.BYTES)).isEqualTo(channel.bytes);
            assertThat(publisher.count(PublisherCounter.SEND_RETRIES)).isEqualTo(5);
        }
    }

    @Test
    void shouldNameDestinationAndLengthWhenAPacketCannotBeSent() {
        final StubbornChannel channel = new StubbornChannel();
        channel.failure = new IOException("Network is unreachable");
        try (UdpSender sender = new UdpSender(channel, ANYWHERE)) {
            assertThatThrownBy(() -> sender.send(packet))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:9")
                    .hasMessageContaining("length=100")
                    .hasRootCause(channel.failure);
        }
    }

    @Test
    void shouldSendToAHostOnWhichNobodyListens() throws IOException {
        final UdpEndpoint nobody;
        try (UdpReceiver receiver = open("127.0.0.1:0")) {
            nobody = receiver.endpoint();
        }
        try (UdpSender sender = UdpSender.open(new UdpContext(nobody))) {
            for (int i = 0; i < 10; i++) {
                assertThat(sender.send(packet.clear())).isZero();
            }
        }
    }

    @Test
    void shouldReachEveryListenerOfAGroup() throws IOException {
        try (UdpReceiver first = open("239.1.1.2:0");
                UdpReceiver second = open(first.endpoint().toString());
                UdpReceiver otherGroup =
                        open("239.1.1.3:" + first.endpoint().address().getPort());
                UdpSender sender = UdpSender.open(new UdpContext(first.endpoint()))) {
            packet.putLong(0, 42);
            sender.send(packet);

            for (final UdpReceiver receiver : new UdpReceiver[] {first, second}) {
                assertThat(await(receiver)).isEqualTo(100);
                assertThat(receiver.buffer().getLong(0, ByteOrder.BIG_ENDIAN)).isEqualTo(42);
                assertThat(receiver.receive()).isEqualTo(UdpReceiver.NOTHING);
            }
            assertThat(otherGroup.receive()).isEqualTo(UdpReceiver.NOTHING);
        }
    }

    @Test
    void shouldSayWhatTheSystemGrantedWhenMoreIsAskedFor() throws IOException {
        final UdpContext context = new UdpContext(UdpEndpoint.parse("127.0.0.1:0"));
        try (UdpReceiver small = UdpReceiver.open(context.bufferLength(8_192));
                UdpReceiver huge = UdpReceiver.open(context.bufferLength(Integer.MAX_VALUE))) {
            assertThat(small.receiveBufferLength()).isPositive();
            assertThat(huge.receiveBufferLength()).isGreaterThan(small.receiveBufferLength());
        }
    }

    @Test
    void shouldNotLeaveTheHostUnlessAnInterfaceIsNamed() throws IOException {
        final UdpContext away = new UdpContext(UdpEndpoint.parse("192.0.2.1:5001"));

        assertThatThrownBy(() -> UdpSender.open(away))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192.0.2.1:5001");
        assertThat(new UdpContext(UdpEndpoint.parse("239.1.1.1:5001"))
                        .conclude()
                        .networkInterface()
                        .isLoopback())
                .isTrue();
        UdpSender.open(away.interfaceName("127.0.0.1")).close();
    }

    @Test
    void shouldNameTheSettingWhenItMakesNoSense() {
        final UdpEndpoint endpoint = UdpEndpoint.parse("239.1.1.1:5001");
        assertThatThrownBy(() -> UdpSender.open(new UdpContext(endpoint).timeToLive(256)))
                .hasMessageContaining("timeToLive=256");
        assertThatThrownBy(() -> UdpSender.open(new UdpContext(endpoint).bufferLength(0)))
                .hasMessageContaining("bufferLength=0");
        assertThatThrownBy(() -> UdpSender.open(new UdpContext(endpoint).interfaceName("none9")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("interface=none9");
        assertThatThrownBy(() -> UdpSender.open(new UdpContext(endpoint.withPort(0))))
                .hasMessageContaining("destination=239.1.1.1:0");
    }

    @Test
    void shouldNameTheEndpointWhenItIsTaken() throws IOException {
        try (UdpReceiver receiver = open("127.0.0.1:0")) {
            assertThatThrownBy(() -> open(receiver.endpoint().toString()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(receiver.endpoint().toString());
        }
    }

    private static UdpReceiver open(final String endpoint) throws IOException {
        return UdpReceiver.open(new UdpContext(UdpEndpoint.parse(endpoint)));
    }

    private static int await(final UdpReceiver receiver) throws IOException {
        int length = receiver.receive();
        while (length == UdpReceiver.NOTHING) {
            Thread.onSpinWait();
            length = receiver.receive();
        }
        return length;
    }

    private static MoldPublisher publisher(final StubbornChannel channel) {
        return new MoldPublisher(new PublisherContext(MoldSession.of("TAPE")), new UdpSender(channel, ANYWHERE));
    }

    private static void publish(final MoldPublisher publisher, final int messages) {
        for (int sequence = 1; sequence <= messages; sequence++) {
            publisher.claim(sequence, 36);
        }
        publisher.flush();
    }
}
