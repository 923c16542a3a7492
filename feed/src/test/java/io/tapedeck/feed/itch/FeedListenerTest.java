package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.LineCounts;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.mold.ReceiverContext;
import io.tapedeck.feed.mold.RecordingHandler;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedListenerTest {
    private static final MoldSession TODAY = MoldSession.of("2601020000");
    private static final MoldSession TOMORROW = MoldSession.of("2601050000");
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RecordingHandler handler = new RecordingHandler();
    private final ManualClock clock = new ManualClock(MS);

    @Test
    void shouldEndWithAnErrorWhenLossIsOne() throws IOException {
        final TestTape tape = TestTape.random(9, 1_000);
        try (FeedListener listener = new FeedListener(context().failOnLoss(true), handler)) {
            final ItchPublisher publisher = publisher(TODAY, tape, listener.endpoint());
            publisher.onBatch(tape.slots, 0, 99);
            publisher.onBatch(tape.slots, 110, tape.size() - 1);
            publisher.onClose();

            assertThatThrownBy(listener::listen)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("10 messages are lost")
                    .hasMessageContaining("session=" + TODAY);
        }
        assertThat(handler.events).contains("gap 101-110");
    }

    @Test
    void shouldTakeAMessageFromWhicheverLineBringsItFirst() throws IOException {
        final TestTape tape = TestTape.random(10, 3_000);
        try (FeedListener listener =
                new FeedListener(context().addLine(new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))), handler)) {
            final UdpSender a = UdpSender.open(new UdpContext(listener.endpoint(0)));
            final UdpSender b = UdpSender.open(new UdpContext(listener.endpoint(1)));
            final ItchPublisher publisher = new ItchPublisher(
                    new PublisherContext(TODAY).endOfSessionNs(0), tape.directory, new Alternating(a, b));
            publisher.onBatch(tape.slots, 0, tape.size() - 1);
            publisher.onClose();

            assertThat(listener.listen()).isTrue();
            final LineCounts lineA = listener.receiver().line(0);
            final LineCounts lineB = listener.receiver().line(1);
            assertThat(lineA.gapCount()).isPositive();
            assertThat(lineB.missingMessageCount()).isEqualTo(lineA.firstMessageCount());
            assertThat(lineA.firstMessageCount() + lineB.firstMessageCount()).isEqualTo(tape.size());
        }
        assertThat(handler.events).containsExactly("session " + TODAY, "end " + (tape.size() + 1));
        assertThat(handler.messages).hasSize(tape.size());
    }

    @Test
    void shouldStartWithEmptyBooksWhenTheNextSessionStarts() throws IOException {
        final TestTape today = TestTape.random(5, 3_000);
        final TestTape tomorrow = TestTape.random(6, 3_000);
        final FeedBooks books = new FeedBooks();
        try (FeedListener listener = listener(books)) {
            publishAll(TODAY, today, listener);
            assertThat(listener.listen()).isTrue();
            assertThat(books.hash("AAPL")).isEqualTo(today.books.book(1).hash(TestTape.TICK_SIZE));

            publishAll(TOMORROW, tomorrow, listener);
            assertThat(listener.listen()).isTrue();
            assertThat(books.hash("AAPL")).isEqualTo(tomorrow.books.book(1).hash(TestTape.TICK_SIZE));
            assertThat(books.builder().unknownReferenceCount()).isZero();
            assertThat(listener.receiver().session()).isEqualTo(TOMORROW);
        }
        assertThatThrownBy(() -> books.hash("NONE")).hasMessageContaining("symbol=NONE");
    }

    @Test
    void shouldSayThatNoSessionWasHeardWhenNobodyPublishes() throws IOException {
        try (FeedListener listener = new FeedListener(context().nanoClock(clock).idleStrategy(clock), handler)) {
            assertThatThrownBy(listener::listen)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no session was heard for 15000 ms")
                    .hasMessageContaining("endpoint=" + listener.endpoint());
        }
    }

    @Test
    void shouldGiveUpWhenOnlyAnotherSessionIsHeard() throws IOException {
        final TestTape tape = TestTape.random(7, 10);
        try (FeedListener listener = new FeedListener(
                context().nanoClock(clock).idleStrategy(clock).receiver(new ReceiverContext().session(TOMORROW)),
                handler)) {
            publishAll(TODAY, tape, listener);

            assertThatThrownBy(listener::listen)
                    .hasMessageContaining("session=" + TOMORROW)
                    .hasMessageContaining("of other sessions=2");
        }
        assertThat(handler.events).containsExactly("other " + TODAY);
    }

    @Test
    void shouldKeepListeningWhileHeartbeatsCome() throws IOException {
        final int seconds = 60;
        final TestTape tape = TestTape.random(8, 10);
        final PublisherContext publishing =
                new PublisherContext(TODAY).nanoClock(clock).idleStrategy(clock).endOfSessionNs(0);
        final Waiting waiting = new Waiting();
        try (FeedListener listener = new FeedListener(context().nanoClock(clock).idleStrategy(waiting), handler)) {
            final ItchPublisher publisher =
                    new ItchPublisher(publishing, tape.directory, UdpSender.open(new UdpContext(listener.endpoint())));
            waiting.work = () -> {
                final long beats = publisher.count(PublisherCounter.HEARTBEATS);
                if (beats > listener.receiver().heartbeatCount()) {
                    return;
                }
                if (beats < seconds) {
                    publisher.onIdle(clock.advance(MS));
                } else {
                    waiting.work = () -> clock.advance(MS);
                    publisher.onClose();
                }
            };

            assertThat(listener.listen()).isTrue();
            assertThat(listener.receiver().heartbeatCount()).isEqualTo(seconds);
        }
        assertThat(handler.events).containsExactly("session " + TODAY, "end 1");
    }

    @Test
    void shouldReturnWhenItIsStopped() throws IOException {
        final Waiting waiting = new Waiting();
        try (FeedListener listener = new FeedListener(context().idleStrategy(waiting), handler)) {
            waiting.work = listener::stop;

            assertThat(listener.listen()).isFalse();
        }
    }

    @Test
    void shouldNameTheSettingWhenItMakesNoSense() {
        assertThatThrownBy(() -> new FeedListener(context().idleTimeoutNs(0), handler))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("idleTimeoutNs=0");
    }

    private static ListenerContext context() {
        return new ListenerContext(new UdpContext(UdpEndpoint.parse("127.0.0.1:0")));
    }

    private static FeedListener listener(final MoldHandler handler) throws IOException {
        return new FeedListener(context(), handler);
    }

    private static void publishAll(final MoldSession session, final TestTape tape, final FeedListener listener)
            throws IOException {
        final ItchPublisher publisher = publisher(session, tape, listener.endpoint());
        publisher.onBatch(tape.slots, 0, tape.size() - 1);
        publisher.onClose();
    }

    private static ItchPublisher publisher(
            final MoldSession session, final TestTape tape, final UdpEndpoint destination) throws IOException {
        return new ItchPublisher(
                new PublisherContext(session).endOfSessionNs(0),
                tape.directory,
                UdpSender.open(new UdpContext(destination)));
    }

    /** Sends each packet on one line only, A and B in turn. */
    private static final class Alternating implements PacketSink {
        private final UdpSender[] lines;
        private int next;

        private Alternating(final UdpSender... lines) {
            this.lines = lines;
        }

        @Override
        public int send(final ByteBuffer packet) {
            return lines[next++ % lines.length].send(packet);
        }

        @Override
        public void close() {
            for (final UdpSender line : lines) {
                line.close();
            }
        }
    }

    /** Does something whenever the listener waits. */
    private static final class Waiting implements IdleStrategy {
        private Runnable work;

        @Override
        public void idle(final int workCount) {
            if (workCount == 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            work.run();
        }

        @Override
        public void reset() {}
    }
}
