package io.tapedeck.feed.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.MoldPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A publisher at full speed while clients ask for what it overwrites, and while somebody floods the request port with
 * rubbish: every answer is right, and no message of the feed is missing.
 */
@Tag("campaign")
@Timeout(600)
class RequestStressTest {
    private static final long MESSAGES = Long.getLong("tapedeck.requests.messages", 2_000_000);
    private static final MoldSession SESSION = MoldSession.of("STRESS");
    private static final int LENGTH = 24;

    private final AtomicBoolean isDone = new AtomicBoolean();

    @Test
    void shouldAnswerRightAndLoseNothingWhenItIsFlooded() throws Exception {
        final CountingSink sink = new CountingSink();
        final MoldPublisher publisher = new MoldPublisher(
                new PublisherContext(SESSION).recentLength(1 << 17).lineThreads(YieldingIdleStrategy::new), sink);
        final RequestServer server = new RequestServer(new RequestServerContext(
                SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))));
        final CompletableFuture<long[]> client;
        final CompletableFuture<Long> flood;
        final ServerThread serving = ServerThread.start(server);
        try {
            client = CompletableFuture.supplyAsync(() -> ask(server, publisher));
            flood = CompletableFuture.supplyAsync(() -> flood(server));
            try {
                for (long sequence = 1; sequence <= MESSAGES; sequence++) {
                    final int offset = publisher.claim(sequence, LENGTH);
                    publisher.buffer().putLong(offset, sequence, ByteOrder.BIG_ENDIAN);
                    publisher.buffer().putLong(offset + 8, ~sequence);
                    publisher.buffer().putLong(offset + 16, sequence * 31);
                }
                publisher.flush();
            } finally {
                isDone.set(true);
            }
            assertThat(client.get(30, TimeUnit.SECONDS)[1]).isZero();
            assertThat(flood.get(30, TimeUnit.SECONDS)).isPositive();
        } finally {
            serving.close();
            publisher.close();
        }

        assertThat(sink.messages).isEqualTo(MESSAGES).isEqualTo(publisher.count(PublisherCounter.MESSAGES));
        assertThat(sink.isWrong).isFalse();
        assertThat(client.get()[0]).isPositive();
        assertThat(server.count(RequestCounter.FAILED)).isZero();
        assertThat(server.count(RequestCounter.MALFORMED)).isPositive();
        long counted = 0;
        for (final RequestCounter counter : RequestCounter.values()) {
            counted += server.count(counter);
        }
        assertThat(counted - server.count(RequestCounter.MESSAGES))
                .isEqualTo(2 * server.count(RequestCounter.RECEIVED));
    }

    /** Asks for recent messages, mostly those that are about to go; answers how many came and how many were wrong. */
    private long[] ask(final RequestServer server, final MoldPublisher publisher) {
        final long[] rightAndWrong = new long[2];
        final SplittableRandom random = new SplittableRandom(1);
        try (RequestingClient asking = new RequestingClient(server.endpoint())) {
            while (!isDone.get()) {
                final long next = publisher.packets().nextSequence();
                final int kept = publisher.packets().capacity() * 56;
                asking.ask(SESSION, Math.max(1, next - random.nextInt(kept + 100)), 1 + random.nextInt(100));
                while (asking.poll()) {
                    check(asking, rightAndWrong);
                }
            }
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
        return rightAndWrong;
    }

    private static void check(final RequestingClient client, final long[] rightAndWrong) {
        while (client.packet.next() == MoldPacketReader.MESSAGE) {
            final long sequence = client.packet.messageSequence();
            final int offset = client.packet.messageOffset();
            final boolean isRight = client.packet.isOf(SESSION)
                    && client.packet.messageLength() == LENGTH
                    && client.buffer().getLong(offset, ByteOrder.BIG_ENDIAN) == sequence
                    && client.buffer().getLong(offset + 8) == ~sequence
                    && client.buffer().getLong(offset + 16) == sequence * 31;
            rightAndWrong[isRight ? 0 : 1]++;
        }
    }

    /** Requests with random bytes in them, of random lengths, from ever new ports. */
    private Long flood(final RequestServer server) {
        final SplittableRandom random = new SplittableRandom(2);
        long sent = 0;
        try {
            while (!isDone.get()) {
                try (RequestingClient flooding = new RequestingClient(server.endpoint())) {
                    for (int i = 0; i < 200; i++) {
                        if (random.nextInt(4) > 0) {
                            flooding.ask(
                                    random.nextBoolean() ? SESSION : MoldSession.of("OTHER"), random.nextLong(), 9);
                        } else {
                            final byte[] rubbish = new byte[random.nextInt(100)];
                            random.nextBytes(rubbish);
                            flooding.send(rubbish);
                        }
                        sent++;
                    }
                }
            }
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
        return sent;
    }

    /** Looks at the numbers of every packet. */
    private static final class CountingSink implements PacketSink {
        private long messages;
        private boolean isWrong;

        @Override
        public int send(final ByteBuffer packet) {
            final int start = packet.position();
            isWrong |= packet.getLong(start + 10) != messages + 1;
            messages += packet.getShort(start + 18);
            isWrong |= packet.getLong(packet.limit() - LENGTH) != messages;
            return 0;
        }

        @Override
        public void close() {}
    }
}
