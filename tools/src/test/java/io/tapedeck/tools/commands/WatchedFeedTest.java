package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.tools.Tapedeck;
import io.tapedeck.tools.counters.CountersCollector;
import io.tapedeck.tools.counters.CountersWatch;
import io.tapedeck.tools.counters.MetricsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A feed goes on as if nobody looked, however many look and however badly. */
@Tag("campaign")
@Timeout(600)
class WatchedFeedTest {
    private static final String RATE = "30000";
    private static final Pattern LISTENING = Pattern.compile("listening on (127\\.0\\.0\\.1:[0-9]+), .* KiB");
    private static final int ENOUGH_REQUESTS = 100;
    private static final long LIMIT_SECONDS = 240;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingWhileTheMetricsAreFlooded() throws Exception {
        final String run = folder.resolve("run").toString();
        succeed("run", "--quiet", "--days", "1", "--seconds", Long.toString(seconds()), "-o", run);
        final Path heard = folder.resolve("heard");
        final Path sent = folder.resolve("sent");
        final String requestPort = Integer.toString(freePort());
        final StringWriter said = new StringWriter();
        final CompletableFuture<JsonNode> listener = listen(
                said,
                "--no-multicast",
                "--port",
                "0",
                "--timeout",
                "60",
                // What little buffers and busy processors lose is sent again.
                "--itch-request",
                "127.0.0.1:" + requestPort,
                "--counters",
                heard.toString());
        final String destination = awaitEndpoint(listener, said);
        final AtomicBoolean isOver = new AtomicBoolean();
        final AtomicLong requests = new AtomicLong();
        try (MetricsServer server = MetricsServer.start(new CountersCollector(new CountersWatch(heard)), 0)) {
            final Thread flood = new Thread(() -> flood(server.port(), isOver, requests));
            flood.start();
            awaitRequests(requests, ENOUGH_REQUESTS);
            final JsonNode published = json(
                    "itch",
                    run,
                    "--quiet",
                    "--no-multicast",
                    "--unicast-dest",
                    destination,
                    "--itch-rate",
                    RATE,
                    "--itch-request-port",
                    requestPort,
                    "--counters",
                    sent.toString());
            final JsonNode summary = listener.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            final long requestsMeanwhile = requests.get() - ENOUGH_REQUESTS;
            isOver.set(true);
            flood.join();

            assertThat(requestsMeanwhile).isPositive();
            final long messages = published.get("messages").asLong();
            assertThat(summary.get("messages").asLong()).isEqualTo(messages);
            assertThat(summary.get("missing").asLong()).isZero();
            assertThat(counter(sent, "u0 feed-messages")).isEqualTo(messages);
            assertThat(counter(heard, "listener receiver-messages")).isEqualTo(messages);
            assertThat(counter(heard, "listener line-first a") + counter(heard, "listener receiver-recovered"))
                    .isEqualTo(messages);
            assertThat(counter(heard, "listener receiver-packets"))
                    .isEqualTo(summary.get("packets").asLong());
            assertThat(counter(heard, "listener receiver-in-gap")).isZero();
        }
    }

    /** Of market time; at the limited rate some seconds of publishing, or as long as a campaign says. */
    private static long seconds() {
        return Long.getLong("tapedeck.watchedSeconds", 900);
    }

    private static long counter(final Path file, final String label) throws IOException {
        return json("stat", file.toString()).get("counters").get(label).asLong();
    }

    /** The summary of a listener; the text is what it says before. */
    private static CompletableFuture<JsonNode> listen(final StringWriter said, final String... more) {
        final List<String> command = new ArrayList<>(List.of("listen", "--json"));
        command.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> {
            final StringWriter out = new StringWriter();
            assertThat(Tapedeck.execute(new PrintWriter(out), new PrintWriter(said), command.toArray(new String[0])))
                    .as(said.toString())
                    .isZero();
            try {
                return new ObjectMapper().readTree(out.toString());
            } catch (final IOException ex) {
                throw new IllegalStateException(ex);
            }
        });
    }

    private static String awaitEndpoint(final CompletableFuture<JsonNode> listener, final StringWriter said) {
        while (true) {
            final Matcher listening = LISTENING.matcher(said.toString());
            if (listening.find()) {
                return listening.group(1);
            }
            assertThat(listener.isDone()).as(said.toString()).isFalse();
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static void awaitRequests(final AtomicLong requests, final long count) {
        while (requests.get() < count) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void flood(final int port, final AtomicBoolean isOver, final AtomicLong requests) {
        final Random random = new Random(7);
        final byte[] noise = new byte[500];
        while (!isOver.get()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (random.nextBoolean()) {
                    random.nextBytes(noise);
                    socket.getOutputStream().write(noise);
                } else {
                    socket.getOutputStream().write("GET /metrics HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readNBytes(random.nextInt(10_000));
                }
                requests.incrementAndGet();
            } catch (final IOException refused) {
                // As it should be when there are too many.
            }
        }
    }
}
