package io.tapedeck.feed.glimpse;

import static io.tapedeck.codecs.soup.SoupDescriptor.END_OF_SESSION;
import static io.tapedeck.codecs.soup.SoupDescriptor.LOGIN_REQUEST;
import static io.tapedeck.codecs.soup.SoupDescriptor.LOGOUT;
import static io.tapedeck.codecs.soup.SoupDescriptor.NOT_AUTHORISED;
import static io.tapedeck.codecs.soup.SoupDescriptor.NO_SESSION;
import static io.tapedeck.codecs.soup.SoupDescriptor.SERVER_HEARTBEAT;
import static io.tapedeck.codecs.soup.SoupDescriptor.UNSEQUENCED_DATA;

import io.tapedeck.codecs.soup.SoupDescriptor;
import io.tapedeck.codecs.soup.SoupLoginAccepted;
import io.tapedeck.codecs.soup.SoupLoginRequest;
import io.tapedeck.feed.soup.SoupBuffers;
import io.tapedeck.feed.soup.SoupConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;

/**
 * One client of a snapshot server, from its login to its end. What it is sent lies in a snapshot that it shares with
 * others, so it costs the same few kilobytes whether it takes its bytes or not.
 *
 * <p><b>Note:</b> used by the server's thread.
 */
final class GlimpseConnection {
    private static final long LOGIN_NS = TimeUnit.SECONDS.toNanos(30);

    /** The other side has so long to close, so that what was sent last still arrives. */
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long FIRST_SEQUENCE = 1;

    /** The longest packet of a client that is taken: a login has 49 bytes. */
    static final int MAX_PACKET_LENGTH = 2_048;

    private static final int MAX_WRITE_LENGTH = 1 << 18;

    private final GlimpseContext context;
    private final SelectionKey key;
    private final SoupBuffers buffers;
    private final SoupConnection connection;
    private final SoupLoginRequest login = new SoupLoginRequest();
    private final long connectedNs;
    private State state = State.CONNECTED;
    private GlimpseCounter ending;
    private SharedSnapshot source;
    private ByteBuffer packets;
    private long progressNs;
    private long nowNs;

    private enum State {
        /** It has not logged in. */
        CONNECTED,
        /** It is to get the next snapshot that is asked for. */
        WAITING,
        /** Its snapshot is being taken or sent. */
        LOADING,
        /** It has its snapshot. */
        SERVED,
        /** It was told why it ends, and has to close. */
        ENDING,
        CLOSED
    }

    GlimpseConnection(
            final GlimpseContext context,
            final SocketChannel channel,
            final SelectionKey key,
            final SoupBuffers buffers,
            final long nowNs) {
        this.context = context;
        this.key = key;
        this.buffers = buffers;
        connection = new SoupConnection(channel, SERVER_HEARTBEAT, buffers, this::onPacket, nowNs);
        connectedNs = nowNs;
    }

    /** Its memory, for the next one once it is closed. */
    SoupBuffers buffers() {
        return buffers;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean isLoading() {
        return state == State.LOADING;
    }

    boolean isServed() {
        return state == State.SERVED;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    boolean isLoading(final SharedSnapshot snapshot) {
        return state == State.LOADING && source == snapshot;
    }

    /** Why it ends, or ended; null while it does not. */
    GlimpseCounter ending() {
        return ending;
    }

    /** Joins those that a snapshot is for. */
    void load(final SharedSnapshot snapshot) {
        source = snapshot;
        snapshot.join();
        state = State.LOADING;
    }

    /** Takes what has come. */
    void receive(final long receivedNs) {
        nowNs = receivedNs;
        try {
            switch (connection.receive(nowNs)) {
                case CLOSED:
                    close(GlimpseCounter.DISCONNECTED);
                    break;
                case MALFORMED:
                    close(GlimpseCounter.MALFORMED);
                    break;
                default:
                    break;
            }
        } catch (final IOException | UncheckedIOException ex) {
            close(GlimpseCounter.DISCONNECTED);
        }
    }

    /**
     * Sends what is to be sent, and ends what has lasted too long.
     *
     * @return how many bytes of the snapshot were sent.
     */
    int work(final long workNs) {
        nowNs = workNs;
        try {
            return connection.flush(nowNs) ? workUnchecked() : checkTimes();
        } catch (final IOException ex) {
            close(GlimpseCounter.DISCONNECTED);
            return 0;
        }
    }

    /** Sends the end of the session, where it is not in the middle of a snapshot, and ends. */
    void endSession(final GlimpseCounter reason, final long endNs) {
        nowNs = endNs;
        try {
            if (packets == null && state != State.ENDING && connection.flush(nowNs)) {
                connection.send(END_OF_SESSION, nowNs);
                connection.shutdownOutput();
            }
        } catch (final IOException ex) {
            // It hears of the end as of any broken connection.
        }
        close(reason);
    }

    void close(final GlimpseCounter reason) {
        if (state == State.CLOSED) {
            return;
        }
        if (ending == null) {
            ending = reason;
        }
        state = State.CLOSED;
        leave();
        key.cancel();
        try {
            connection.close();
        } catch (final IOException ex) {
            // There is nothing left to lose.
        }
    }

    private int workUnchecked() throws IOException {
        switch (state) {
            case LOADING:
                return source.isWhole() ? send() : checkTimes();
            case ENDING:
                if (nowNs - progressNs >= LINGER_NS) {
                    close(ending);
                }
                return 0;
            default:
                return checkTimes();
        }
    }

    private int send() throws IOException {
        if (packets == null) {
            packets = source.snapshot.packets();
            progressNs = nowNs;
        }
        final int end = packets.limit();
        packets.limit(Math.min(end, packets.position() + MAX_WRITE_LENGTH));
        final int sent = connection.write(packets, nowNs);
        packets.limit(end);
        if (sent > 0) {
            progressNs = nowNs;
        } else if (nowNs - progressNs >= SoupConnection.SILENCE_NS) {
            close(GlimpseCounter.SLOW);
            return 0;
        }
        if (!packets.hasRemaining()) {
            state = State.SERVED;
            leave();
        }
        if (connection.isSilent(nowNs)) {
            close(GlimpseCounter.SILENT);
        }
        return sent;
    }

    /** Where no snapshot is being sent. */
    private int checkTimes() throws IOException {
        if (connection.isSilent(nowNs) && state != State.CONNECTED
                || state == State.CONNECTED && nowNs - connectedNs >= LOGIN_NS) {
            close(GlimpseCounter.SILENT);
        } else if (state != State.CLOSED && state != State.ENDING) {
            connection.heartbeat(nowNs);
        }
        return 0;
    }

    private void onPacket(final byte type, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (state == State.ENDING || state == State.CLOSED) {
            return;
        }
        try {
            if (type == LOGIN_REQUEST && state == State.CONNECTED && login.tryWrap(buffer, offset, length)) {
                logIn();
            } else if (type == LOGOUT) {
                end(GlimpseCounter.LOGGED_OUT);
            } else if (type != UNSEQUENCED_DATA || state == State.CONNECTED) {
                close(GlimpseCounter.MALFORMED);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void logIn() throws IOException {
        final boolean isKnown =
                context.user() == null || login.isOf(context.user()) && login.hasPassword(context.password());
        if (!isKnown) {
            reject(NOT_AUTHORISED);
        } else if (!login.isFor(context.session()) || login.sequence() != FIRST_SEQUENCE) {
            reject(NO_SESSION);
        } else {
            connection.commit(
                    SoupLoginAccepted.put(
                            connection.buffer(), connection.nextOffset(), context.session(), FIRST_SEQUENCE),
                    nowNs);
            state = State.WAITING;
        }
    }

    private void reject(final byte reason) throws IOException {
        connection.commit(SoupDescriptor.putRejection(connection.buffer(), connection.nextOffset(), reason), nowNs);
        end(GlimpseCounter.REJECTED);
    }

    private void end(final GlimpseCounter reason) throws IOException {
        ending = reason;
        state = State.ENDING;
        progressNs = nowNs;
        leave();
        connection.shutdownOutput();
    }

    private void leave() {
        if (source != null) {
            source.leave();
            source = null;
            packets = null;
        }
    }
}
