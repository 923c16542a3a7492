package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither end allocates per message or per packet, sockets and books included. */
@Timeout(60)
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
            assertThat(listener.receiver().missingMessageCount()).isZero();
            assertThat(books.builder().unknownReferenceCount()).isZero();
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
            assertThat(listener.receiver().heartbeatCount()).isGreaterThan(1_000);
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
            while (listener.receiver().packetCount() < publisher.count(PublisherCounter.PACKETS)) {
                listener.doWork();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
