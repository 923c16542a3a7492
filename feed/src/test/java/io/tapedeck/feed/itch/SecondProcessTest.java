package io.tapedeck.feed.itch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.recovery.RequestServer;
import io.tapedeck.feed.recovery.RequestServerContext;
import io.tapedeck.feed.recovery.ServerThread;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import io.tapedeck.feed.udp.UdpSender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SecondProcessTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");

    private Process process;

    @Test
    void shouldHaveTheSameBooksInAnotherProcess() throws IOException, InterruptedException {
        final TestTape tape = TestTape.random(4, 20_000);
        // Held open, so that the port is nobody else's.
        try (UdpReceiver group = UdpReceiver.open(new UdpContext(UdpEndpoint.parse("239.1.1.5:0")))) {
            final ItchPublisher publisher = publisher(tape, group.endpoint());
            // What the other process has no time to take from its socket it asks for again.
            final RequestServer server = new RequestServer(new RequestServerContext(
                    SESSION, publisher.packets(), new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))));
            final ServerThread serving = ServerThread.start(server);
            try {
                assertSameBooks(tape, publisher, group.endpoint(), server.endpoint());
            } finally {
                serving.close();
            }
        }
    }

    private void assertSameBooks(
            final TestTape tape, final ItchPublisher publisher, final UdpEndpoint group, final UdpEndpoint server)
            throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListenerProcess.class.getName(),
                        group.toString(),
                        server.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(output.readLine()).isEqualTo(group.toString());
            publisher.onBatch(tape.slots, 0, tape.size() - 1);
            publisher.onClose();

            assertThat(output.readLine())
                    .isEqualTo(tape.size() + " messages, 0 missing, crc " + crc(tape) + ", books " + hashes(tape));
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Says the end until the other process has heard it. */
    private ItchPublisher publisher(final TestTape tape, final UdpEndpoint group) throws IOException {
        final PublisherContext context = new PublisherContext(SESSION)
                .messagesPerSecond(50_000)
                .endOfSessionWhile(() -> process.isAlive(), TimeUnit.SECONDS.toNanos(60));
        return new ItchPublisher(context, tape.directory, UdpSender.open(new UdpContext(group)));
    }

    private static long crc(final TestTape tape) {
        final CRC32C crc = new CRC32C();
        tape.messages.forEach(crc::update);
        return crc.getValue();
    }

    private static Map<String, Long> hashes(final TestTape tape) {
        final Map<String, Long> hashes = new TreeMap<>();
        for (int locate = 1; locate <= TestTape.SYMBOLS.size(); locate++) {
            hashes.put(TestTape.SYMBOLS.get(locate - 1), tape.books.book(locate).hash(TestTape.TICK_SIZE));
        }
        return hashes;
    }
}
