package io.tapedeck.tools.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.engine.pipeline.PipelineCounter;
import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.mold.LineCounter;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.mold.ReceiverCounter;
import io.tapedeck.feed.recovery.RequestCounter;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitoring system is given, whatever comes to the port and whatever is in the file. */
@Tag("campaign")
@Timeout(600)
class MetricsServerTest {
    private static final long FLOOD_NS = TimeUnit.MILLISECONDS.toNanos(Long.getLong("tapedeck.floodMs", 2_000));
    private static final int SILENT_CONNECTIONS = 60;

    @TempDir
    private Path folder;

    @Test
    void shouldKnowAMetricForEveryCounterThatThereIs() {
        for (final PipelineCounter counter : PipelineCounter.values()) {
            assertKnown(counter.label("u0"));
        }
        for (final PublisherCounter counter : PublisherCounter.values()) {
            assertKnown(counter.label("u0"));
        }
        for (final RequestCounter counter : RequestCounter.values()) {
            assertKnown(counter.label("u0"));
        }
        for (final GlimpseCounter counter : GlimpseCounter.values()) {
            assertKnown(counter.label("u0"));
        }
        for (final ReceiverCounter counter : ReceiverCounter.values()) {
            assertKnown(counter.label("u0"));
        }
        for (final LineCounter counter : LineCounter.values()) {
            assertKnown(counter.label("u0 a"));
        }
    }

    private static void assertKnown(final String label) {
        assertThat(MetricCatalogue.of(CounterLabel.parse(label).name()))
                .as(label)
                .isNotNull();
    }

    @Test
    void shouldServeTheCountersByTheConventions() throws Exception {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 16);
        newCounter(counters, PipelineCounter.PUBLISHED, "u1").set(1_000);
        newCounter(counters, PipelineCounter.STALL_NS, "u1").set(1_500_000_000);
        counters.newCounter(PipelineCounter.CONSUMED.label("u1", "journal"), PipelineCounter.CONSUMED.typeId())
                .set(990);
        counters.newCounter(RequestCounter.FUTURE.label("u1"), RequestCounter.FUTURE.typeId())
                .set(7);
        counters.newCounter("u1 of-another-version", 9_999).set(3);
        try (MetricsServer server = MetricsServer.start(new CountersCollector(new CountersWatch(path)), 0)) {
            assertThat(scrape(server).lines())
                    .contains(
                            "# HELP tapedeck_ring_published_records_total Records that the producer has published.",
                            "# TYPE tapedeck_ring_published_records_total counter",
                            "tapedeck_ring_published_records_total{unit=\"u1\"} 1000.0",
                            "tapedeck_ring_stall_seconds_total{unit=\"u1\"} 1.5",
                            "tapedeck_consumer_records_total{consumer=\"journal\",unit=\"u1\"} 990.0",
                            "# TYPE tapedeck_consumer_lag_records gauge",
                            "tapedeck_consumer_lag_records{consumer=\"journal\",unit=\"u1\"} 10.0",
                            "tapedeck_requests_total{outcome=\"future\",unit=\"u1\"} 7.0",
                            "tapedeck_other_total{name=\"of-another-version\",part=\"\",unit=\"u1\"} 3.0",
                            "tapedeck_up 1.0");

            // Another process starts in the same place.
            newCounter(CountersFile.create(path, 16), PipelineCounter.PUBLISHED, "u1")
                    .set(5);
            assertThat(scrape(server).lines())
                    .contains("tapedeck_ring_published_records_total{unit=\"u1\"} 5.0")
                    .noneMatch(line -> line.startsWith("tapedeck_ring_stall"));

            Files.delete(path);
            assertThat(scrape(server).lines()).containsOnlyOnce("tapedeck_up 0.0");
        }
    }

    /** A damaged file is refused or shown, and never ends a look in anything else. */
    @Test
    void shouldServeSomethingWhateverIsInTheFile() throws IOException {
        final Path path = folder.resolve("whole");
        final CountersManager counters = CountersFile.create(path, 4);
        newCounter(counters, PipelineCounter.PUBLISHED, "u0").set(-5);
        counters.newCounter("consumed", PipelineCounter.CONSUMED.typeId()).set(Long.MIN_VALUE);
        counters.newCounter("\u001b[2J u0 \n", 0).set(Long.MAX_VALUE);
        final byte[] whole = Files.readAllBytes(path);
        final int rounds = Integer.getInteger("tapedeck.mutants", 1_000);
        int shown = 0;
        for (int seed = 0; seed < rounds; seed++) {
            final Path damaged = folder.resolve("damaged");
            Files.write(damaged, ByteMutator.mutate(whole, seed, 300));
            shown += new CountersCollector(new CountersWatch(damaged)).collect().size() > 1 ? 1 : 0;
            Files.delete(damaged);
        }
        assertThat(new CountersCollector(new CountersWatch(path)).collect().size())
                .isGreaterThan(3);
        assertThat(shown).isBetween(rounds / 20, rounds);
    }

    @Test
    void shouldAnswerAgainAfterAFloodAndWhileConnectionsAreSilent() throws Exception {
        final Path path = folder.resolve("counters");
        newCounter(CountersFile.create(path, 16), PipelineCounter.PUBLISHED, "u0")
                .set(1);
        try (MetricsServer server = MetricsServer.start(new CountersCollector(new CountersWatch(path)), 0)) {
            scrape(server);
            final long usedBefore = usedAfterCollection();
            final Random random = new Random(42);
            final long endNs = System.nanoTime() + FLOOD_NS;
            long sent = 0;
            while (System.nanoTime() < endNs) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                    socket.getOutputStream().write(request(random));
                    sent++;
                } catch (final IOException refused) {
                    // As it should be when there are too many.
                }
            }
            assertThat(sent).isGreaterThan(10);
            final List<Socket> silent = new ArrayList<>();
            try {
                for (int i = 0; i < SILENT_CONNECTIONS; i++) {
                    final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    final OutputStream out = socket.getOutputStream();
                    out.write("GET /metrics HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    silent.add(socket);
                }
                assertThat(scrapeAtLast(server)).contains("tapedeck_ring_published_records_total{unit=\"u0\"} 1.0");
            } finally {
                for (final Socket socket : silent) {
                    socket.close();
                }
            }
            assertThat(usedAfterCollection() - usedBefore).isLessThan(16L << 20);
        }
    }

    private static byte[] request(final Random random) {
        final byte[] noise = new byte[random.nextInt(2_000)];
        random.nextBytes(noise);
        switch (random.nextInt(5)) {
            case 0:
                return noise;
            case 1:
                return ("GET /" + "x".repeat(random.nextInt(100_000)) + " HTTP/1.1\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
            case 2:
                return ("GET /metrics HTTP/1.1\r\n" + "Header: y\r\n".repeat(random.nextInt(5_000)) + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
            case 3:
                return "GET /metrics?name[]=x&name[]=%zz HTTP/1.0\r\nHost: x\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
            default:
                return ByteMutator.mutate(
                        "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII),
                        random.nextLong(),
                        60);
        }
    }

    /** Silent connections are closed after some seconds; until then there may be no room. */
    private static String scrapeAtLast(final MetricsServer server) throws InterruptedException {
        while (true) {
            try {
                return scrape(server);
            } catch (final IOException refused) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static String scrape(final MetricsServer server) throws IOException, InterruptedException {
        final HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/metrics"))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static AtomicCounter newCounter(
            final CountersManager counters, final PipelineCounter kind, final String unit) {
        return counters.newCounter(kind.label(unit), kind.typeId());
    }
}
