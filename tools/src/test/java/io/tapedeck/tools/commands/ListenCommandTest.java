package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.recovery.RequestServer;
import io.tapedeck.feed.recovery.RequestServerContext;
import io.tapedeck.feed.recovery.ServerThread;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.tools.Tapedeck;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Following a feed from the command line: books, journal, capture, recovery. */
@Timeout(180)
class ListenCommandTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final Pattern ENDPOINT = Pattern.compile("127\\.0\\.0\\.1:[0-9]+");
    private static final long SLOW = 50_000;

    /** Full packets, so few that the smallest of receive buffers takes all: what is lost is lost on purpose. */
    private static final long FULL_PACKETS_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private static Path shared;

    private static Path run;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void simulate() {
        run = shared.resolve("run");
        succeed("run", "--quiet", "--seed", "7", "--days", "1", "--seconds", "60", "-o", run.toString());
    }

    @Test
    void shouldRecordAJournalAndACaptureOfWhatItHears() throws Exception {
        final String journal = folder.resolve("heard").toString();
        final String capture = folder.resolve("heard.pcap").toString();
        final CompletableFuture<Integer> exitCode = listen("-o", journal, "--pcap", capture, "--itch-b", "127.0.0.1:0");
        final List<UdpEndpoint> lines = awaitEndpoints(exitCode, 2);
        publish(Integer.MAX_VALUE, lines);

        assertThat(exitCode.get(120, TimeUnit.SECONDS)).as(err.toString()).isZero();
        final JsonNode summary = new ObjectMapper().readTree(out.toString());
        final long records = json("info", run.toString()).get("records").asLong();
        assertThat(summary.get("messages").asLong()).isEqualTo(records);
        assertThat(summary.get("records").asLong()).isEqualTo(records);
        assertThat(summary.get("missing").asLong()).isZero();
        assertThat(summary.get("lineA").get("first").asLong()
                        + summary.get("lineB").get("first").asLong())
                .isEqualTo(records);
        assertThat(export(journal)).isEqualTo(export(run.toString()));

        final String imported = folder.resolve("imported").toString();
        final JsonNode captured = json("import", "pcap", capture, "-o", imported);
        assertThat(captured.get("messages").asLong()).isEqualTo(records);
        assertThat(captured.get("flows")).hasSize(2);
        assertThat(captured.get("ended").asBoolean()).isTrue();
        assertThat(json("diff", journal, imported).get("same").asBoolean()).isTrue();
    }

    @Test
    void shouldRecoverWhatItsLineLoses() throws Exception {
        final Dropping sink = new Dropping(7);
        final ItchPublisher publisher =
                new ItchPublisher(new PublisherContext(SESSION).messagesPerSecond(SLOW), directory(), sink);
        final RequestServer server = new RequestServer(new RequestServerContext(
                SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))));
        final ServerThread running = ServerThread.start(server);
        try {
            final CompletableFuture<Integer> exitCode =
                    listen("--itch-request", server.endpoint().toString(), "--session", SESSION.toString());
            sink.line =
                    UdpSender.open(new UdpContext(awaitEndpoints(exitCode, 1).get(0)));
            replay(publisher);

            assertThat(exitCode.get(120, TimeUnit.SECONDS)).as(err.toString()).isZero();
        } finally {
            running.close();
        }
        final JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertThat(summary.get("missing").asLong()).isZero();
        assertThat(summary.get("recovered").asLong()).isPositive();
        assertThat(summary.get("lineA").get("missing").asLong()).isPositive();
        assertThat(summary.get("unknownReferences").asLong()).isZero();
    }

    @Test
    void shouldCallLossACheckThatDidNotHold() throws Exception {
        final CompletableFuture<Integer> exitCode = listen();
        publish(7, awaitEndpoints(exitCode, 1));

        assertThat(exitCode.get(120, TimeUnit.SECONDS)).isEqualTo(4);
        final JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertThat(summary.get("missing").asLong())
                .isPositive()
                .isEqualTo(summary.get("lineA").get("missing").asLong());
        assertThat(summary.get("gaps").get(0).asText()).matches("[0-9]+-[0-9]+");
    }

    @Test
    void shouldSayThatAskingDidNotHelpWhenTheRequestServerIsSilent() throws Exception {
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        final Logger logger = (Logger) LoggerFactory.getLogger(ListenCommand.class);
        logger.addAppender(log);
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<Integer> exitCode =
                    listen("--itch-request", "127.0.0.1:" + silent.getLocalPort(), "--give-up", "1");
            publish(7, awaitEndpoints(exitCode, 1));

            assertThat(exitCode.get(60, TimeUnit.SECONDS)).as(err.toString()).isEqualTo(4);
        } finally {
            logger.detachAppender(log);
        }
        final JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertThat(summary.get("requests").asLong()).isPositive();
        assertThat(summary.get("recovered").asLong()).isZero();
        assertThat(summary.get("missing").asLong()).isPositive();
        final String firstGap = summary.get("gaps").get(0).asText().replace("-", " to ");
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("messages " + firstGap + " are lost, and asking for them did not help")
                        .contains("--give-up"))
                .noneSatisfy(line -> assertThat(line).contains("Name a request server"));
    }

    @Test
    void shouldStopAtTheFirstLossWhenAskedTo() throws Exception {
        final String journal = folder.resolve("heard").toString();
        final CompletableFuture<Integer> exitCode = listen("--fail-on-loss", "-o", journal);
        publish(7, awaitEndpoints(exitCode, 1));

        assertThat(exitCode.get(120, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(err.toString()).contains("messages are lost").doesNotContain("Exception");
        assertThat(json("info", journal).get("records").asLong()).isPositive();
    }

    @Test
    void shouldRefuseToReplaceWhatIsThere() throws IOException {
        final Path capture = Files.writeString(folder.resolve("there.pcap"), "mine");
        final CommandRunner.Result overCapture = CommandRunner.run("listen", "--pcap", capture.toString());
        final CommandRunner.Result overTape = CommandRunner.run("listen", "-o", run.toString());

        assertThat(overCapture.exitCode()).isEqualTo(2);
        assertThat(overTape.exitCode()).isEqualTo(2);
        assertThat(overCapture.err() + overTape.err()).contains("there.pcap", "manifest.json", "--force");
        assertThat(capture).hasContent("mine");
    }

    private CompletableFuture<Integer> listen(final String... more) {
        final List<String> arguments =
                new ArrayList<>(List.of("listen", "--json", "--no-multicast", "--port", "0", "--timeout", "30"));
        arguments.addAll(Arrays.asList(more));
        return CompletableFuture.supplyAsync(
                () -> Tapedeck.execute(new PrintWriter(out), new PrintWriter(err), arguments.toArray(new String[0])));
    }

    private List<UdpEndpoint> awaitEndpoints(final CompletableFuture<Integer> exitCode, final int count) {
        while (true) {
            assertThat(exitCode.isDone()).as(err.toString()).isFalse();
            final Matcher matcher = ENDPOINT.matcher(err.toString());
            final List<UdpEndpoint> found = new ArrayList<>();
            while (matcher.find()) {
                found.add(UdpEndpoint.parse(matcher.group()));
            }
            if (found.size() == count && err.toString().contains("KiB")) {
                return found;
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Publishes the run, without each packet of a number. */
    private static void publish(final int lostPacket, final List<UdpEndpoint> lines) throws IOException {
        final PacketSink[] sinks = new PacketSink[lines.size()];
        for (int line = 0; line < sinks.length; line++) {
            final Dropping sink = new Dropping(lostPacket);
            sink.line = UdpSender.open(new UdpContext(lines.get(line)));
            sinks[line] = sink;
        }
        replay(new ItchPublisher(
                new PublisherContext(SESSION).messagesPerSecond(SLOW).flushIntervalNs(FULL_PACKETS_NS),
                directory(),
                sinks));
    }

    private static void replay(final ItchPublisher publisher) throws IOException {
        try (JournalSource source = JournalSource.open(tape())) {
            Replay.run(source, publisher::onBatch, count -> {});
            publisher.onClose();
        }
    }

    private static InstrumentDirectory directory() throws IOException {
        try (JournalSource source = JournalSource.open(tape())) {
            return InstrumentTable.of(source.instruments());
        }
    }

    private static Path tape() {
        return run.resolve("2026-01-02.qrsdp");
    }

    private byte[] export(final String tape) throws IOException {
        final Path file = Files.createTempFile(folder, "export", ".itch50");
        Files.delete(file);
        succeed("export", "itch50", tape, "-o", file.toString());
        return Files.readAllBytes(file);
    }

    /** Loses packets, but not the last ones. */
    private static final class Dropping implements PacketSink {
        private static final int END = 0xFFFF;

        private final int each;
        private UdpSender line;
        private long count;

        private Dropping(final int each) {
            this.each = each;
        }

        @Override
        public int send(final ByteBuffer packet) {
            final boolean isEnd = (packet.getShort(packet.position() + 18) & 0xFFFF) == END;
            return ++count % each == 0 && !isEnd ? 0 : line.send(packet);
        }

        @Override
        public void close() {
            line.close();
        }
    }
}
