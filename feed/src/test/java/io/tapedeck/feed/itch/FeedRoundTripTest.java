package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.pipeline.EventPipeline;
import io.tapedeck.engine.pipeline.EventProducer;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.pipeline.PipelineReport;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.mold.RecordingHandler;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From records through a real socket to a listener. */
@Timeout(120)
class FeedRoundTripTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");

    /** Small enough for any receive buffer. */
    private static final int BATCH = 256;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "239.1.1.1:0"})
    void shouldDeliverAllMessagesInOrderAndIdentical(final String endpoint) throws IOException {
        assertDelivered(endpoint, TestTape.random(1, 20_000));
    }

    @ParameterizedTest
    @CsvSource({
        "itch/all-23-types.itch50,26",
        "itch/nasdaq-start-of-day.itch50,1000",
        "itch/nasdaq-20191230-open.itch50,1000",
        "itch/aapl-20120621-0930-1030.itch50,92085"
    })
    void shouldDeliverRealMessagesIdentical(final String name, final int messages) throws IOException {
        final TestTape tape = TestTape.file(name);
        assertThat(tape.size()).isEqualTo(messages);
        assertDelivered("239.1.1.1:0", tape);
    }

    @Test
    void shouldRebuildTheBooksOfWhoeverPublishes() throws IOException {
        final TestTape tape = TestTape.random(2, 20_000);
        final FeedBooks books = new FeedBooks();
        try (FeedListener listener = listener("239.1.1.1:0", books)) {
            publishAndPoll(tape, listener);
        }

        final Map<String, Long> expected = new TreeMap<>();
        for (int locate = 1; locate <= TestTape.SYMBOLS.size(); locate++) {
            final OrderBook book = tape.books.book(locate);
            final String symbol = TestTape.SYMBOLS.get(locate - 1);
            expected.put(symbol, book.hash(TestTape.TICK_SIZE));
            assertThat(books.hash(symbol)).isNotEqualTo(book.hash());
        }
        assertThat(books.hashes()).isEqualTo(expected);
        assertThat(expected.values()).doesNotHaveDuplicates();
        assertThat(books.builder().unknownReferenceCount()).isZero();
        assertThat(books.builder().malformedCount()).isZero();
    }

    @Test
    void shouldFollowARunningPipelineFromAnotherThread() throws Exception {
        final TestTape tape = TestTape.random(3, 20_000);
        final RecordingHandler handler = new RecordingHandler();
        final AtomicLong heard = new AtomicLong();
        try (FeedListener listener = listener("239.1.1.1:0", counting(handler, heard))) {
            final CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> listen(listener));
            final ItchPublisher publisher =
                    publisher(tape, listener, new PublisherContext(SESSION).messagesPerSecond(100_000));
            final EventPipeline pipeline =
                    new EventPipeline(new PipelineContext().ringSize(1024).gating("itch", publisher)).start();
            produce(tape, pipeline.producer(), () -> ended.isDone() ? Long.MAX_VALUE : heard.get());
            final PipelineReport report = pipeline.drainAndClose(TimeUnit.SECONDS.toNanos(60));

            assertThat(ended.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(report.consumers()).allMatch(consumer -> consumer.failure() == null);
        }
        assertSame(tape, handler);
    }

    private static void assertDelivered(final String endpoint, final TestTape tape) throws IOException {
        final RecordingHandler handler = new RecordingHandler();
        try (FeedListener listener = listener(endpoint, handler)) {
            final ItchPublisher publisher = publishAndPoll(tape, listener);

            assertThat(publisher.count(PublisherCounter.MESSAGES)).isEqualTo(tape.size());
            assertThat(publisher.count(PublisherCounter.REFUSED)).isZero();
            assertThat(listener.receiver().counts().packetCount()).isEqualTo(publisher.count(PublisherCounter.PACKETS));
            assertThat(listener.receiver().counts().messageCount()).isEqualTo(tape.size());
            assertThat(listener.receiver().counts().malformedPacketCount()).isZero();
        }
        assertSame(tape, handler);
    }

    private static void assertSame(final TestTape tape, final RecordingHandler handler) {
        assertThat(handler.events).containsExactly("session " + SESSION, "end " + (tape.size() + 1));
        assertThat(handler.messages).hasSize(tape.size());
        for (int i = 0; i < tape.size(); i++) {
            assertThat(handler.messages.get(i)).as("message %d", i + 1).isEqualTo(tape.messages.get(i));
        }
    }

    /** In lock step, so that no receive buffer is too small. */
    private static ItchPublisher publishAndPoll(final TestTape tape, final FeedListener listener) throws IOException {
        final ItchPublisher publisher = publisher(tape, listener, new PublisherContext(SESSION).endOfSessionNs(0));
        for (long low = 0; low < tape.size(); low += BATCH) {
            publisher.onBatch(tape.slots, low, Math.min(low + BATCH, tape.size()) - 1);
            while (listener.receiver().counts().packetCount() < publisher.count(PublisherCounter.PACKETS)) {
                listener.doWork();
            }
        }
        publisher.onClose();
        assertThat(listener.listen()).isTrue();
        return publisher;
    }

    /** Never further ahead of the listener than any receive buffer has room for, whichever thread the system lets run. */
    private static void produce(final TestTape tape, final EventProducer producer, final LongSupplier heard) {
        for (int i = 0; i < tape.size(); i++) {
            while (i - heard.getAsLong() >= BATCH) {
                Thread.yield();
            }
            final long slot = producer.claim(1);
            final SlotArray ring = producer.slots();
            ring.buffer().putBytes(ring.offset(slot), tape.slots.buffer(), tape.slots.offset(i), 64);
            producer.publish(slot, slot);
        }
    }

    /** Tells other threads how far the listener is. */
    private static MoldHandler counting(final RecordingHandler handler, final AtomicLong heard) {
        return new MoldHandler() {
            @Override
            public void onSession(final MoldSession session) {
                handler.onSession(session);
            }

            @Override
            public void onMessage(
                    final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
                handler.onMessage(sequence, buffer, offset, length);
                heard.setRelease(sequence);
            }

            @Override
            public void onGap(final long first, final long last) {
                handler.onGap(first, last);
            }

            @Override
            public void onEndOfSession(final long next) {
                handler.onEndOfSession(next);
            }
        };
    }

    private static boolean listen(final FeedListener listener) {
        try {
            return listener.listen();
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private static FeedListener listener(final String endpoint, final MoldHandler handler) throws IOException {
        return new FeedListener(new ListenerContext(new UdpContext(UdpEndpoint.parse(endpoint))), handler);
    }

    private static ItchPublisher publisher(
            final TestTape tape, final FeedListener listener, final PublisherContext context) throws IOException {
        return new ItchPublisher(context, tape.directory, UdpSender.open(new UdpContext(listener.endpoint())));
    }
}
