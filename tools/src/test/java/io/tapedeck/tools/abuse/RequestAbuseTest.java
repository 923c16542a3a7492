package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldRequest;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.recovery.RequestCounter;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers ask for everything, and send what is no request. */
@Tag("campaign")
@Timeout(600)
class RequestAbuseTest {
    private static final int OPENING = 5_000;
    private static final int STRIKES_FROM_ONE_PORT = 300;
    private static final int MAX_RUBBISH = 3_000;
    private static final int ANSWER_MS = 200;
    private static final int PATIENCE = 100;

    @TempDir
    private Path folder;

    @Test
    void shouldLoseNothingAndGrowByNothing() throws Exception {
        FloodedJvm.run(folder, RequestAbuseTest.class);
    }

    /** The flood, in its own JVM. */
    public static void main(final String[] args) throws Exception {
        try (Vitals vitals = new Vitals(0, "tapedeck-u0-requests");
                PacedFeed paced = new PacedFeed(OPENING, null)) {
            final UdpEndpoint server = paced.feed().requestEndpoint();
            Flood.run(
                    vitals,
                    () -> paced.feed().count(RequestCounter.MALFORMED) > 0
                            && paced.feed().count(RequestCounter.FOREIGN) > 0
                            && paced.feed().count(RequestCounter.FUTURE) > 0,
                    isOver -> strike(server, paced, 1, isOver),
                    isOver -> strike(server, paced, 2, isOver));

            final long published = paced.feed().count(PublisherCounter.MESSAGES);
            assertThat(firstOf(answer(server, published - 10))).isEqualTo(published - 10);
            assertThat(paced.feed().count(RequestCounter.MALFORMED)).isPositive();
            assertThat(paced.feed().count(RequestCounter.FOREIGN)).isPositive();
            assertThat(paced.feed().count(RequestCounter.FUTURE)).isPositive();
            assertThat(paced.feed().count(RequestCounter.FROM_RECENT)).isPositive();
        }
    }

    /** Requests for what is there, for what is not, for another session, and rubbish; from ever new ports. */
    private static long strike(
            final UdpEndpoint server, final PacedFeed paced, final long seed, final BooleanSupplier isOver)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] bytes = new byte[MAX_RUBBISH];
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final DatagramPacket packet = new DatagramPacket(bytes, bytes.length, server.address());
        final MoldSession other = MoldSession.of("OTHER");
        long strikes = 0;
        while (!isOver.getAsBoolean()) {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                final long published = paced.feed().count(PublisherCounter.MESSAGES);
                for (int i = 0; i < STRIKES_FROM_ONE_PORT; i++, strikes++) {
                    if (random.nextInt(4) == 0) {
                        random.nextBytes(bytes);
                        packet.setLength(random.nextInt(bytes.length));
                    } else {
                        packet.setLength(MoldRequest.put(
                                buffer,
                                0,
                                random.nextInt(4) == 0 ? other : PacedFeed.SESSION,
                                random.nextBoolean() ? random.nextLong() : 1 + random.nextLong(published + 100),
                                random.nextInt(1 << 16)));
                    }
                    socket.send(packet);
                }
            }
        }
        return strikes;
    }

    /** What an honest client gets that asks again until it is answered. */
    private static byte[] answer(final UdpEndpoint server, final long sequence) throws IOException {
        final byte[] bytes = new byte[1 << 16];
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(ANSWER_MS);
            for (int i = 0; i < PATIENCE; i++) {
                final int length = MoldRequest.put(new UnsafeBuffer(bytes), 0, PacedFeed.SESSION, sequence, 1);
                socket.send(new DatagramPacket(bytes, length, server.address()));
                final DatagramPacket answer = new DatagramPacket(bytes, bytes.length);
                try {
                    socket.receive(answer);
                    return Arrays.copyOf(bytes, answer.getLength());
                } catch (final SocketTimeoutException lost) {
                    // Behind a flood some requests are.
                }
            }
        }
        throw new AssertionError("the server answers nobody any more");
    }

    private static long firstOf(final byte[] answer) {
        final MoldPacketReader packet = new MoldPacketReader();
        packet.wrap(new UnsafeBuffer(answer), 0, answer.length);
        assertThat(packet.next()).isEqualTo(MoldPacketReader.MESSAGE);
        return packet.messageSequence();
    }
}
