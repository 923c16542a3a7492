package io.tapedeck.feed.itch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
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

@Timeout(60)
class SecondProcessTest {
    @Test
    void shouldHaveTheSameBooksInAnotherProcess() throws IOException, InterruptedException {
        final TestTape tape = TestTape.random(4, 20_000);
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListenerProcess.class.getName(),
                        "239.1.1.5:0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            publish(tape, UdpEndpoint.parse(output.readLine()));

            assertThat(output.readLine())
                    .isEqualTo(tape.size() + " messages, 0 missing, crc " + crc(tape) + ", books " + hashes(tape));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void publish(final TestTape tape, final UdpEndpoint endpoint) throws IOException {
        final PublisherContext context = new PublisherContext(MoldSession.of("2601020000")).messagesPerSecond(50_000);
        final ItchPublisher publisher =
                new ItchPublisher(context, tape.directory, UdpSender.open(new UdpContext(endpoint)));
        publisher.onBatch(tape.slots, 0, tape.size() - 1);
        publisher.onClose();
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
