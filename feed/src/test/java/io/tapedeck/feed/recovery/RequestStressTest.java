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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A publisher at full speed while clients ask for what it overwrites, and while somebody floods the request port with
 * rubbish: every answer is right, and no message of the feed is missing. It publishes a number of messages, and then
 * waits until client and flood have been heard.
 */
@Tag("campaign")
@Timeout(600)
class RequestStressTest {
    private static final long MESSAGES = Long.getLong("tapedeck.requests.messages", 2_000_000);
    private static final MoldSession SESSION = MoldSession.of("STRESS");
    private static final int LENGTH = 24;
    private static final long POLL_NS = 1_000_000;

    private final AtomicBoolean isDone = new AtomicBoolean();
    private final AtomicLong rightMessages = new AtomicLong();

    @Test
    void shouldAnswerRightAndLoseNothingWhenItIsFlooded() throws Exception {
        final CountingSink sink = new CountingSink();
        final MoldPublisher publisher = new MoldPublisher(
                new PublisherContext(SESSION).recentLength(1 << 17).lineThreads(YieldingIdleStrategy::new), sink);
        final RequestServer server = new RequestServer(new RequestServerContext(
                SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))));
        final ExecutorService threads = Executors.newFixedThreadPool(2);
        final Future<Long> client;
        final Future<Long> flood;
        final ServerThread serving = ServerThread.start(server);
        try {
            client = threads.submit(() -> ask(server, publisher));
            flood = threads.submit(() -> flood(server));
            for (long sequence = 1; sequence <= MESSAGES; sequence++) {
                final int offset = publisher.claim(sequence, LENGTH);
                publisher.buffer().putLong(offset, sequence, ByteOrder.BIG_ENDIAN);
                publisher.buffer().putLong(offset + 8, ~sequence);
                publisher.buffer().putLong(offset + 16, sequence * 31);
            }
            publisher.flush();
            // From now on nothing is overwritten while a request waits among the rubbish.
            while (!isHeard(server) && !client.isDone() && !flood.isDone()) {
                LockSupport.parkNanos(POLL_NS);
            }
            isDone.set(true);
            assertThat(client.get()).isZero();
            assertThat(flood.get()).isPositive();
        } finally {
            isDone.set(true);
            threads.shutdown();
            serving.close();
            publisher.close();
        }

        assertThat(sink.messages).isEqualTo(MESSAGES).isEqualTo(publisher.count(PublisherCounter.MESSAGES));
        assertThat(sink.isWrong).isFalse();
        assertThat(rightMessages.get()).isPositive();
        assertThat(server.count(RequestCounter.FAILED)).isZero();
        assertThat(server.count(RequestCounter.MALFORMED)).isPositive();
        long counted = 0;
        for (final RequestCounter counter : RequestCounter.values()) {
            counted += server.count(counter);
        }
        assertThat(counted - server.count(RequestCounter.MESSAGES))
                .isEqualTo(2 * server.count(RequestCounter.RECEIVED));
    }

    /** Whether the client has had answers, and the server rubbish. */
    private boolean isHeard(final RequestServer server) {
        return rightMessages.get() > 0 && server.count(RequestCounter.MALFORMED) > 0;
    }

    /** Asks for recent messages, mostly those that are about to go; answers how many came that were wrong. */
    private long ask(final RequestServer server, final MoldPublisher publisher) throws IOException {
        long wrong = 0;
        final SplittableRandom random = new SplittableRandom(1);
        try (RequestingClient asking = new RequestingClient(server.endpoint())) {
            while (!isDone.get()) {
                final long next = publisher.packets().nextSequence();
                final int kept = publisher.packets().capacity() * 56;
                asking.ask(SESSION, Math.max(1, next - random.nextInt(kept + 100)), 1 + random.nextInt(100));
                while (asking.poll()) {
                    wrong += wrongMessages(asking);
                }
            }
        }
        return wrong;
    }

    private long wrongMessages(final RequestingClient client) {
        long wrong = 0;
        while (client.packet.next() == MoldPacketReader.MESSAGE) {
            final long sequence = client.packet.messageSequence();
            final int offset = client.packet.messageOffset();
            final boolean isRight = client.packet.isOf(SESSION)
                    && client.packet.messageLength() == LENGTH
                    && client.buffer().getLong(offset, ByteOrder.BIG_ENDIAN) == sequence
                    && client.buffer().getLong(offset + 8) == ~sequence
                    && client.buffer().getLong(offset + 16) == sequence * 31;
            if (isRight) {
                rightMessages.incrementAndGet();
            } else {
                wrong++;
            }
        }
        return wrong;
    }

    /** Requests with random bytes in them, of random lengths, from ever new ports. */
    private long flood(final RequestServer server) throws IOException {
        final SplittableRandom random = new SplittableRandom(2);
        long sent = 0;
        while (!isDone.get()) {
            try (RequestingClient flooding = new RequestingClient(server.endpoint())) {
                for (int i = 0; i < 200; i++) {
                    if (random.nextInt(4) > 0) {
                        flooding.ask(random.nextBoolean() ? SESSION : MoldSession.of("OTHER"), random.nextLong(), 9);
                    } else {
                        final byte[] rubbish = new byte[random.nextInt(100)];
                        random.nextBytes(rubbish);
                        flooding.send(rubbish);
                    }
                    sent++;
                }
            }
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
