package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.engine.run.Pace;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.tools.Tapedeck;
import io.tapedeck.tools.cli.CommandRunner;
import io.tapedeck.tools.cli.ExitCode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class ItchCommandTest {
    private static final String GROUP = "239.1.1.1";
    private static final String GROUP_B = "239.1.1.2";

    /** So few of them that the smallest of receive buffers takes all: nothing is lost however late the listener runs. */
    private static final String FULL_PACKETS = "1000000";

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private Path folder;

    @Test
    void shouldPublishATapeOnBothLinesForListenersInOtherJvms() throws Exception {
        final JsonNode run = json("run", "--quiet", "--seconds", "60", "--days", "1", "--output", path("run"));
        final int port = freePort();
        try (ListenerProcess a = listener(GROUP, port);
                ListenerProcess b = listener(GROUP_B, port)) {
            final JsonNode published = json(
                    "itch",
                    path("run"),
                    "--quiet",
                    "--port",
                    Integer.toString(port),
                    "--itch-b",
                    GROUP_B + ":" + port,
                    "--itch-rate",
                    "50000",
                    "--flush-us",
                    FULL_PACKETS,
                    "--itch-request-port",
                    "0");
            final JsonNode heardA = a.await();
            final JsonNode heardB = b.await();

            assertThat(published.get("messages")).isEqualTo(run.get("records"));
            assertThat(published.get("sessions").get(0).asText())
                    .isEqualTo(run.get("days").get(0).get("sessionName").asText());
            assertThat(published.get("refused").asLong()).isZero();
            assertThat(published.get("stopped").asBoolean()).isFalse();
            for (final JsonNode heard : List.of(heardA, heardB)) {
                assertThat(heard.get("messages")).isEqualTo(run.get("records"));
                assertThat(heard.get("missing").asLong()).isZero();
                assertThat(heard.get("ended").asBoolean()).isTrue();
                assertThat(heard.get("unknownReferences").asLong()).isZero();
            }
            assertThat(heardA.get("bookHashes")).isEqualTo(heardB.get("bookHashes"));
        }
    }

    /** The run goes twenty times as fast as the clock, and writes what it has every 100 ms. */
    @Test
    void shouldFollowATapeThatIsBeingWritten() throws Exception {
        final int port = freePort();
        final Path run = folder.resolve("live");
        try (ListenerProcess listener = listener(GROUP, port)) {
            final CountDownLatch begun = new CountDownLatch(1);
            final Path counters = folder.resolve("follower.counters");
            final CompletableFuture<TapeRunSummary> running =
                    CompletableFuture.supplyAsync(() -> run(run, begun, counters));
            begun.await();
            final JsonNode published = json(
                    "itch",
                    run.toString(),
                    "--quiet",
                    "--follow",
                    "--port",
                    Integer.toString(port),
                    "--counters",
                    counters.toString());
            final long records = running.get(60, TimeUnit.SECONDS).recordCount();
            final JsonNode heard = listener.await();

            assertThat(published.get("messages").asLong()).isEqualTo(records);
            assertThat(published.get("seconds").asDouble()).isGreaterThan(0.5);
            assertThat(heard.get("messages").asLong() + heard.get("missing").asLong())
                    .isEqualTo(records);
            assertThat(heard.get("ended").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldTakeTheTimeThatWasRecorded() throws IOException {
        json("run", "--quiet", "--seconds", "20", "--days", "1", "--output", path("run"));
        final String port = Integer.toString(freePort());

        final JsonNode paced = json("itch", path("run"), "--quiet", "--speed", "20x", "--port", port);
        final JsonNode fast = json("itch", path("run"), "--quiet", "--port", port);

        assertThat(paced.get("seconds").asDouble()).isGreaterThan(0.9);
        assertThat(paced.get("messages")).isEqualTo(fast.get("messages"));
        // Packets are sent as soon as nothing more is due, so there are more of them.
        assertThat(paced.get("packets").asLong())
                .isGreaterThan(fast.get("packets").asLong());
    }

    @Test
    void shouldPublishEveryUnitOfADayAsASessionOfItsOwn() throws IOException {
        final JsonNode run = json(
                "run",
                "--quiet",
                "--seconds",
                "20",
                "--days",
                "2",
                "--units",
                "2",
                "--securities",
                "AAPL:10000,MSFT:15000,GOOG:20000",
                "--output",
                path("run"));

        final JsonNode published = json(
                "itch",
                path("run"),
                "--quiet",
                "--no-multicast",
                "--unicast-dest",
                "127.0.0.1:" + freePort(),
                "--speed",
                "200x");

        assertThat(published.get("sessions"))
                .extracting(JsonNode::asText)
                .containsExactly("2601020000", "2601020001", "2601050000", "2601050001");
        assertThat(published.get("messages")).isEqualTo(run.get("records"));
    }

    @ParameterizedTest
    @CsvSource({
        "--no-multicast, '', names nowhere",
        "--mtu, 60, too short",
        "--mtu, 65508, too long",
        "--speed, fast, no speed",
        "--itch-rate, -1, no rate",
        "--flush-us, -1, no time",
        "--itch-ttl, 256, no time to live",
        "--itch-interface, none9, no interface",
        "--itch-request-port, 70000, no port",
        "--unicast-dest, 192.0.2.1:5001, another host",
        "--port, 65536, no port"
    })
    void shouldRefuseWhatMakesNoSense(final String option, final String value, final String why) throws IOException {
        final Path run = folder.resolve("run");
        json("run", "--quiet", "--seconds", "1", "--days", "1", "--output", run.toString());
        final CommandRunner.Result result = value.isEmpty()
                ? CommandRunner.run("itch", run.toString(), option)
                : CommandRunner.run("itch", run.toString(), option, value);

        assertThat(result.exitCode()).as(why + ": " + result.err()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains(value).doesNotContain("fault of Tapedeck");
    }

    @Test
    void shouldSayWhatToDoWithATapeOfAnotherFormat() throws IOException {
        json("run", "--quiet", "--reference", "--seconds", "1", "--output", path("one.qrsdp"));
        final CommandRunner.Result result = CommandRunner.run("itch", path("one.qrsdp"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("one.qrsdp", "import qrsdp1");
        assertThat(CommandRunner.run("itch", path("absent.qrsdp")).exitCode()).isEqualTo(ExitCode.IO);
    }

    /** So slow that a full ring would take most of a minute: what waits is bounded by the rate. */
    @Test
    void shouldEndInTimeWhenARunIsPublishedSlowly() throws IOException {
        final JsonNode run = json(
                "run",
                "--quiet",
                "--seconds",
                "3",
                "--days",
                "1",
                "--itch",
                GROUP + ":" + freePort(),
                "--itch-rate",
                "40",
                "--output",
                path("slow"));

        assertThat(run.get("clean").asBoolean()).isTrue();
        assertThat(run.get("messages")).isEqualTo(run.get("records"));
    }

    @Test
    void shouldAnswerRequestsWhileARunIsAtWork() throws Exception {
        final int requestPort = freePort();
        final CompletableFuture<JsonNode> running = CompletableFuture.supplyAsync(() -> paced(requestPort));
        final ByteBuffer request = ByteBuffer.allocate(20)
                .put("2601020000".getBytes(StandardCharsets.US_ASCII))
                .putLong(2)
                .putShort((short) 3);
        final DatagramPacket answer = new DatagramPacket(new byte[1 << 16], 1 << 16);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(50);
            while (true) {
                socket.send(new DatagramPacket(
                        request.array(), request.capacity(), InetAddress.getLoopbackAddress(), requestPort));
                try {
                    socket.receive(answer);
                    // Of the first messages only some may have gone out.
                    if (ByteBuffer.wrap(answer.getData()).getShort(18) == 3) {
                        break;
                    }
                } catch (final SocketTimeoutException ex) {
                    // The run has not come so far yet.
                    assertThat(running.isDone()).isFalse();
                }
            }
        }
        final JsonNode run = running.get(60, TimeUnit.SECONDS);

        final ByteBuffer packet = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
        assertThat(packet.getLong(10)).isEqualTo(2);
        assertThat(packet.getShort(18)).isEqualTo((short) 3);
        // Start of system hours, the directory, trading.
        assertThat(new char[] {(char) packet.get(22), (char) packet.get(36), (char) packet.get(77)})
                .containsExactly('S', 'R', 'H');
        assertThat(run.get("requestsFromRecent").asLong()).isPositive();
        assertThat(run.get("messages")).isEqualTo(run.get("records"));
    }

    private JsonNode paced(final int requestPort) {
        try {
            return json(
                    "run",
                    "--quiet",
                    "--seconds",
                    "40",
                    "--days",
                    "1",
                    "--speed",
                    "20x",
                    "--itch",
                    GROUP + ":" + freePort(),
                    "--itch-request-port",
                    Integer.toString(requestPort),
                    "--output",
                    path("asked"));
        } catch (final IOException ex) {
            throw new AssertionError(ex);
        }
    }

    /** The first record waits until somebody follows, which the file shows. */
    private static TapeRunSummary run(final Path directory, final CountDownLatch begun, final Path followed) {
        try {
            return TapeRun.run(new TapeRun.Context()
                    .outputDirectory(directory)
                    .parameters(SessionParameters.builder().sessionSeconds(30).build())
                    .securities(List.of(new RunSecurity("TAPE", 10_000)))
                    .days(1)
                    .pace(Pace.parse("20x"))
                    .consumers((pipeline, day) -> {
                        begun.countDown();
                        while (!Files.exists(followed)) {
                            LockSupport.parkNanos(POLL_NS);
                        }
                    }));
        } catch (final IOException | InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    /** As patient as a busy machine needs it that starts another JVM before anything is published. */
    private static ListenerProcess listener(final String group, final int port) throws IOException {
        return ListenerProcess.start(Tapedeck.class.getName(), group, port, "--timeout", "120");
    }

    private String path(final String name) {
        return folder.resolve(name).toString();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
