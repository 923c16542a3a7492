package io.tapedeck.feed.soup;

import io.tapedeck.codecs.soup.SoupDescriptor;
import io.tapedeck.codecs.soup.SoupLoginAccepted;
import io.tapedeck.codecs.soup.SoupLoginRequest;
import io.tapedeck.codecs.soup.SoupNumber;
import io.tapedeck.codecs.soup.SoupText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.MutableDirectBuffer;

/**
 * The client's side of SoupBinTCP: connects, logs in, sends heartbeats, takes messages in order. When the connection is
 * lost, or the server silent for 15 seconds, it connects and logs in again, in growing intervals, up to a second. When
 * nothing has come for as long as the caller has patience it gives up with an error.
 *
 * <p><b>Note:</b> used by one thread, and never waits; allocates nothing per message. Times are those of any monotonic
 * clock, always the same one.
 */
public final class SoupClient implements AutoCloseable {
    private static final int MAX_PACKET_LENGTH = SoupDescriptor.HEADER_LENGTH + SoupDescriptor.MAX_PAYLOAD_LENGTH + 1;

    private static final long MIN_RETRY_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MAX_RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final InetSocketAddress address;
    private final SoupText user;
    private final SoupText password;
    private final SoupText session;
    private final long patienceNs;
    private final SoupClientHandler handler;
    private final SoupLoginAccepted accepted = new SoupLoginAccepted();
    private State state = State.DISCONNECTED;
    private SocketChannel channel;
    private final SoupBuffers buffers = new SoupBuffers(MAX_PACKET_LENGTH);
    private SoupConnection connection;
    private long nextSequence;
    private long lastNewsNs;
    private long retryAtNs;
    private long retryNs = MIN_RETRY_NS;
    private long loginCount;
    private long nowNs;
    private String trouble = "no answer";

    /** Why the server does not want this client; null while it may. */
    private String rejection;

    /** Where a client stands. */
    public enum State {
        /** Without a connection; it will try again. */
        DISCONNECTED,
        /** The connection is being made. */
        CONNECTING,
        /** The login was sent. */
        LOGGING_IN,
        /** Messages may come. */
        LOGGED_IN,
        /** The server said that nothing more will come. */
        SESSION_ENDED,
        /** Logged out, by oneself. */
        LOGGED_OUT
    }

    /**
     * A client that will connect when it is first driven.
     *
     * @param address    of the server.
     * @param user       up to 6 characters.
     * @param password   up to 10 characters.
     * @param session    up to 10 characters; blank for the one that is there.
     * @param sequence   number of the message wanted first; 0 for the next one to come.
     * @param patienceNs how long to go on when nothing comes, in nanoseconds.
     * @param handler    for what comes.
     * @param nowNs      the time.
     * @throws IllegalArgumentException when a text does not fit its field.
     */
    public SoupClient(
            final InetSocketAddress address,
            final String user,
            final String password,
            final String session,
            final long sequence,
            final long patienceNs,
            final SoupClientHandler handler,
            final long nowNs) {
        this.address = address;
        this.user = SoupText.of(user, SoupLoginRequest.USER_LENGTH);
        this.password = SoupText.of(password, SoupLoginRequest.PASSWORD_LENGTH);
        this.session = SoupText.of(session, SoupLoginRequest.SESSION_LENGTH);
        this.patienceNs = patienceNs;
        this.handler = handler;
        nextSequence = sequence;
        lastNewsNs = nowNs;
        retryAtNs = nowNs;
    }

    /**
     * Connects, logs in, takes what has come, sends heartbeats: whatever is due. To be called again and again.
     *
     * @param timeNs the time.
     * @return how much was done, 0 if nothing.
     * @throws IOException when the login is rejected, or nothing has come for too long; the message says which server
     *                     and why.
     */
    public int doWork(final long timeNs) throws IOException {
        nowNs = timeNs;
        if (state == State.SESSION_ENDED || state == State.LOGGED_OUT) {
            return 0;
        }
        int work;
        try {
            work = step();
        } catch (final IOException ex) {
            disconnect(ex.getMessage());
            work = 1;
        }
        if (rejection != null) {
            throw new IOException(rejection);
        }
        if (nowNs - lastNewsNs >= patienceNs && state != State.LOGGED_IN) {
            throw new IOException("the server does not answer: address=" + address + ", tried for "
                    + TimeUnit.NANOSECONDS.toMillis(patienceNs) + " ms, last trouble: " + trouble);
        }
        return work;
    }

    /** Says that no more is wanted, and closes the connection. */
    public void logout() {
        try {
            if (state == State.LOGGED_IN) {
                connection.send(SoupDescriptor.LOGOUT, nowNs);
                connection.shutdownOutput();
            }
        } catch (final IOException ex) {
            // Then the server hears of it from the connection.
        }
        close();
        state = State.LOGGED_OUT;
    }

    /**
     * Where the client stands.
     *
     * @return as of the last call.
     */
    public State state() {
        return state;
    }

    /**
     * How often the server has accepted a login.
     *
     * @return 1 as long as no connection was lost.
     */
    public long loginCount() {
        return loginCount;
    }

    /** Closes the connection without logging out. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(connection, channel);
        channel = null;
        connection = null;
        state = State.DISCONNECTED;
    }

    private int step() throws IOException {
        switch (state) {
            case DISCONNECTED:
                return nowNs - retryAtNs >= 0 ? connect() : 0;
            case CONNECTING:
                return channel.finishConnect() ? logIn() : 0;
            default:
                return work();
        }
    }

    private int connect() throws IOException {
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        state = State.CONNECTING;
        return channel.connect(address) ? logIn() : 1;
    }

    private int logIn() throws IOException {
        connection = new SoupConnection(channel, SoupDescriptor.CLIENT_HEARTBEAT, buffers, this::onPacket, nowNs);
        state = State.LOGGING_IN;
        connection.commit(
                SoupLoginRequest.put(
                        connection.buffer(), connection.nextOffset(), user, password, session, nextSequence),
                nowNs);
        return 1;
    }

    private int work() throws IOException {
        final SoupConnection current = connection;
        switch (current.receive(nowNs)) {
            case NOTHING:
                if (current.isSilent(nowNs)) {
                    throw new IOException("nothing was heard for "
                            + TimeUnit.NANOSECONDS.toSeconds(SoupConnection.SILENCE_NS) + " s");
                }
                return current.heartbeat(nowNs) ? 1 : 0;
            case CLOSED:
                if (connection != null) {
                    throw new IOException("the server closed the connection");
                }
                return 1;
            case MALFORMED:
                throw new IOException("the server sent what is no packet");
            default:
                if (connection != null) {
                    current.heartbeat(nowNs);
                }
                return 1;
        }
    }

    private void onPacket(final byte type, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (type == SoupDescriptor.SEQUENCED_DATA && state == State.LOGGED_IN) {
            lastNewsNs = nowNs;
            handler.onMessage(nextSequence++, buffer, offset, length);
        } else if (type == SoupDescriptor.LOGIN_ACCEPTED && state == State.LOGGING_IN) {
            if (!accepted.tryWrap(buffer, offset, length) || accepted.sequence() == SoupNumber.NONE) {
                reject("answered the login with what is no answer");
                return;
            }
            lastNewsNs = nowNs;
            retryNs = MIN_RETRY_NS;
            nextSequence = accepted.sequence();
            loginCount++;
            state = State.LOGGED_IN;
            handler.onLogin(nextSequence);
        } else if (type == SoupDescriptor.LOGIN_REJECTED && state == State.LOGGING_IN) {
            final boolean isUser = length == 1 && buffer.getByte(offset) == SoupDescriptor.NOT_AUTHORISED;
            reject(isUser ? "does not know user and password" : "does not have the session");
        } else if (type == SoupDescriptor.END_OF_SESSION && state == State.LOGGED_IN) {
            close();
            state = State.SESSION_ENDED;
            handler.onEndOfSession();
        }
    }

    private void reject(final String reason) {
        rejection = "the server " + reason + ": address=" + address + ", user=" + user + ", session=" + session
                + ", sequence=" + nextSequence;
        close();
    }

    private void disconnect(final String reason) {
        final boolean wasLoggedIn = state == State.LOGGED_IN;
        trouble = reason;
        close();
        retryAtNs = nowNs + retryNs;
        retryNs = Math.min(MAX_RETRY_NS, 2 * retryNs);
        if (wasLoggedIn) {
            nextSequence = handler.onDisconnect(nextSequence);
        }
    }
}
