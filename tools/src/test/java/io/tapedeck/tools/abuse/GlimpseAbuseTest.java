package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.feed.glimpse.GlimpseClient;
import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.glimpse.SnapshotHandler;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers log in again and again, hold connections, take nothing of what they asked for, and send what is no packet. */
@Tag("campaign")
@Timeout(600)
class GlimpseAbuseTest {
    /** A snapshot of them is larger than what sockets take from a server whose client takes nothing. */
    private static final int STANDING_ORDERS = 200_000;

    /** Four snapshots, which are there when they are asked for. */
    private static final long SNAPSHOTS_BYTES = 4L * 43 * STANDING_ORDERS;

    private static final byte[] LOGIN =
            "\0/Lanyone                                       1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEARTBEAT = {0, 1, 'R'};
    private static final int MAX_RUBBISH = 5_000;
    private static final int HELD_BY_EACH = 45;
    private static final long HONEST_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingAndGrowByNothing() throws Exception {
        FloodedJvm.run(folder, GlimpseAbuseTest.class);
    }

    /** The flood, in its own JVM. */
    public static void main(final String[] args) throws Exception {
        try (Vitals vitals = new Vitals(SNAPSHOTS_BYTES, "tapedeck-u0-glimpse");
                PacedFeed paced = new PacedFeed(STANDING_ORDERS, null)) {
            final UdpEndpoint server = paced.feed().snapshotEndpoint();
            assertThat(loadedBy(server)).isGreaterThanOrEqualTo(STANDING_ORDERS);
            Flood.run(
                    vitals,
                    () -> paced.feed().count(GlimpseCounter.LOGINS) > 2
                            && paced.feed().count(GlimpseCounter.MALFORMED) > 0
                            && paced.feed().count(GlimpseCounter.REFUSED) > 0
                            && paced.feed().count(GlimpseCounter.DISCONNECTED) > 0,
                    isOver -> hurry(server, 1, isOver),
                    isOver -> hold(server, 2, isOver));

            assertThat(loadedBy(server)).isGreaterThanOrEqualTo(STANDING_ORDERS);
            assertThat(paced.feed().count(GlimpseCounter.LOGINS)).isGreaterThan(2);
            assertThat(paced.feed().count(GlimpseCounter.MALFORMED)).isPositive();
            assertThat(paced.feed().count(GlimpseCounter.REFUSED)).isPositive();
            assertThat(paced.feed().count(GlimpseCounter.DISCONNECTED)).isPositive();
            if (Flood.isAsLongAs(45)) {
                assertThat(paced.feed().count(GlimpseCounter.SLOW)).isPositive();
            }
        }
    }

    /** Comes and goes: with a login, with half of one, with rubbish. */
    private static long hurry(final UdpEndpoint server, final long seed, final BooleanSupplier isOver) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] rubbish = new byte[MAX_RUBBISH];
        long strikes = 0;
        for (; !isOver.getAsBoolean(); strikes++) {
            try (SocketChannel channel = SocketChannel.open(server.address())) {
                if (random.nextInt(3) == 0) {
                    random.nextBytes(rubbish);
                    channel.write(ByteBuffer.wrap(rubbish, 0, 1 + random.nextInt(MAX_RUBBISH - 1)));
                } else {
                    channel.write(ByteBuffer.wrap(LOGIN, 0, 1 + random.nextInt(LOGIN.length)));
                    channel.read(ByteBuffer.allocate(1 + random.nextInt(1_000)));
                }
            } catch (final IOException refused) {
                // As it should be.
            }
        }
        return strikes;
    }

    /** Holds as many connections as it can get, half of them logged in, with heartbeats, and takes nothing. */
    private static long hold(final UdpEndpoint server, final long seed, final BooleanSupplier isOver)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final Deque<SocketChannel> held = new ArrayDeque<>();
        long strikes = 0;
        for (; !isOver.getAsBoolean(); strikes++) {
            try {
                final SocketChannel channel = SocketChannel.open(server.address());
                held.add(channel);
                channel.write(ByteBuffer.wrap(random.nextBoolean() ? LOGIN : HEARTBEAT));
            } catch (final IOException refused) {
                // As it should be.
            }
            for (int i = held.size(); i > 0; i--) {
                final SocketChannel channel = held.removeFirst();
                if (beats(channel)) {
                    held.addLast(channel);
                }
            }
            // Now and then one leaves, so that others can come.
            while (held.size() > HELD_BY_EACH && random.nextInt(1_000) > 0) {
                held.removeLast().close();
            }
            while (held.size() > 2 * HELD_BY_EACH) {
                held.removeFirst().close();
            }
        }
        for (final SocketChannel channel : held) {
            channel.close();
        }
        return strikes;
    }

    /** Heartbeats are all that it still sends: it is slow, and not silent. */
    private static boolean beats(final SocketChannel channel) throws IOException {
        try {
            channel.write(ByteBuffer.wrap(HEARTBEAT));
            return true;
        } catch (final IOException disconnected) {
            channel.close();
            return false;
        }
    }

    /** What an honest client gets that comes again until there is room for it. */
    private static long loadedBy(final UdpEndpoint server) throws IOException {
        final long untilNs = System.nanoTime() + HONEST_NS;
        final SnapshotHandler counting = new SnapshotHandler() {
            @Override
            public void onSnapshot() {}

            @Override
            public void onSnapshotMessage(final MutableDirectBuffer buffer, final int offset, final int length) {}
        };
        try (GlimpseClient client = new GlimpseClient(
                new GlimpseLogin(server, "", ""), PacedFeed.SESSION, HONEST_NS, counting, System.nanoTime())) {
            while (!client.isWhole() && System.nanoTime() - untilNs < 0) {
                if (client.doWork(System.nanoTime()) == 0) {
                    Thread.yield();
                }
            }
            assertThat(client.isWhole()).as("an honest client is served").isTrue();
            return client.messageCount();
        }
    }
}
