package io.tapedeck.feed.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.glimpse.GlimpseContext;
import io.tapedeck.feed.glimpse.GlimpseServer;
import io.tapedeck.feed.glimpse.SnapshotTaker;
import io.tapedeck.feed.itch.TestTape;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.soup.SoupClient;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What our server and our client of SoupBinTCP say to each other, as a decoder of others understands it. */
@Timeout(60)
class SoupCaptureTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int RECORDS = 3_000;

    @TempDir
    private Path folder;

    private final TestTape tape = TestTape.random(1, 5_000);
    private final ManualClock clock = new ManualClock(0);
    private final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
    private final Captures capture = Captures.ethernet();
    private byte lastType;

    @Test
    void shouldBeDecodedByTsharkWithoutAMalformedPacket() throws IOException, InterruptedException {
        assumeTrue(Tshark.isInstalled(), "skipped: tshark is not installed");
        taker.onBatch(tape.slots, 0, RECORDS - 1);
        final GlimpseServer server = new GlimpseServer(
                new GlimpseContext(SESSION, UdpEndpoint.parse("127.0.0.1:0"), taker, () -> RECORDS + 1)
                        .login("user", "secret")
                        .workShare(1)
                        .nanoClock(clock));
        try (TcpRelay relay = new TcpRelay(server.endpoint().address(), capture)) {
            loadASnapshot(server, relay);
            beRejected(server, relay);
            seeTheEnd(server, relay);

            final List<String> said = new ArrayList<>();
            relay.ways.forEach(way -> said.add(way.ports() + " " + types(way.bytes.toByteArray())));
            assertThat(said.get(0)).endsWith(" LRRO");
            assertThat(said.get(1)).matches("[0-9]+-[0-9]+ AHHS{100,}");
            assertThat(said.get(2)).endsWith(" L");
            assertThat(said.get(3)).endsWith(" J");
            assertThat(said.get(4)).endsWith(" L");
            assertThat(said.get(5)).endsWith(" AZ");
            assertThat(decoded(relay)).isEqualTo(said);
        } finally {
            server.onClose();
        }
    }

    /** The server waits for the books, so both sides have time for heartbeats. */
    private void loadASnapshot(final GlimpseServer server, final TcpRelay relay) throws IOException {
        final SoupClient client = client(relay, "secret");
        while (client.state() != SoupClient.State.LOGGED_IN) {
            work(server, relay, client);
        }
        for (int heartbeats = 1; heartbeats <= 2; heartbeats++) {
            clock.advance(SECOND_NS);
            while (!said(relay, 0).equals("L" + "R".repeat(heartbeats))
                    || !said(relay, 1).equals("A" + "H".repeat(heartbeats))) {
                work(server, relay, client);
            }
        }
        while (lastType != 'G') {
            taker.onIdle(clock.nanoTime());
            work(server, relay, client);
        }
        client.logout();
        awaitClose(server, relay);
    }

    private void beRejected(final GlimpseServer server, final TcpRelay relay) throws IOException {
        final SoupClient client = client(relay, "wrong");
        assertThatThrownBy(() -> {
                    while (true) {
                        work(server, relay, client);
                    }
                })
                .hasMessageContaining("does not know user and password");
        awaitClose(server, relay);
    }

    private void seeTheEnd(final GlimpseServer server, final TcpRelay relay) throws IOException {
        final SoupClient client = client(relay, "secret");
        while (client.state() != SoupClient.State.LOGGED_IN) {
            work(server, relay, client);
        }
        server.onClose();
        while (client.state() != SoupClient.State.SESSION_ENDED) {
            relay.work();
            client.doWork(clock.nanoTime());
        }
    }

    private SoupClient client(final TcpRelay relay, final String password) throws IOException {
        return new SoupClient(
                relay.endpoint(),
                "user",
                password,
                SESSION.toString(),
                1,
                30 * SECOND_NS,
                (sequence, buffer, offset, length) -> lastType = buffer.getByte(offset),
                clock.nanoTime());
    }

    private void work(final GlimpseServer server, final TcpRelay relay, final SoupClient client) throws IOException {
        client.doWork(clock.nanoTime());
        relay.work();
        server.doWork();
    }

    private void awaitClose(final GlimpseServer server, final TcpRelay relay) throws IOException {
        while (!relay.isClosed()) {
            relay.work();
            server.doWork();
        }
    }

    private static String said(final TcpRelay relay, final int way) {
        return types(relay.ways.get(way).bytes.toByteArray());
    }

    /** The types of all whole packets, one letter each. */
    private static String types(final byte[] stream) {
        final StringBuilder types = new StringBuilder();
        final ByteBuffer packets = ByteBuffer.wrap(stream);
        while (packets.remaining() > Short.BYTES) {
            final int length = packets.getShort() & 0xFFFF;
            types.append((char) packets.get(packets.position()));
            packets.position(packets.position() + length);
        }
        return types.toString();
    }

    /** The same as the other decoder has it. */
    private List<String> decoded(final TcpRelay relay) throws IOException, InterruptedException {
        final Map<String, StringBuilder> ways = new LinkedHashMap<>();
        relay.ways.forEach(way -> ways.put(way.ports(), new StringBuilder(way.ports()).append(' ')));
        final List<String> frames = Tshark.fields(
                capture.write(folder),
                "tcp.port==" + relay.endpoint().getPort() + ",soupbintcp",
                "tcp.srcport",
                "tcp.dstport",
                "soupbintcp.packet_type",
                "_ws.malformed",
                "soupbintcp.session");
        for (final String frame : frames) {
            final String[] fields = frame.split("\t", -1);
            assertThat(fields[3]).as(frame).isEmpty();
            assertThat(fields[4]).as(frame).isIn("", SESSION.toString());
            ways.get(fields[0] + "-" + fields[1]).append(fields[2].replaceAll("[',]", ""));
        }
        return ways.values().stream().map(StringBuilder::toString).toList();
    }
}
