package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.pipeline.EventPipeline;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.pipeline.WaitMode;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.itch.FeedContext;
import io.tapedeck.feed.itch.FeedListener;
import io.tapedeck.feed.itch.ItchFeed;
import io.tapedeck.feed.itch.ListenerContext;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.CountersManager;

/**
 * A feed with both of its servers, behind a ring, at a steady rate, and one who listens to it. Every message carries the
 * time at which it should be sent, whatever holds it up.
 */
final class PacedFeed implements AutoCloseable {
    static final MoldSession SESSION = MoldSession.of("2601020000");

    /** Not a speed, but life: what strangers and two processors may cost a message. */
    static final long MAX_LATENESS_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final long NAP_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long GRACE_SECONDS = 240;
    private static final int TICK_SIZE = 100;
    private static final int LOWEST_PRICE_TICKS = 1_000;
    private static final int PRICES = 500;

    private final int standingOrders;
    private final ItchFeed feed;
    private final EventPipeline pipeline;
    private final FeedListener listener;
    private final Heard heard = new Heard();
    private final CompletableFuture<Void> producing;
    private final CompletableFuture<Boolean> listening;
    private volatile boolean isOver;
    private volatile long startNs;

    /** Opens all of it, and waits until the listener has the orders that stand in the book all the time. */
    PacedFeed(final int standingOrders, final CountersManager counters) throws Exception {
        this.standingOrders = standingOrders;
        final UdpContext line = new UdpContext(freeGroup());
        final UdpEndpoint any = UdpEndpoint.parse("127.0.0.1:0");
        final LocateDirectory directory = new LocateDirectory();
        directory.define(1, Alpha.toLong("AAPL"), TICK_SIZE);
        feed = ItchFeed.open(
                new FeedContext()
                        .line(line)
                        .requests(new UdpContext(any))
                        .snapshots(new GlimpseLogin(any, "", ""))
                        .counters(counters),
                SESSION,
                0,
                directory,
                Path.of("no-journal"));
        listener = new FeedListener(
                new ListenerContext(line).requestServer(new UdpContext(feed.requestEndpoint())), heard);
        listening = CompletableFuture.supplyAsync(this::listen, PacedFeed::start);
        pipeline = new EventPipeline(new PipelineContext()
                        .waitMode(WaitMode.BACKOFF)
                        .gating("itch", feed)
                        .gating("glimpse", feed.snapshotTaker()))
                .start();
        producing = CompletableFuture.runAsync(this::produce, PacedFeed::start);
        assertThat(heard.opening.await(GRACE_SECONDS, TimeUnit.SECONDS))
                .as("the opening was heard")
                .isTrue();
    }

    ItchFeed feed() {
        return feed;
    }

    /** Ends the day, and looks at what was heard of it. */
    @Override
    public void close() {
        isOver = true;
        await(producing);
        assertThat(pipeline.drainAndClose(TimeUnit.SECONDS.toNanos(GRACE_SECONDS))
                        .consumers())
                .allMatch(consumer -> consumer.failure() == null);
        assertThat(await(listening)).isTrue();
        System.out.printf(
                "seen: %d messages, late by %d us in the middle, %d us at 99.9 %%, %d us at most; %d asked for again%n",
                heard.lastSequence,
                heard.latenessUs.getValueAtPercentile(50),
                heard.latenessUs.getValueAtPercentile(99.9),
                heard.latenessUs.getMaxValue(),
                listener.receiver().counts().recoveredMessageCount());
        assertThat(heard.lastSequence).isEqualTo(feed.count(PublisherCounter.MESSAGES));
        assertThat(heard.isOutOfOrder).isFalse();
        assertThat(listener.receiver().counts().missingMessageCount()).isZero();
        assertThat(heard.latenessUs.getTotalCount()).isEqualTo(heard.lastSequence - standingOrders);
        assertThat(TimeUnit.MICROSECONDS.toNanos(heard.latenessUs.getMaxValue()))
                .isLessThan(MAX_LATENESS_NS);
    }

    private static <T> T await(final CompletableFuture<T> work) {
        return work.orTimeout(GRACE_SECONDS, TimeUnit.SECONDS).join();
    }

    private boolean listen() {
        try (listener) {
            return listener.listen();
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private void produce() {
        final RecordWriter writer = new RecordWriter(pipeline.producer());
        for (int order = 1; order <= standingOrders; order++) {
            write(writer, EventTypeCode.ADD, order, 0);
        }
        writer.flush();
        startNs = System.nanoTime();
        long written = 0;
        while (!isOver) {
            final long due = (System.nanoTime() - startNs) / PERIOD_NS;
            for (; written < due; written++) {
                final boolean isAdd = written % 2 == 0;
                write(
                        writer,
                        isAdd ? EventTypeCode.ADD : EventTypeCode.DELETE,
                        standingOrders + 1 + written / 2,
                        written * PERIOD_NS);
            }
            writer.flush();
            LockSupport.parkNanos(NAP_NS);
        }
    }

    private static void write(final RecordWriter writer, final int type, final long order, final long timeNs) {
        final int priceTicks = LOWEST_PRICE_TICKS + (int) (order % PRICES);
        writer.event(timeNs, type, SideCode.BUY, 0, order, 0, 1, priceTicks, 100);
    }

    private static void start(final Runnable work) {
        final Thread thread = new Thread(work, "paced-feed");
        thread.setDaemon(true);
        thread.start();
    }

    /** On a port that nobody else has. */
    private static UdpEndpoint freeGroup() throws IOException {
        try (UdpReceiver receiver = UdpReceiver.open(new UdpContext(UdpEndpoint.parse("239.1.1.2:0")))) {
            return receiver.endpoint();
        }
    }

    /** Whether they came in order, and how late. */
    private final class Heard implements MoldHandler {
        private final Histogram latenessUs = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
        private final CountDownLatch opening = new CountDownLatch(1);
        private boolean isOutOfOrder;
        private long lastSequence;

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            isOutOfOrder |= sequence != lastSequence + 1;
            lastSequence = sequence;
            if (sequence <= standingOrders) {
                return;
            }
            opening.countDown();
            final long dueNs = startNs + ItchHeaderDescriptor.timestampNs(buffer, offset);
            latenessUs.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, System.nanoTime() - dueNs)));
        }
    }
}
