package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.tools.counters.CountersCollector;
import io.tapedeck.tools.counters.CountersWatch;
import io.tapedeck.tools.counters.MetricsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A feed goes on as if nobody looked, however many look and however badly. */
@Tag("campaign")
@Timeout(600)
class WatchedFeedTest {
    private static final String PORT = "39061";
    private static final String RATE = "30000";

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingWhileTheMetricsAreFlooded() throws Exception {
        final String run = folder.resolve("run").toString();
        succeed("run", "--quiet", "--days", "1", "--seconds", Long.toString(seconds()), "-o", run);
        final Path heard = folder.resolve("heard");
        final Path sent = folder.resolve("sent");
        final CompletableFuture<JsonNode> listener = supply(
                "listen",
                "--quiet",
                "--no-multicast",
                "--port",
                PORT,
                "--timeout",
                "60",
                "--counters",
                heard.toString());
        while (!Files.exists(heard)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        final AtomicBoolean isOver = new AtomicBoolean();
        final AtomicLong requests = new AtomicLong();
        try (MetricsServer server = MetricsServer.start(new CountersCollector(new CountersWatch(heard)), 0)) {
            final Thread flood = new Thread(() -> flood(server.port(), isOver, requests));
            flood.start();
            final JsonNode published = json(
                    "itch",
                    run,
                    "--quiet",
                    "--no-multicast",
                    "--unicast-dest",
                    "127.0.0.1:" + PORT,
                    "--itch-rate",
                    RATE,
                    "--counters",
                    sent.toString());
            final JsonNode summary = listener.get(60, TimeUnit.SECONDS);
            isOver.set(true);
            flood.join();

            assertThat(requests.get()).isGreaterThan(100);
            final long messages = published.get("messages").asLong();
            assertThat(summary.get("messages").asLong()).isEqualTo(messages);
            assertThat(summary.get("missing").asLong()).isZero();
            assertThat(counter(sent, "u0 feed-messages")).isEqualTo(messages);
            assertThat(counter(heard, "listener receiver-messages")).isEqualTo(messages);
            assertThat(counter(heard, "listener line-first a")).isEqualTo(messages);
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

    private static CompletableFuture<JsonNode> supply(final String... args) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return json(args);
            } catch (final IOException ex) {
                throw new IllegalStateException(ex);
            }
        });
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
