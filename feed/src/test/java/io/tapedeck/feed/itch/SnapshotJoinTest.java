package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.EventPipeline;
import io.tapedeck.engine.pipeline.EventProducer;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.pipeline.PipelineReport;
import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Listeners that join at any moment of a day while it is published, with a snapshot, have the publisher's books at its end;
 * and the feed loses nothing while somebody abuses the snapshot port. The property {@code tapedeck.joins} says how many
 * join.
 */
@Tag("campaign")
@Timeout(600)
class SnapshotJoinTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final int JOINS = Integer.getInteger("tapedeck.joins", 6);
    private static final int EVENTS = 60_000;
    private static final int RATE = 40_000;

    /** All who join have asked for their snapshot when so many records are published. */
    private static final int LAST_JOIN = EVENTS * 9 / 10;

    private static final int ENOUGH_CONNECTIONS = 50;
    private static final long LIMIT_SECONDS = 240;
    private static final long POLL_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** A thread for each: they wait for one another, which those of a pool must not. */
    private static final Executor THREADS = work -> {
        final Thread thread = new Thread(work, "snapshot-join");
        thread.setDaemon(true);
        thread.start();
    };

    private final AtomicBoolean isDone = new AtomicBoolean();
    private final AtomicLong connections = new AtomicLong();
    private final UdpEndpoint group = freeGroup();

    @Test
    void shouldHaveTheBooksOfTheEngineWheneverAListenerJoins() throws Exception {
        final TestTape tape = TestTape.random(1, EVENTS);
        final SplittableRandom random = new SplittableRandom(2);
        final List<FeedBooks> joined = new ArrayList<>();
        final CountDownLatch mayEnd = new CountDownLatch(JOINS);
        publish(tape, mayEnd, feed -> {
            final List<CompletableFuture<FeedBooks>> listeners = new ArrayList<>();
            for (int i = 0; i < JOINS; i++) {
                final long moment = random.nextInt(LAST_JOIN);
                listeners.add(CompletableFuture.supplyAsync(() -> join(feed, moment, mayEnd), THREADS));
            }
            for (final CompletableFuture<FeedBooks> listener : listeners) {
                joined.add(listener.get(LIMIT_SECONDS, TimeUnit.SECONDS));
            }
        });

        assertThat(joined).hasSize(JOINS);
        for (final FeedBooks books : joined) {
            assertThat(books.hashes()).isEqualTo(hashes(tape));
            assertThat(books.builder().unknownReferenceCount()).isZero();
            assertThat(books.builder().malformedCount()).isZero();
        }
    }

    @Test
    void shouldLoseNothingWhenTheSnapshotPortIsAbused() throws Exception {
        final TestTape tape = TestTape.random(3, EVENTS);
        final FeedBooks[] books = new FeedBooks[1];
        final CountDownLatch mayEnd = new CountDownLatch(2);
        publish(tape, mayEnd, feed -> {
            final CompletableFuture<FeedBooks> listener =
                    CompletableFuture.supplyAsync(() -> join(feed, 0, mayEnd), THREADS);
            final CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> flood(feed), THREADS);
            while (!flood.isDone()
                    && (connections.get() <= ENOUGH_CONNECTIONS || feed.count(GlimpseCounter.MALFORMED) == 0)) {
                LockSupport.parkNanos(POLL_NS);
            }
            mayEnd.countDown();
            books[0] = listener.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            isDone.set(true);
            flood.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(connections.get()).isGreaterThan(ENOUGH_CONNECTIONS);
            assertThat(feed.count(GlimpseCounter.MALFORMED)).isPositive();
        });

        assertThat(books[0].hashes()).isEqualTo(hashes(tape));
    }

    @Test
    void shouldSayThatTheServerIsNotThere() throws Exception {
        final TestTape tape = TestTape.random(4, 1_000);
        final ItchFeed feed = open(tape, false);
        try (FeedListener listener = listener(feed, new FeedBooks(), UdpEndpoint.parse("127.0.0.1:9"), 5)) {
            feed.onBatch(tape.slots, 0, tape.size() - 1L);

            assertThatThrownBy(listener::listen)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not answer")
                    .hasMessageContaining("127.0.0.1:9");
        } finally {
            feed.abandon();
            feed.onClose();
        }
    }

    /**
     * A ring with the feed and the books for snapshots behind it, at a rate that leaves time for other threads. The day
     * does not end before it may.
     */
    private void publish(final TestTape tape, final CountDownLatch mayEnd, final Session session) throws Exception {
        final ItchFeed feed = open(tape, true);
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                        .ringSize(1024)
                        .gating("itch", feed)
                        .gating("glimpse", feed.snapshotTaker()))
                .start();
        final CompletableFuture<PipelineReport> report = CompletableFuture.supplyAsync(
                () -> {
                    produce(tape, mayEnd, pipeline.producer());
                    return pipeline.drainAndClose(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
                },
                THREADS);
        try {
            session.run(feed);
            assertThat(report.get(LIMIT_SECONDS, TimeUnit.SECONDS).consumers())
                    .allMatch(consumer -> consumer.failure() == null);
        } finally {
            isDone.set(true);
        }
        assertThat(feed.count(PublisherCounter.MESSAGES)).isEqualTo(tape.size());
    }

    private FeedBooks join(final ItchFeed feed, final long moment, final CountDownLatch mayEnd) {
        while (feed.count(PublisherCounter.MESSAGES) < moment) {
            LockSupport.parkNanos(POLL_NS);
        }
        final FeedBooks books = new FeedBooks();
        try (FeedListener listener = listener(feed, books, feed.snapshotEndpoint(), LIMIT_SECONDS)) {
            loadSnapshot(listener, mayEnd);
            assertThat(listener.listen()).isTrue();
            assertThat(listener.receiver().counts().missingMessageCount()).isZero();
            return books;
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private static void loadSnapshot(final FeedListener listener, final CountDownLatch mayEnd) throws IOException {
        try {
            while (listener.snapshotClient() == null
                    || !listener.snapshotClient().isWhole()) {
                if (listener.doWork() == 0) {
                    LockSupport.parkNanos(POLL_NS);
                }
            }
        } finally {
            mayEnd.countDown();
        }
    }

    /** Connections with rubbish, with half a login, and with a login whose snapshot nobody reads. */
    private void flood(final ItchFeed feed) {
        final SplittableRandom random = new SplittableRandom(5);
        final byte[] login = ("\0/L" + "anyone" + "          " + "          " + "                   1").getBytes();
        final List<SocketChannel> open = new ArrayList<>();
        try {
            while (!isDone.get()) {
                final SocketChannel channel = SocketChannel.open();
                try {
                    channel.connect(feed.snapshotEndpoint().address());
                } catch (final ConnectException ex) {
                    // The session is over, and the server gone.
                    channel.close();
                    break;
                }
                connections.incrementAndGet();
                open.add(channel);
                try {
                    final int kind = random.nextInt(3);
                    final byte[] rubbish = new byte[1 + random.nextInt(5_000)];
                    random.nextBytes(rubbish);
                    channel.write(
                            kind == 0
                                    ? ByteBuffer.wrap(rubbish)
                                    : ByteBuffer.wrap(login, 0, kind == 1 ? random.nextInt(49) : 49));
                } catch (final IOException ex) {
                    // Refused or disconnected, as it should be.
                }
                if (open.size() > 8) {
                    open.remove(random.nextInt(open.size())).close();
                }
            }
            for (final SocketChannel channel : open) {
                channel.close();
            }
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private ItchFeed open(final TestTape tape, final boolean hasSnapshots) throws IOException {
        final FeedContext context = new FeedContext()
                .line(new UdpContext(group))
                .requests(new UdpContext(UdpEndpoint.parse("127.0.0.1:0")))
                .messagesPerSecond(RATE);
        if (hasSnapshots) {
            context.snapshots(new GlimpseLogin(UdpEndpoint.parse("127.0.0.1:0"), "", ""));
        }
        return ItchFeed.open(context, SESSION, 0, tape.directory, Path.of("no-journal"));
    }

    private FeedListener listener(
            final ItchFeed feed, final FeedBooks books, final UdpEndpoint snapshots, final long idleSeconds)
            throws IOException {
        return new FeedListener(
                new ListenerContext(new UdpContext(group))
                        .requestServer(new UdpContext(feed.requestEndpoint()))
                        .snapshotServer(new GlimpseLogin(snapshots, "", ""))
                        .idleTimeoutNs(TimeUnit.SECONDS.toNanos(idleSeconds)),
                books,
                books);
    }

    private static void produce(final TestTape tape, final CountDownLatch mayEnd, final EventProducer producer) {
        for (int i = 0; i < tape.size(); i++) {
            if (i == LAST_JOIN) {
                await(mayEnd);
            }
            final long slot = producer.claim(1);
            final SlotArray ring = producer.slots();
            ring.buffer().putBytes(ring.offset(slot), tape.slots.buffer(), tape.slots.offset(i), 64);
            producer.publish(slot, slot);
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("all have come")
                    .isTrue();
        } catch (final InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private static Map<String, Long> hashes(final TestTape tape) {
        final Map<String, Long> hashes = new TreeMap<>();
        for (int locate = 1; locate <= TestTape.SYMBOLS.size(); locate++) {
            hashes.put(TestTape.SYMBOLS.get(locate - 1), tape.books.book(locate).hash(TestTape.TICK_SIZE));
        }
        return hashes;
    }

    /** A group that several listeners of this process can join, on a port that nobody else has. */
    private static UdpEndpoint freeGroup() {
        try (UdpReceiver receiver = UdpReceiver.open(new UdpContext(UdpEndpoint.parse("239.1.1.1:0")))) {
            return receiver.endpoint();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What goes on while a day is published. */
    private interface Session {
        void run(ItchFeed feed) throws Exception;
    }
}
