package io.tapedeck.feed.glimpse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.paritytrading.nassau.soupbintcp.SoupBinTCP;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClient;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClientStatusListener;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.feed.itch.FeedBooks;
import io.tapedeck.feed.itch.TestTape;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server against a SoupBinTCP client that nobody here wrote, and against bytes that no client sends. */
@Timeout(60)
class GlimpseServerTest {
    private static final MoldSession SESSION = MoldSession.of("2601020000");
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String HEARTBEAT = "\0\1R";
    private static final int MANY_ORDERS = 400_000;
    private static final int FIRST_OF_MANY = 1_000_000;

    private final TestTape tape = TestTape.random(1, 5_000);
    private final ManualClock clock = new ManualClock(0);
    private final SnapshotTaker taker = new SnapshotTaker(tape.directory, clock);
    private final Stranger stranger = new Stranger();
    private final List<SocketChannel> channels = new ArrayList<>();
    private GlimpseServer server;

    @BeforeEach
    void open() throws IOException {
        taker.onBatch(tape.slots, 0, 2_999);
        server = new GlimpseServer(context());
    }

    @AfterEach
    void close() throws IOException {
        server.onClose();
        for (final SocketChannel channel : channels) {
            channel.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2601020000", ""})
    void shouldServeAClientOfOthersFromLoginToLogout(final String session) throws IOException {
        final SoupBinTCPClient client = login("user", "secret", session, 1);
        await(client, () -> !stranger.messages.isEmpty() && stranger.last()[0] == 'G');

        assertThat(stranger.events).containsExactly("accepted 2601020000 1");
        assertThat(new String(stranger.last(), StandardCharsets.US_ASCII)).isEqualTo("G00000000000000003001");
        assertThat(booksOf(stranger.messages)).isEqualTo(booksOf(tape.messages.subList(0, 3_000)));
        assertThat(server.count(GlimpseCounter.SERVED)).isOne();

        for (int i = 0; i < 40; i++) {
            // Both sides send heartbeats, and neither gives the other up.
            final long heardBytes = stranger.heardBytes;
            clock.advance(SECOND_NS);
            send(client.getChannel(), HEARTBEAT);
            await(client, () -> stranger.heardBytes > heardBytes);
        }
        assertThat(stranger.events).hasSize(1);
        logOut(client);
        assertAllWent(1);
    }

    @ParameterizedTest
    @CsvSource({
        "user, wrong, '', 1, A",
        "wrong, secret, '', 1, A",
        "user, secret, 2601020001, 1, S",
        "user, secret, 2601020000, 0, S",
        "user, secret, 2601020000, 2, S"
    })
    void shouldRejectWhoeverAsksForWhatIsNotThere(
            final String user, final String password, final String session, final long sequence, final String reason)
            throws IOException {
        final SoupBinTCPClient client = login(user, password, session, sequence);
        await(client, () -> !stranger.events.isEmpty());

        assertThat(stranger.events).containsExactly("rejected " + reason);
        await(client, () -> stranger.isClosed);
        client.close();
        awaitServer(() -> server.count(GlimpseCounter.REJECTED) == 1);
        assertThat(stranger.messages).isEmpty();
        assertAllWent(1);
    }

    @Test
    void shouldTakeOneSnapshotForAllWhoWait() throws IOException {
        final List<SoupBinTCPClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(login("USER", "SECRET", "", 1));
        }
        awaitServer(() -> server.count(GlimpseCounter.LOGINS) == 3);
        for (final SoupBinTCPClient client : clients) {
            await(client, () -> stranger.ends == 1 + clients.indexOf(client));
        }

        assertThat(server.count(GlimpseCounter.SERVED)).isEqualTo(3);
        assertThat(server.count(GlimpseCounter.SNAPSHOTS)).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldTellAClientWhenTheSessionIsOver() throws IOException {
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        await(client, () -> stranger.ends == 1);
        server.onClose();
        while (!stranger.isClosed) {
            stranger.receive(client);
        }

        assertThat(stranger.events).containsExactly("accepted 2601020000 1", "end");
        assertAllWent(1);
    }

    @Test
    void shouldServeFromTheBooksOfTheEndWhenTheDayIsOver() throws IOException {
        taker.onBatch(tape.slots, 3_000, tape.size() - 1);
        taker.onClose();
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        await(client, () -> stranger.ends == 1);

        assertThat(booksOf(stranger.messages)).isEqualTo(booksOf(tape.messages));
    }

    @Test
    void shouldEndClientsWhenTheBooksAreLost() throws IOException {
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        awaitServer(() -> server.count(GlimpseCounter.LOGINS) == 1);
        assertThatThrownBy(() -> taker.onBatch(null, 0, 0)).isInstanceOf(NullPointerException.class);
        taker.onClose();
        while (!stranger.isClosed) {
            server.doWork();
            stranger.receive(client);
        }

        assertThat(stranger.events).containsExactly("accepted 2601020000 1", "end");
        assertThat(server.count(GlimpseCounter.UNAVAILABLE)).isOne();
        assertAllWent(1);
    }

    @Test
    void shouldDisconnectWhoeverDoesNotLogInOrFallsSilent() throws IOException {
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        connect();
        await(client, () -> stranger.ends == 1);
        clock.advance(15 * SECOND_NS - 1);
        server.doWork();
        assertThat(server.count(GlimpseCounter.SILENT)).isZero();
        clock.advance(1);
        server.doWork();
        assertThat(server.count(GlimpseCounter.SILENT)).isOne();
        clock.advance(15 * SECOND_NS);
        server.doWork();

        assertThat(server.count(GlimpseCounter.SILENT)).isEqualTo(2);
        assertAllWent(2);
    }

    @Test
    void shouldRefuseMoreClientsThanItMayHave() throws IOException {
        for (int i = 0; i < 7; i++) {
            connect();
        }
        awaitServer(() -> server.count(GlimpseCounter.CONNECTIONS) == 7);

        assertThat(server.count(GlimpseCounter.REFUSED)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0",
                "GET / HTTP/1.1\r\n\r\n",
                "\0\1A",
                "\0\2S ",
                "\0\1U",
                "\0\1L",
                "\0\37L",
                "\0\65L                                                   0123"
            })
    void shouldDisconnectWhoeverSpeaksAnotherLanguage(final String bytes) throws IOException {
        final SocketChannel channel = connect();
        send(channel, bytes + "x".repeat(4_096));
        awaitServer(() -> server.count(GlimpseCounter.MALFORMED) == 1);

        assertAllWent(1);
    }

    @Test
    void shouldDisconnectWhoeverTakesNothingOfItsSnapshot() throws IOException {
        holdManyOrders();
        final SocketChannel slow = logInAndTakeNothing();
        awaitTaken(1);
        int idleSeconds = 0;
        // What the system takes for the client it takes, at its own pace; the rest waits in the snapshot.
        while (GlimpseEndings.count(server) == 0) {
            final long sent = server.count(GlimpseCounter.BYTES);
            clock.advance(SECOND_NS);
            send(slow, HEARTBEAT);
            work();
            idleSeconds = server.count(GlimpseCounter.BYTES) == sent ? idleSeconds + 1 : 0;
        }

        assertThat(idleSeconds).isEqualTo(15);
        assertThat(server.count(GlimpseCounter.SLOW)).isOne();
        assertThat(server.count(GlimpseCounter.SERVED)).isZero();
        assertAllWent(1);
    }

    @Test
    void shouldTakeTheMemoryOfWhoeverIsSlowestWhenOthersNeedIt() throws IOException {
        holdManyOrders();
        server.onClose();
        server = new GlimpseServer(context().maxClients(5));
        for (int snapshots = 1; snapshots <= 4; snapshots++) {
            logInAndTakeNothing();
            awaitTaken(snapshots);
        }
        clock.advance(10 * SECOND_NS - 1);
        logInAndTakeNothing();
        for (int i = 0; i < 100; i++) {
            work();
        }
        assertThat(server.count(GlimpseCounter.SLOW)).isZero();
        clock.advance(1);
        awaitTaken(5);

        assertThat(server.count(GlimpseCounter.SLOW)).isOne();
        assertAllWent(5, 1);
    }

    @Test
    void shouldRefuseSnapshotsThatAreLargerThanTheyMayBe() throws IOException {
        server.onClose();
        server = new GlimpseServer(context().maxSnapshotLength(1_000));
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        while (!stranger.isClosed) {
            work(client);
        }

        assertThat(stranger.events).containsExactly("accepted 2601020000 1", "end");
        assertThat(server.count(GlimpseCounter.UNAVAILABLE)).isOne();
        assertAllWent(1);
    }

    @Test
    void shouldTakeNoMemoryForConnectionsThatComeAndGo() throws IOException {
        long directBytes = Long.MAX_VALUE;
        for (int i = 0; i < 300; i++) {
            send(connect(), "\0\2S ");
            final long gone = i + 1;
            awaitServer(() -> server.count(GlimpseCounter.MALFORMED) == gone);
            channels.remove(0).close();
            // The first ones make what a thread has once.
            directBytes = i == 10 ? directBytes() : directBytes;
        }

        assertThat(directBytes()).isLessThanOrEqualTo(directBytes);
        assertAllWent(300);
    }

    @Test
    void shouldTakeDebugTextAndMessagesWithoutUse() throws IOException {
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        await(client, () -> stranger.ends == 1);
        send(client.getChannel(), "\0\6+hello" + "\0\3Uhi" + HEARTBEAT);
        for (int i = 0; i < 100; i++) {
            work(client);
        }
        logOut(client);
        assertAllWent(1);
    }

    @Test
    void shouldDisconnectWhoeverLogsInTwice() throws IOException {
        final SoupBinTCPClient client = login("user", "secret", "", 1);
        await(client, () -> stranger.ends == 1);
        client.login(request("user", "secret", "", 1));
        awaitServer(() -> server.count(GlimpseCounter.MALFORMED) == 1);
        assertAllWent(1);
    }

    private GlimpseContext context() {
        return new GlimpseContext(SESSION, UdpEndpoint.parse("127.0.0.1:0"), taker, () -> 3_001)
                .login("user", "secret")
                .maxClients(4)
                .workShare(1)
                .nanoClock(clock);
    }

    /** More than the system takes for a client that takes nothing. */
    private void holdManyOrders() {
        final RecordWriter writer = new RecordWriter(new Feeding());
        for (int order = 1; order <= MANY_ORDERS; order++) {
            writer.event(0, EventTypeCode.ADD, SideCode.BUY, 0, FIRST_OF_MANY + order, 0, 1, 1 + order % 100, 100);
        }
        writer.flush();
    }

    private SocketChannel logInAndTakeNothing() throws IOException {
        final SocketChannel channel = connect();
        send(channel, "\0/Luser  secret                                 1");
        return channel;
    }

    private void awaitTaken(final long snapshots) throws IOException {
        while (server.count(GlimpseCounter.SNAPSHOTS) < snapshots) {
            work();
        }
    }

    private void work() throws IOException {
        server.doWork();
        taker.onIdle(clock.nanoTime());
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private void logOut(final SoupBinTCPClient client) throws IOException {
        client.logout();
        await(client, () -> stranger.isClosed);
        client.close();
        awaitServer(() -> server.count(GlimpseCounter.LOGGED_OUT) == 1);
    }

    private SoupBinTCPClient login(final String user, final String password, final String session, final long sequence)
            throws IOException {
        final SoupBinTCPClient client = new SoupBinTCPClient(connect(), stranger::keep, stranger);
        client.login(request(user, password, session, sequence));
        return client;
    }

    private static SoupBinTCP.LoginRequest request(
            final String user, final String password, final String session, final long sequence) {
        final SoupBinTCP.LoginRequest request = new SoupBinTCP.LoginRequest();
        request.setUsername(user);
        request.setPassword(password);
        request.setRequestedSession(session);
        request.setRequestedSequenceNumber(sequence);
        return request;
    }

    private SocketChannel connect() throws IOException {
        final SocketChannel channel = SocketChannel.open(server.endpoint().address());
        channel.configureBlocking(false);
        // Else the system keeps a heartbeat back until the one before it is acknowledged.
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channels.add(channel);
        final long before = server.count(GlimpseCounter.CONNECTIONS);
        awaitServer(() -> server.count(GlimpseCounter.CONNECTIONS) > before);
        return channel;
    }

    private static void send(final SocketChannel channel, final String bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void await(final SoupBinTCPClient client, final BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            work(client);
        }
    }

    private void work(final SoupBinTCPClient client) throws IOException {
        work();
        stranger.receive(client);
    }

    private void awaitServer(final BooleanSupplier condition) throws IOException {
        while (!condition.getAsBoolean()) {
            server.doWork();
        }
    }

    /** Every connection has gone, for one reason. */
    private void assertAllWent(final long connections) {
        assertAllWent(connections, connections);
    }

    private void assertAllWent(final long connections, final long gone) {
        assertThat(server.count(GlimpseCounter.CONNECTIONS)).isEqualTo(connections);
        assertThat(GlimpseEndings.count(server)).isEqualTo(gone);
    }

    private static Object booksOf(final List<byte[]> messages) {
        final FeedBooks books = new FeedBooks();
        books.onSnapshot();
        for (final byte[] message : messages) {
            if (message[0] != 'G') {
                books.onSnapshotMessage(new UnsafeBuffer(message), 0, message.length);
            }
        }
        assertThat(books.builder().malformedCount()).isZero();
        return books.hashes();
    }

    /** Hands records to the books at once. */
    private final class Feeding implements RecordSink {
        private final SlotArray slots = new SlotArray(64);

        @Override
        public int claimSize() {
            return slots.capacity();
        }

        @Override
        public SlotArray slots() {
            return slots;
        }

        @Override
        public long claim(final int count) {
            return 0;
        }

        @Override
        public void publish(final long low, final long high) {
            taker.onBatch(slots, low, high);
        }
    }

    /** What the client of others hears. */
    private static final class Stranger implements SoupBinTCPClientStatusListener {
        private final List<byte[]> messages = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private int ends;
        private long heardBytes;
        private boolean isClosed;

        void keep(final ByteBuffer message) {
            final byte[] copy = new byte[message.remaining()];
            message.get(copy);
            messages.add(copy);
            ends += copy[0] == 'G' ? 1 : 0;
        }

        void receive(final SoupBinTCPClient client) throws IOException {
            if (!isClosed) {
                final int length = client.receive();
                heardBytes += Math.max(0, length);
                isClosed = length < 0;
            }
        }

        byte[] last() {
            return messages.get(messages.size() - 1);
        }

        @Override
        public void heartbeatTimeout(final SoupBinTCPClient client) {
            events.add("timeout");
        }

        @Override
        public void loginAccepted(final SoupBinTCPClient client, final SoupBinTCP.LoginAccepted payload) {
            events.add("accepted " + payload.getSession().strip() + " " + payload.getSequenceNumber());
        }

        @Override
        public void loginRejected(final SoupBinTCPClient client, final SoupBinTCP.LoginRejected payload) {
            events.add("rejected " + (char) payload.getRejectReasonCode());
        }

        @Override
        public void endOfSession(final SoupBinTCPClient client) {
            events.add("end");
        }
    }
}
