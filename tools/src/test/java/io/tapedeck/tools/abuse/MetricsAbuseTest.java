package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.tools.counters.CountersCollector;
import io.tapedeck.tools.counters.CountersWatch;
import io.tapedeck.tools.counters.MetricsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers scrape without end, send what is no request, and hold connections: in the very process of the feed. */
@Tag("campaign")
@Timeout(600)
class MetricsAbuseTest {
    private static final int OPENING = 5_000;
    private static final byte[] SCRAPE = "GET /metrics HTTP/1.0\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HALF = "GET /metrics HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII);
    private static final int HELD = 60;
    private static final int PATIENCE_MS = 250;
    private static final long HONEST_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingAndGrowByNothing() throws Exception {
        FloodedJvm.run(
                folder, MetricsAbuseTest.class, folder.resolve("counters").toString());
    }

    /** The flood, in its own JVM. */
    public static void main(final String[] args) throws Exception {
        final Path counters = Path.of(args[0]);
        try (Vitals vitals = new Vitals(0);
                PacedFeed paced = new PacedFeed(OPENING, CountersFile.create(counters, 256));
                MetricsServer server = MetricsServer.start(new CountersCollector(new CountersWatch(counters)), 0)) {
            Flood.run(
                    vitals,
                    () -> paced.feed().count(PublisherCounter.MESSAGES) > OPENING,
                    isOver -> ask(server.port(), 1, isOver),
                    isOver -> hold(server.port(), isOver));

            assertThat(scrapeAtLast(server.port())).contains("tapedeck_feed_messages_total{unit=\"u0\"}");
            assertThat(paced.feed().count(PublisherCounter.MESSAGES)).isGreaterThan(OPENING);
        }
    }

    private static long ask(final int port, final long seed, final BooleanSupplier isOver) {
        final SplittableRandom random = new SplittableRandom(seed);
        long strikes = 0;
        for (; !isOver.getAsBoolean(); strikes++) {
            try (Socket socket = connect(port)) {
                if (random.nextInt(3) == 0) {
                    socket.getOutputStream().write(ByteMutator.mutate(SCRAPE, random.nextLong(), 200));
                } else {
                    socket.getOutputStream().write(SCRAPE);
                    socket.getInputStream().readNBytes(random.nextInt(20_000));
                }
            } catch (final IOException refused) {
                // As it should be when there are too many.
            }
        }
        return strikes;
    }

    /** As many connections as it can get, with half a request on each. */
    private static long hold(final int port, final BooleanSupplier isOver) throws IOException {
        final Deque<Socket> held = new ArrayDeque<>();
        long strikes = 0;
        for (; !isOver.getAsBoolean(); strikes++) {
            try {
                final Socket socket = connect(port);
                held.add(socket);
                socket.getOutputStream().write(HALF);
            } catch (final IOException refused) {
                // As it should be when there are too many.
            }
            if (held.size() > HELD) {
                held.remove().close();
            }
        }
        for (final Socket socket : held) {
            socket.close();
        }
        return strikes;
    }

    private static String scrapeAtLast(final int port) {
        final long untilNs = System.nanoTime() + HONEST_NS;
        while (System.nanoTime() - untilNs < 0) {
            try (Socket socket = connect(port)) {
                socket.getOutputStream().write(SCRAPE);
                final String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (answer.startsWith("HTTP/1.1 200")) {
                    return answer;
                }
            } catch (final IOException refused) {
                // There is no room yet.
            }
        }
        throw new AssertionError("the server answers nobody any more");
    }

    private static Socket connect(final int port) throws IOException {
        final Socket socket = new Socket();
        try {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            return socket;
        } catch (final IOException ex) {
            socket.close();
            throw ex;
        }
    }
}
