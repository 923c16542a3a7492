package io.tapedeck.feed.glimpse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.paritytrading.nassau.soupbintcp.SoupBinTCP;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPServer;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPServerStatusListener;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a SoupBinTCP server that nobody here wrote. */
@Timeout(60)
class GlimpseClientTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.HOURS.toNanos(1);

    private final ManualClock clock = new ManualClock(0);
    private final List<String> events = new ArrayList<>();
    private ServerSocketChannel listening;
    private SocketChannel accepted;
    private SoupBinTCPServer server;
    private GlimpseClient client;
    private long heardBytes;

    @BeforeEach
    void open() throws IOException {
        listening = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        listening.configureBlocking(false);
        client = new GlimpseClient(
                new GlimpseLogin(UdpEndpoint.of((InetSocketAddress) listening.getLocalAddress()), "me", "mine"),
                MoldSession.of("TAPE"),
                PATIENCE_NS,
                new Events(),
                clock.nanoTime());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        listening.close();
        if (accepted != null) {
            accepted.close();
        }
    }

    @Test
    void shouldLoadASnapshotAndLogOut() throws IOException {
        acceptLogin();
        send("one", "two", "G00000000000000000042");
        workUntil("logout");

        assertThat(events).containsExactly("login me mine TAPE 1", "snapshot", "one", "two", "logout");
        assertThat(client.isWhole()).isTrue();
        assertThat(client.nextSequence()).isEqualTo(42);
        assertThat(client.messageCount()).isEqualTo(2);
    }

    @Test
    void shouldBeginAgainWhenTheConnectionIsLost() throws IOException {
        acceptLogin();
        send("one");
        workUntil("one");
        accepted.close();
        server = null;
        events.clear();
        acceptLogin();
        send("other", "G00000000000000000043");
        workUntil("logout");

        assertThat(events).containsExactly("login me mine TAPE 1", "snapshot", "other", "logout");
        assertThat(client.nextSequence()).isEqualTo(43);
        assertThat(client.messageCount()).isEqualTo(1);
    }

    @Test
    void shouldSendHeartbeatsWhileItWaits() throws IOException {
        acceptLogin();
        final long before = heardBytes;
        for (int i = 0; i < 14; i++) {
            clock.advance(SECOND_NS);
            client.doWork(clock.nanoTime());
        }
        while (heardBytes < before + 14 * 3) {
            work();
        }

        assertThat(events).containsExactly("login me mine TAPE 1", "snapshot");
    }

    @Test
    void shouldSayWhyTheServerDoesNotWantIt() throws IOException {
        awaitLogin();
        final SoupBinTCP.LoginRejected rejected = new SoupBinTCP.LoginRejected();
        rejected.setRejectReasonCode(SoupBinTCP.LOGIN_REJECT_CODE_NOT_AUTHORIZED);
        server.reject(rejected);

        assertThatThrownBy(this::workForever)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not know user and password")
                .hasMessageContaining("user=me")
                .hasMessageNotContaining("mine");
    }

    @Test
    void shouldGiveUpWhenTheSessionEndsBeforeTheSnapshot() throws IOException {
        acceptLogin();
        send("one");
        server.endSession();

        assertThatThrownBy(this::workForever)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("before the snapshot was whole");
    }

    @Test
    void shouldRefuseASnapshotWithoutANumberToGoOnFrom() throws IOException {
        acceptLogin();
        send("G0000000000000000000x");

        assertThatThrownBy(this::workForever).isInstanceOf(IOException.class).hasMessageContaining("without a number");
    }

    @Test
    void shouldGiveUpWhenNobodyAnswers() throws IOException {
        listening.close();

        assertThatThrownBy(() -> {
                    while (true) {
                        clock.advance(SECOND_NS);
                        client.doWork(clock.nanoTime());
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer")
                .hasMessageContaining("refused");
    }

    private void awaitLogin() throws IOException {
        while (events.isEmpty()) {
            // From the connection on nobody waits for the time, and everybody for the system.
            if (server == null) {
                clock.advance(TimeUnit.MILLISECONDS.toNanos(10));
            }
            work();
        }
    }

    private void acceptLogin() throws IOException {
        awaitLogin();
        final SoupBinTCP.LoginAccepted answer = new SoupBinTCP.LoginAccepted();
        answer.setSession("TAPE");
        answer.setSequenceNumber(1);
        server.accept(answer);
        workUntil("snapshot");
    }

    private void workUntil(final String event) throws IOException {
        while (!events.contains(event)) {
            work();
        }
    }

    private void workForever() throws IOException {
        while (true) {
            work();
        }
    }

    private void work() throws IOException {
        client.doWork(clock.nanoTime());
        if (server == null) {
            accepted = listening.accept();
            if (accepted == null) {
                return;
            }
            accepted.configureBlocking(false);
            server = new SoupBinTCPServer(accepted, message -> {}, new Logins());
        }
        heardBytes += Math.max(0, server.receive());
    }

    private void send(final String... messages) throws IOException {
        for (final String message : messages) {
            server.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private final class Logins implements SoupBinTCPServerStatusListener {
        @Override
        public void heartbeatTimeout(final SoupBinTCPServer session) {
            events.add("timeout");
        }

        @Override
        public void loginRequest(final SoupBinTCPServer session, final SoupBinTCP.LoginRequest payload) {
            events.add(String.join(
                    " ",
                    "login",
                    payload.getUsername().strip(),
                    payload.getPassword().strip(),
                    payload.getRequestedSession().strip(),
                    Long.toString(payload.getRequestedSequenceNumber())));
        }

        @Override
        public void logoutRequest(final SoupBinTCPServer session) {
            events.add("logout");
        }
    }

    private final class Events implements SnapshotHandler {
        @Override
        public void onSnapshot() {
            events.add("snapshot");
        }

        @Override
        public void onSnapshotMessage(final MutableDirectBuffer buffer, final int offset, final int length) {
            events.add(buffer.getStringWithoutLengthAscii(offset, length));
        }
    }
}
