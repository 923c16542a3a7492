package io.tapedeck.feed.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.itch.FeedContext;
import io.tapedeck.feed.itch.ItchFeed;
import io.tapedeck.feed.itch.TestTape;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A feed at full speed, journalled at the same time, and a client with a small socket buffer that is far too slow. */
@Tag("campaign")
@Timeout(600)
class FullSpeedTest {
    private static final int MESSAGES = Integer.getInteger("tapedeck.feed.messages", 200_000);
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final int BATCH = 256;
    private static final int SMALL_BUFFER = 1 << 16;

    /** So many that the buffer cannot have them all. */
    private static final int MESSAGES_BEFORE_LISTENING = 20_000;

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final CRC32C received = new CRC32C();
    private final CountDownLatch mayListen = new CountDownLatch(1);
    private volatile long receivedCount;
    private volatile boolean hasEnded;
    private long requests;

    @TempDir
    private Path folder;

    @Test
    void shouldGiveASlowClientEveryMessageInOrder() throws Exception {
        final TestTape tape = TestTape.random(31, MESSAGES);
        final CRC32C published = new CRC32C();
        tape.messages.forEach(published::update);
        final Path file = folder.resolve("day.qrsdp");
        final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        channel.bind(new InetSocketAddress("127.0.0.1", 0));
        final UdpEndpoint endpoint = UdpEndpoint.of((InetSocketAddress) channel.getLocalAddress());
        final CompletableFuture<Void> following;
        final ItchFeed feed;
        try (Format2Writer journal = journal(file)) {
            feed = ItchFeed.open(
                    new FeedContext()
                            .line(new UdpContext(endpoint))
                            .requests(new UdpContext(UdpEndpoint.parse("127.0.0.1:0"))),
                    SESSION,
                    0,
                    tape.directory,
                    file);
            final MoldUDP64Client client =
                    new MoldUDP64Client(channel, feed.requestEndpoint().address(), this::take, new Status(), 1);
            following = CompletableFuture.runAsync(() -> follow(client));
            for (int low = 0; low < tape.size(); low += BATCH) {
                final int high = Math.min(low + BATCH, tape.size()) - 1;
                feed.onBatch(tape.slots, low, high);
                journal.append(tape.slots, low, high);
                if (high >= Math.min(MESSAGES_BEFORE_LISTENING, tape.size() - 1)) {
                    mayListen.countDown();
                }
            }
        }
        // A client that asks for one packet after the other takes as long as the machine does; the day ends after it.
        while (receivedCount < tape.size() && !following.isDone()) {
            feed.onIdle(System.nanoTime());
            LockSupport.parkNanos(POLL_NS);
        }
        feed.onClose();
        following.get(60, TimeUnit.SECONDS);

        assertThat(receivedCount).isEqualTo(tape.size());
        assertThat(received.getValue()).isEqualTo(published.getValue());
        assertThat(requests).isPositive();
        assertThat(feed.count(PublisherCounter.MESSAGES)).isEqualTo(tape.size());
        assertThat(feed.count(RequestCounter.FROM_RECENT) + feed.count(RequestCounter.FROM_JOURNAL))
                .isPositive();
    }

    private static Format2Writer journal(final Path file) throws IOException {
        final Recipe recipe = new Recipe("test", "1", "random", Map.of(), Map.of());
        return Format2Writer.create(
                file,
                new SessionMetadata(
                        LocalDate.of(2026, 1, 2), ZoneId.of("America/New_York"), 0, "2601020000", recipe, List.of()),
                4_096,
                SyncPolicy.parse("none"));
    }

    private void follow(final MoldUDP64Client client) {
        try (client) {
            mayListen.await();
            while (!hasEnded) {
                client.receive();
            }
        } catch (final IOException | InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

    private void take(final ByteBuffer message) {
        received.update(message);
        receivedCount = receivedCount + 1;
    }

    private final class Status implements MoldUDP64ClientStatusListener {
        @Override
        public void state(final MoldUDP64Client client, final MoldUDP64ClientState next) {}

        @Override
        public void downstream(final MoldUDP64Client client, final long sequence, final int count) {}

        @Override
        public void request(final MoldUDP64Client client, final long sequence, final int count) {
            requests++;
        }

        @Override
        public void endOfSession(final MoldUDP64Client client) {
            hasEnded = true;
        }
    }
}
