package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.mold.ReceiverContext;
import io.tapedeck.feed.recovery.RequestServer;
import io.tapedeck.feed.recovery.RequestServerContext;
import io.tapedeck.feed.recovery.ServerThread;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A simulated day of three symbols through real sockets and a relay that loses: with recovery everything arrives, once,
 * and the books are the engine's; without it exactly what no line brought is reported. {@code -Dtapedeck.lossSeconds=46800}
 * makes it a day of more than ten million messages.
 */
@Tag("campaign")
@Timeout(600)
class LossCampaignTest {
    private static final int SECONDS = Integer.getInteger("tapedeck.lossSeconds", 600);
    private static final List<RunSecurity> SECURITIES =
            List.of(new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000), new RunSecurity("GOOG", 20_000));
    private static final UdpContext ANY_PORT = new UdpContext(UdpEndpoint.parse("127.0.0.1:0"));
    private static final int BATCH = 256;
    private static final int SMALL_BUFFER = 1 << 16;

    /** So many that the buffer cannot have them all. */
    private static final int PACKETS_BEFORE_LISTENING = 200;

    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long WAIT_NS = 64 * STEP_NS;
    private static final long SEED = 20_260_102;

    @TempDir
    private static Path folder;

    private static UnitDayResult day;

    private final ManualClock clock = new ManualClock(STEP_NS);
    private final Audience audience = new Audience();
    private final RecordBookBuilder engine = new RecordBookBuilder(new OrderBooks());

    /** Keeps books, and what was missing. */
    private static final class Audience implements MoldHandler {
        private final FeedBooks books = new FeedBooks();
        private final BitSet missing = new BitSet();
        private long nextSequence = 1;

        @Override
        public void onSession(final MoldSession session) {
            books.onSession(session);
        }

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            if (sequence != nextSequence++) {
                throw new AssertionError("message " + sequence + " came instead of " + (nextSequence - 1));
            }
            books.onMessage(sequence, buffer, offset, length);
        }

        @Override
        public void onGap(final long first, final long last) {
            assertThat(first).isEqualTo(nextSequence);
            missing.set((int) first, (int) last + 1);
            nextSequence = last + 1;
        }
    }

    @BeforeAll
    static void simulate() throws IOException, InterruptedException {
        day = TapeRun.run(new TapeRun.Context()
                        .outputDirectory(folder)
                        .parameters(SessionParameters.builder()
                                .sessionSeconds(SECONDS)
                                .build())
                        .securities(SECURITIES)
                        .seed(SEED)
                        .days(1))
                .days()
                .get(0);
    }

    static Stream<LossProfile> profiles() {
        return Stream.of(
                LossProfile.random("0.1 %", 1, 0.001),
                LossProfile.random("1 %", 1, 0.01),
                LossProfile.random("5 %", 1, 0.05),
                LossProfile.random("20 %", 1, 0.2),
                LossProfile.random("20 % on each of two lines", 2, 0.2),
                new LossProfile("bursts of 1,000 packets", 1, 0, 1_000, 0.001, 0, 0, 0, false),
                new LossProfile("duplicates", 1, 0.01, 0, 0, 0.2, 0, 0, false),
                new LossProfile("reordering", 1, 0.01, 0, 0, 0, 0.2, 32, false),
                new LossProfile("one line silent", 2, 0.01, 0, 0, 0, 0, 0, true),
                new LossProfile("everything on two lines", 2, 0.1, 1_000, 0.0003, 0.1, 0.1, 32, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void shouldLoseNothingWhenItCanAsk(final LossProfile profile) throws IOException {
        final MoldReceiver receiver = run(profile, true);

        assertThat(receiver.counts().messageCount()).isEqualTo(day.entry().recordCount());
        assertThat(receiver.counts().missingMessageCount()).isZero();
        assertThat(audience.missing.cardinality()).isZero();
        assertThat(receiver.counts().recoveredMessageCount()).isPositive();
        assertThat(audience.books.builder().unknownReferenceCount()).isZero();
        assertThat(audience.books.hashes()).isEqualTo(engineHashes());
        if (profile.duplicates() == 0 && profile.lines() == 1) {
            assertThat(receiver.counts().duplicateMessageCount())
                    .isLessThan(day.entry().recordCount() / 100);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("profiles")
    void shouldReportExactlyWhatNoLineBroughtWhenItCannotAsk(final LossProfile profile) throws IOException {
        final MoldReceiver receiver = run(profile, false);

        assertThat(receiver.counts().missingMessageCount())
                .isEqualTo(audience.missing.cardinality())
                .isPositive();
        assertThat(receiver.counts().messageCount() + receiver.counts().missingMessageCount())
                .isEqualTo(day.entry().recordCount());
    }

    /** Nobody holds the publisher back, and the listener's socket has room for a few packets only. */
    @Test
    void shouldLoseNothingWhenThePublisherGoesAtFullSpeed() throws Exception {
        final FeedListener listener;
        final ItchPublisher publisher;
        // The end is said until it was heard, whichever thread the system lets run.
        final AtomicBoolean isListening = new AtomicBoolean(true);
        final PublisherContext publishing =
                new PublisherContext(session()).endOfSessionWhile(isListening::get, TimeUnit.MINUTES.toNanos(10));
        try (Publication publication = new Publication(publishing)) {
            publisher = publication.publisher;
            final RequestServer server = publication.server(SystemNanoClock.INSTANCE);
            final ServerThread running = ServerThread.start(server);
            try (FeedListener opened = new FeedListener(
                    new ListenerContext(new UdpContext(ANY_PORT.endpoint()).bufferLength(SMALL_BUFFER))
                            .requestServer(new UdpContext(server.endpoint())),
                    audience)) {
                listener = opened;
                publication.sendTo(List.of(listener.endpoint()));
                final CompletableFuture<Void> published = CompletableFuture.runAsync(publication::publishAll)
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                listener.stop();
                            }
                        });
                while (publisher.count(PublisherCounter.PACKETS) < PACKETS_BEFORE_LISTENING && !published.isDone()) {
                    Thread.onSpinWait();
                }
                final boolean ended = listener.listen();
                isListening.set(false);
                published.get(10, TimeUnit.MINUTES);
                assertThat(ended).isTrue();
            } finally {
                isListening.set(false);
                running.close();
            }
        }
        assertThat(listener.receiver().counts().messageCount())
                .isEqualTo(day.entry().recordCount());
        assertThat(listener.receiver().counts().missingMessageCount()).isZero();
        assertThat(listener.receiver().counts().recoveredMessageCount()).isPositive();
        assertThat(publisher.count(PublisherCounter.MESSAGES))
                .isEqualTo(day.entry().recordCount());
        assertThat(audience.books.hashes()).isEqualTo(engineHashes());
    }

    /** In lock step on one thread, with a clock of its own: only the relay loses anything. */
    private MoldReceiver run(final LossProfile profile, final boolean canAsk) throws IOException {
        final PublisherContext publishing = new PublisherContext(session())
                .endOfSessionNs(0)
                .nanoClock(clock)
                .idleStrategy(clock);
        try (Publication publication = new Publication(publishing)) {
            final RequestServer server = publication.server(clock);
            final ListenerContext listening = new ListenerContext(ANY_PORT)
                    .receiver(new ReceiverContext().reorderWaitNs(WAIT_NS))
                    .nanoClock(clock)
                    .idleStrategy(clock);
            if (profile.lines() == 2) {
                listening.addLine(ANY_PORT);
            }
            if (canAsk) {
                listening.requestServer(new UdpContext(server.endpoint()));
            }
            try (FeedListener listener = new FeedListener(listening, audience);
                    LossyRelay relay = new LossyRelay(profile, SEED, endpoints(listener, profile.lines()))) {
                final List<UdpEndpoint> entries = new ArrayList<>();
                for (int line = 0; line < profile.lines(); line++) {
                    entries.add(relay.endpoint(line));
                }
                publication.sendTo(entries);
                while (publication.publishBatch()) {
                    catchUp(publication, relay, listener);
                    server.doWork();
                    clock.advance(STEP_NS);
                }
                publication.publisher.onClose();
                while (!listener.receiver().isEnded()) {
                    catchUp(publication, relay, listener);
                    server.doWork();
                    listener.doWork();
                    clock.advance(STEP_NS);
                }
                if (!canAsk) {
                    final BitSet silent = new BitSet();
                    silent.set(1, (int) day.entry().recordCount() + 1);
                    silent.andNot(relay.passedMessages);
                    assertThat(audience.missing).isEqualTo(silent);
                }
                server.onClose();
                return listener.receiver();
            }
        }
    }

    private static void catchUp(final Publication publication, final LossyRelay relay, final FeedListener listener)
            throws IOException {
        relay.relay(publication.publisher.count(PublisherCounter.PACKETS));
        final MoldReceiver receiver = listener.receiver();
        while (receiver.counts().packetCount()
                                - receiver.counts().line(MoldReceiver.ANSWERS).packetCount()
                        < relay.passed
                && !receiver.isEnded()) {
            listener.doWork();
        }
    }

    private static List<UdpEndpoint> endpoints(final FeedListener listener, final int lines) {
        final List<UdpEndpoint> endpoints = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            endpoints.add(listener.endpoint(line));
        }
        return endpoints;
    }

    private Map<String, Long> engineHashes() {
        final Map<String, Long> hashes = new TreeMap<>();
        for (final Instrument instrument : day.day().instruments()) {
            hashes.put(instrument.symbol(), engine.books().book(instrument.id()).hash(instrument.tickSize()));
        }
        return hashes;
    }

    private static MoldSession session() {
        return MoldSession.of(day.day().sessionName());
    }

    /** The day's journal on its way out; sinks are named once they are known. */
    private final class Publication implements AutoCloseable {
        private final List<PacketSink> sinks = new ArrayList<>();
        private final JournalSource source = JournalSource.open(day.file());
        private final ItchPublisher publisher;

        Publication(final PublisherContext context) throws IOException {
            publisher = new ItchPublisher(context, InstrumentTable.of(day.day().instruments()), new PacketSink() {
                @Override
                public int send(final ByteBuffer packet) {
                    int retries = 0;
                    for (final PacketSink sink : sinks) {
                        retries += sink.send(packet.duplicate());
                    }
                    return retries;
                }

                @Override
                public void close() {
                    sinks.forEach(PacketSink::close);
                }
            });
        }

        RequestServer server(final NanoClock serverClock) throws IOException {
            return new RequestServer(new RequestServerContext(session(), publisher.packets(), ANY_PORT)
                    .journal(day.file(), InstrumentTable.of(day.day().instruments()))
                    .nanoClock(serverClock));
        }

        void sendTo(final List<UdpEndpoint> endpoints) throws IOException {
            for (final UdpEndpoint endpoint : endpoints) {
                sinks.add(UdpSender.open(new UdpContext(endpoint)));
            }
        }

        boolean publishBatch() throws IOException {
            source.poll(
                    (slots, low, high) -> {
                        publisher.onBatch(slots, low, high);
                        engine.onBatch(slots, low, high);
                    },
                    BATCH);
            return source.state() == SourceState.ACTIVE;
        }

        void publishAll() {
            try {
                while (publishBatch()) {
                    continue;
                }
                publisher.onClose();
            } catch (final IOException ex) {
                throw new AssertionError(ex);
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
