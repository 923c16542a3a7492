package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.nassau.moldudp64.MoldUDP64DefaultMessageStore;
import com.paritytrading.nassau.moldudp64.MoldUDP64DownstreamPacket;
import com.paritytrading.nassau.moldudp64.MoldUDP64RequestServer;
import com.paritytrading.nassau.moldudp64.MoldUDP64Server;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.RecordingHandler;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A feed and a request server that nobody here wrote, with packets dropped on purpose, are followed without a loss. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NassauServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private static final String SESSION = "NASSAU    ";

    private final RecordingHandler handler = new RecordingHandler();
    private final MoldUDP64DefaultMessageStore store = new MoldUDP64DefaultMessageStore();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5})
    void shouldRecoverWhatAnotherServerPublished(final double loss) throws IOException {
        final TestTape tape = TestTape.random(12, 20_000);
        final SplittableRandom random = new SplittableRandom(1);
        try (DatagramChannel nowhere = bind();
                DatagramChannel requests = bind();
                MoldUDP64RequestServer requestServer = new MoldUDP64RequestServer(requests);
                FeedListener listener = new FeedListener(
                        new ListenerContext(new UdpContext(UdpEndpoint.of(ANY_PORT)))
                                .requestServer(
                                        new UdpContext(UdpEndpoint.of((InetSocketAddress) requests.getLocalAddress()))),
                        handler);
                MoldUDP64Server lively = server(listener.endpoint());
                MoldUDP64Server deaf = server(UdpEndpoint.of((InetSocketAddress) nowhere.getLocalAddress()))) {
            final MoldUDP64DownstreamPacket packet = new MoldUDP64DownstreamPacket();
            int next = 0;
            while (next < tape.size()) {
                packet.clear();
                final int first = next + 1;
                final int most = 1 + random.nextInt(30);
                while (next < tape.size()
                        && packet.messageCount() < most
                        && packet.remaining() > tape.messages.get(next).length + 2) {
                    store.put(ByteBuffer.wrap(tape.messages.get(next)));
                    packet.put(ByteBuffer.wrap(tape.messages.get(next++)));
                }
                publish(random.nextDouble() < loss ? deaf : lively, packet, first);
                requestServer.serve(store);
                listener.doWork();
            }
            lively.setNextSequenceNumber(tape.size() + 1);
            lively.sendEndOfSession();
            while (!listener.receiver().isEnded()) {
                requestServer.serve(store);
                listener.doWork();
            }

            assertThat(handler.events)
                    .containsExactly("session " + MoldSession.of(SESSION), "end " + (tape.size() + 1));
            assertThat(handler.messages).usingElementComparator(Arrays::compare).isEqualTo(tape.messages);
            assertThat(listener.receiver().recoveredMessageCount() > 0).isEqualTo(loss > 0);
        }
    }

    private static void publish(final MoldUDP64Server server, final MoldUDP64DownstreamPacket packet, final int first)
            throws IOException {
        server.setNextSequenceNumber(first);
        server.send(packet);
    }

    private static MoldUDP64Server server(final UdpEndpoint destination) throws IOException {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.connect(destination.address());
        return new MoldUDP64Server(channel, SESSION);
    }

    private static DatagramChannel bind() throws IOException {
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(ANY_PORT);
        channel.configureBlocking(false);
        return channel;
    }
}
