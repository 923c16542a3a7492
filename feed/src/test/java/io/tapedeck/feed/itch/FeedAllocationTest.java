package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.mold.ReceiverContext;
import io.tapedeck.feed.recovery.RequestServer;
import io.tapedeck.feed.recovery.RequestServerContext;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither end allocates per message or per packet, sockets and books included. */
@Timeout(300)
class FeedAllocationTest {
    private static final int BATCH = 256;
    private static final int BATCHES_PER_RUN = 40;
    private static final int WARM_UP_RUNS = 10;
    private static final int RUNS = 8;

    private long published;
    private FeedListener listener;
    private ItchPublisher publisher;

    @ParameterizedTest
    @ValueSource(longs = {PublisherContext.UNLIMITED, 50_000_000})
    void shouldAllocateNothingPerMessageAtEitherEnd(final long messagesPerSecond) throws IOException {
        final TestTape tape = TestTape.random(11, BATCH * BATCHES_PER_RUN * (WARM_UP_RUNS + RUNS));
        final FeedBooks books = new FeedBooks();
        try (FeedListener closed =
                new FeedListener(new ListenerContext(new UdpContext(UdpEndpoint.parse("239.1.1.7:0"))), books)) {
            listener = closed;
            publisher = new ItchPublisher(
                    new PublisherContext(MoldSession.of("TAPE"))
                            .messagesPerSecond(messagesPerSecond)
                            .flushIntervalNs(0),
                    tape.directory,
                    UdpSender.open(new UdpContext(listener.endpoint())));
            for (int run = 0; run < WARM_UP_RUNS; run++) {
                publishAndPoll(tape);
            }
            final long bytes = AllocationMeter.leastAllocatedBytes(() -> publishAndPoll(tape), RUNS);

            assertThat(bytes).isZero();
            publisher.onIdle(0);
            assertThat(publisher.count(PublisherCounter.MESSAGES))
                    .isEqualTo(published)
                    .isEqualTo((long) BATCH * BATCHES_PER_RUN * (WARM_UP_RUNS + RUNS));
            assertThat(listener.receiver().counts().missingMessageCount()).isZero();
            assertThat(books.builder().unknownReferenceCount()).isZero();
        }
    }

    /** Every fifth packet is lost; publisher, request server and listener take turns on this thread. */
    @Test
    void shouldAllocateNothingPerMessageWhenItRecovers() throws IOException {
        final TestTape tape = TestTape.random(12, BATCH * BATCHES_PER_RUN * (WARM_UP_RUNS + RUNS));
        final UdpContext anyPort = new UdpContext(UdpEndpoint.parse("127.0.0.1:0"));
        final Lossy sink = new Lossy();
        final MoldSession session = MoldSession.of("TAPE");
        publisher = new ItchPublisher(
                new PublisherContext(session).flushIntervalNs(0).heartbeatIntervalNs(1), tape.directory, sink);
        final RequestServer server = new RequestServer(
                new RequestServerContext(session, publisher.packets(), anyPort).clientLimit(1_000_000, 1_000_000));
        try (FeedListener closed = new FeedListener(
                new ListenerContext(anyPort)
                        .receiver(new ReceiverContext().reorderWaitNs(0))
                        .requestServer(new UdpContext(server.endpoint())),
                new FeedBooks())) {
            listener = closed;
            sink.line = UdpSender.open(new UdpContext(listener.endpoint()));
            final Runnable work = () -> {
                for (int i = 0; i < BATCHES_PER_RUN; i++) {
                    publisher.onBatch(tape.slots, published, published + BATCH - 1);
                    published += BATCH;
                    recover(server);
                }
            };
            for (int run = 0; run < WARM_UP_RUNS; run++) {
                work.run();
            }
            final long bytes = AllocationMeter.leastAllocatedBytes(work, RUNS);

            assertThat(bytes).isZero();
            assertThat(listener.receiver().counts().messageCount()).isEqualTo(published);
            assertThat(listener.receiver().counts().recoveredMessageCount()).isGreaterThan(published / 10);
            assertThat(listener.receiver().counts().missingMessageCount()).isZero();
        } finally {
            server.onClose();
        }
    }

    private void recover(final RequestServer server) {
        try {
            while (listener.receiver().nextSequence() <= published) {
                publisher.onIdle(System.nanoTime());
                server.doWork();
                listener.doWork();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Loses every fifth packet. */
    private static final class Lossy implements PacketSink {
        private UdpSender line;
        private int count;

        @Override
        public int send(final ByteBuffer packet) {
            return ++count % 5 == 0 ? 0 : line.send(packet);
        }

        @Override
        public void close() {
            line.close();
        }
    }

    @Test
    void shouldAllocateNothingWhileIdle() throws IOException {
        try (FeedListener closed = new FeedListener(
                new ListenerContext(new UdpContext(UdpEndpoint.parse("239.1.1.8:0"))), new FeedBooks())) {
            listener = closed;
            publisher = new ItchPublisher(
                    new PublisherContext(MoldSession.of("TAPE")).heartbeatIntervalNs(1),
                    TestTape.random(1, 1).directory,
                    UdpSender.open(new UdpContext(listener.endpoint())));
            final Runnable beats = () -> {
                for (int i = 0; i < 5_000; i++) {
                    publisher.onIdle(System.nanoTime());
                    poll();
                }
            };
            beats.run();

            assertThat(AllocationMeter.leastAllocatedBytes(beats, RUNS)).isZero();
            assertThat(listener.receiver().counts().heartbeatCount()).isGreaterThan(1_000);
        }
    }

    private void publishAndPoll(final TestTape tape) {
        for (int i = 0; i < BATCHES_PER_RUN; i++) {
            publisher.onBatch(tape.slots, published, published + BATCH - 1);
            published += BATCH;
            poll();
        }
    }

    private void poll() {
        try {
            while (listener.receiver().counts().packetCount() < publisher.count(PublisherCounter.PACKETS)) {
                listener.doWork();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
