package io.tapedeck.feed.recovery;

import static io.tapedeck.feed.recovery.RequestCounter.FAILED;
import static io.tapedeck.feed.recovery.RequestCounter.FOREIGN;
import static io.tapedeck.feed.recovery.RequestCounter.FROM_JOURNAL;
import static io.tapedeck.feed.recovery.RequestCounter.FROM_RECENT;
import static io.tapedeck.feed.recovery.RequestCounter.FUTURE;
import static io.tapedeck.feed.recovery.RequestCounter.LIMITED;
import static io.tapedeck.feed.recovery.RequestCounter.MALFORMED;
import static io.tapedeck.feed.recovery.RequestCounter.RECEIVED;
import static io.tapedeck.feed.recovery.RequestCounter.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.itch.TestTape;
import io.tapedeck.feed.mold.CapturingSink;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Server and client take turns on one thread, over a real socket. */
@Timeout(60)
class RequestServerTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final UdpContext ANY_PORT = new UdpContext(UdpEndpoint.parse("127.0.0.1:0"));

    /** Room for four packets, which hold less than two hundred messages. */
    private static final int SMALL = 1;

    private final TestTape tape = TestTape.random(21, 5_000);
    private final ManualClock clock = new ManualClock(1);
    private final CapturingSink sink = new CapturingSink();

    @TempDir
    private Path folder;

    private ItchPublisher publisher;
    private RequestServer server;
    private RequestingClient client;

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.onClose();
            client.close();
        }
    }

    @Test
    void shouldAnswerWithWhatFitsIntoOnePacket() throws IOException {
        publish(PublisherContext.DEFAULT_RECENT_LENGTH, 5_000);
        serve(context());

        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            final int first = 1 + random.nextInt(4_900);
            final int count = 1 + random.nextInt(100);
            final List<byte[]> answer = ask(first, count);

            assertThat(client.packet.isOf(SESSION)).isTrue();
            assertThat(client.packet.sequence()).isEqualTo(first);
            assertThat(answer).hasSizeBetween(Math.min(count, 35), count);
            assertMessages(first, answer);
            if (answer.size() < count) {
                assertThat(answer.size() * 42).isGreaterThan(1_472 - 62);
            }
        }
        assertThat(server.count(FROM_RECENT)).isEqualTo(300).isEqualTo(server.count(RECEIVED));
    }

    @Test
    void shouldPutTheMessagesOfSeveralPacketsIntoOneAnswer() throws IOException {
        publisher = new ItchPublisher(
                new PublisherContext(SESSION).flushIntervalNs(0).heartbeatIntervalNs(1), tape.directory, sink);
        for (int i = 0; i < 100; i++) {
            publisher.onBatch(tape.slots, i, i);
            publisher.onIdle(i);
            // A heartbeat between any two of them.
            publisher.onIdle(i);
            publisher.onIdle(i + 1);
        }
        serve(context());

        for (int first = 1; first <= 80; first++) {
            assertThat(ask(first, 20)).hasSize(20);
        }
        assertThat(ask(95, 100)).hasSize(6);
    }

    @Test
    void shouldAnswerFromTheJournalWhatIsNotRecentAnyMore() throws IOException {
        publish(SMALL, 5_000);
        try (Format2Writer writer = journal()) {
            writer.append(tape.slots, 0, 4_999);
            writer.closeChunk();
            serve(context().journal(writerPath(), tape.directory));
            final SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < 200; i++) {
                assertMessages(1 + random.nextInt(4_500), 20);
            }
            for (int first = 1; first < 4_500; first += 30) {
                assertMessages(first, 30);
            }
        }
        assertMessages(7, 20);
        assertThat(server.count(FROM_JOURNAL)).isEqualTo(351);
    }

    @Test
    void shouldNotGoBackInTheJournalForTheRestOfAnAnswer() throws IOException {
        publish(SMALL, 5_000);
        try (Format2Writer writer = journal()) {
            writer.append(tape.slots, 0, 4_999);
        }
        serve(context().journal(writerPath(), tape.directory));
        for (int first = 1; first <= 1_000; first += 100) {
            assertThat(ask(first, 100)).hasSizeLessThan(100);
        }
        // Whoever reads it again finds nothing.
        try (FileChannel file = FileChannel.open(writerPath(), StandardOpenOption.WRITE)) {
            file.truncate(0);
        }

        for (int first = 81; first <= 1_000; first += 100) {
            assertMessages(first, 20);
        }
        assertThat(server.count(FAILED)).isZero();
    }

    @Test
    void shouldAnswerFromAJournalThatIsBeingWrittenAsSoonAsTheRecordIsThere() throws IOException {
        publish(SMALL, 5_000);
        try (Format2Writer writer = journal()) {
            serve(context().journal(writerPath(), tape.directory));
            assertThat(ask(1, 10)).isNull();
            writer.append(tape.slots, 0, 249);
            assertMessages(1, 10);
            assertMessages(195, 5);
            // The third chunk is not full.
            assertThat(ask(201, 5)).isNull();
            assertThat(ask(199, 5)).hasSize(2);
            writer.append(tape.slots, 250, 499);
            assertMessages(201, 5);
        }
        assertThat(server.count(UNAVAILABLE)).isEqualTo(2);
    }

    @Test
    void shouldGiveAnEmptyMessageWhenTheRecordWasRefused() throws IOException {
        tape.slots.buffer().putByte(tape.slots.offset(9) + EventSlotDescriptor.EVENT_TYPE_OFFSET, (byte) 99);
        tape.messages.set(9, new byte[0]);
        publish(SMALL, 5_000);
        try (Format2Writer writer = journal()) {
            writer.append(tape.slots, 0, 4_999);
        }
        serve(context().journal(writerPath(), tape.directory));

        assertMessages(5, 10);
    }

    @Test
    void shouldCountAndNotAnswerWhatItCannotServe() throws IOException {
        publish(PublisherContext.DEFAULT_RECENT_LENGTH, 100);
        serve(context());

        client.send(new byte[19]);
        client.send(new byte[21]);
        client.send(new byte[0]);
        client.send(new byte[2_000]);
        client.ask(SESSION, 0, 1);
        client.ask(SESSION, 5, 0);
        assertSilence(6);
        assertThat(server.count(MALFORMED)).isEqualTo(6);
        client.ask(MoldSession.of("2601020001"), 5, 1);
        assertSilence(7);
        assertThat(server.count(FOREIGN)).isEqualTo(1);
        client.ask(SESSION, 101, 1);
        client.ask(SESSION, Long.MAX_VALUE, 65_535);
        client.ask(SESSION, -1, 1);
        assertSilence(10);
        assertThat(server.count(FUTURE)).isEqualTo(3);
        assertThat(ask(100, 65_535)).hasSize(1);
    }

    @Test
    void shouldHoldBackOneClientAndNotAnother() throws IOException {
        publish(PublisherContext.DEFAULT_RECENT_LENGTH, 100);
        serve(context().clientLimit(1_000, 10));

        for (int i = 0; i < 10; i++) {
            assertThat(ask(1, 1)).isNotNull();
        }
        assertThat(ask(1, 1)).isNull();
        try (RequestingClient other = new RequestingClient(server.endpoint())) {
            other.ask(SESSION, 1, 1);
            work(12);
            await(other);
        }
        assertThat(ask(1, 1)).isNull();
        clock.advance(TimeUnit.MILLISECONDS.toNanos(2));
        assertThat(ask(1, 1)).isNotNull();
        assertThat(ask(1, 1)).isNotNull();
        assertThat(ask(1, 1)).isNull();
        assertThat(server.count(LIMITED)).isEqualTo(3);
    }

    @Test
    void shouldAnswerDuringTheEndOfTheSessionAndKeepItGoingMeanwhile() throws IOException {
        final long seconds = TimeUnit.SECONDS.toNanos(1);
        final RequestServer[] serving = new RequestServer[1];
        publisher = new ItchPublisher(
                new PublisherContext(SESSION)
                        .nanoClock(clock)
                        .idleStrategy(new AskingWhileIdle())
                        .endOfSessionWhile(() -> serving[0].isWanted(), 30 * seconds),
                tape.directory,
                sink);
        publisher.onBatch(tape.slots, 0, 99);
        publisher.onIdle(0);
        publisher.onIdle(seconds / 10);
        serve(context());
        serving[0] = server;
        final long startNs = clock.nanoTime();
        publisher.onClose();

        // Asked for three seconds, wanted for three more.
        assertThat(clock.nanoTime() - startNs).isBetween(6 * seconds, 7 * seconds);
        assertThat(server.count(FROM_RECENT)).isGreaterThan(50);
        assertThat(server.isWanted()).isFalse();
    }

    /** Time passes in steps of 50 ms; a client asks for three seconds. */
    private final class AskingWhileIdle implements org.agrona.concurrent.IdleStrategy {
        private int steps;

        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            clock.advance(TimeUnit.MILLISECONDS.toNanos(50));
            if (steps++ < 60) {
                try {
                    assertThat(ask(1, 5)).hasSize(5);
                } catch (final IOException ex) {
                    throw new AssertionError(ex);
                }
            }
        }

        @Override
        public void reset() {}
    }

    @Test
    void shouldAllocateNothingPerRequest() throws IOException {
        publish(PublisherContext.DEFAULT_RECENT_LENGTH, 5_000);
        serve(context().clientLimit(Integer.MAX_VALUE, Integer.MAX_VALUE));
        final Runnable requests = () -> {
            for (int i = 0; i < 2_000; i++) {
                client.ask(SESSION, 1 + i, 40);
                while (server.doWork() == 0) {
                    Thread.onSpinWait();
                }
                while (!client.poll()) {
                    Thread.onSpinWait();
                }
            }
        };
        requests.run();
        requests.run();

        assertThat(AllocationMeter.leastAllocatedBytes(requests, 5)).isZero();
        assertThat(server.count(FROM_RECENT)).isEqualTo(7 * 2_000);
    }

    @Test
    void shouldAllocateNothingPerRequestWhereverItLeadsInTheJournal() throws IOException {
        publish(SMALL, 5_000);
        try (Format2Writer writer = journal()) {
            writer.append(tape.slots, 0, 4_999);
        }
        serve(context().journal(writerPath(), tape.directory));
        final SplittableRandom random = new SplittableRandom(6);
        final Runnable requests = () -> {
            for (int i = 0; i < 100; i++) {
                client.ask(SESSION, 1 + random.nextInt(4_500), 5);
                while (server.doWork() == 0) {
                    Thread.onSpinWait();
                }
                while (!client.poll()) {
                    Thread.onSpinWait();
                }
            }
        };
        requests.run();

        assertThat(AllocationMeter.leastAllocatedBytes(requests, 7)).isZero();
        assertThat(server.count(FROM_JOURNAL)).isEqualTo(800);
    }

    @Test
    void shouldServeOtherHostsOnlyWhenAnInterfaceIsNamed() {
        publish(SMALL, 1);
        assertThatThrownBy(() -> new RequestServer(new RequestServerContext(
                        SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("0.0.0.0:0")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0:0");
        assertThatThrownBy(() -> new RequestServer(new RequestServerContext(
                        SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("239.1.1.1:5001")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("239.1.1.1:5001");
        assertThatThrownBy(() -> new RequestServer(context().workShare(0))).hasMessageContaining("workShare=0.0");
        assertThatThrownBy(() -> new RequestServer(context().clientLimit(0, 5)))
                .hasMessageContaining("requestsPerSecond=0");
    }

    private void publish(final int recentLength, final int messages) {
        publisher = new ItchPublisher(new PublisherContext(SESSION).recentLength(recentLength), tape.directory, sink);
        publisher.onBatch(tape.slots, 0, messages - 1);
        publisher.onIdle(0);
        publisher.onIdle(TimeUnit.SECONDS.toNanos(1) - 1);
    }

    private RequestServerContext context() {
        return new RequestServerContext(SESSION, publisher.packets(), ANY_PORT).nanoClock(clock);
    }

    private void serve(final RequestServerContext context) throws IOException {
        server = new RequestServer(context);
        client = new RequestingClient(server.endpoint());
    }

    private Path writerPath() {
        return folder.resolve("day.qrsdp");
    }

    private Format2Writer journal() throws IOException {
        final Recipe recipe = new Recipe("test", "1", "random", Map.of(), Map.of());
        return Format2Writer.create(
                writerPath(),
                new SessionMetadata(
                        LocalDate.of(2026, 1, 2), ZoneId.of("America/New_York"), 0, "2601020000", recipe, List.of()),
                100,
                SyncPolicy.parse("none"));
    }

    /** Asks and lets the server work; null when it does not answer. */
    private List<byte[]> ask(final long first, final int count) throws IOException {
        final long received = server.count(RECEIVED);
        final long answered = server.count(FROM_RECENT) + server.count(FROM_JOURNAL);
        client.ask(SESSION, first, count);
        work(received + 1);
        if (server.count(FROM_RECENT) + server.count(FROM_JOURNAL) == answered) {
            assertThat(client.poll()).isFalse();
            return null;
        }
        await(client);
        return client.messages();
    }

    private void work(final long received) {
        while (server.count(RECEIVED) < received) {
            server.doWork();
        }
    }

    private static void await(final RequestingClient client) {
        while (!client.poll()) {
            Thread.onSpinWait();
        }
    }

    /** Lets the server take what was sent, and answer nothing. */
    private void assertSilence(final long received) {
        work(received);
        assertThat(client.poll()).isFalse();
    }

    private void assertMessages(final int first, final int count) throws IOException {
        final List<byte[]> answer = ask(first, count);
        assertThat(answer).hasSize(count);
        assertMessages(first, answer);
    }

    private void assertMessages(final int first, final List<byte[]> answer) {
        for (int i = 0; i < answer.size(); i++) {
            assertThat(answer.get(i)).as("message %d", first + i).isEqualTo(tape.messages.get(first - 1 + i));
        }
    }
}
