package io.tapedeck.feed.glimpse;

import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.soup.SoupClient;
import io.tapedeck.feed.soup.SoupClientHandler;
import java.io.IOException;
import org.agrona.MutableDirectBuffer;

/**
 * Loads one snapshot of a session: logs in, takes its messages, and logs out when it is whole. When the connection is lost
 * before, it begins again.
 *
 * <p><b>Note:</b> used by one thread, and never waits; allocates nothing per message.
 */
public final class GlimpseClient implements AutoCloseable {
    private static final long FIRST_SEQUENCE = 1;

    private final GlimpseLogin login;
    private final SoupClient client;
    private final SnapshotHandler handler;
    private long nextSequence;
    private long messageCount;
    private boolean isBad;
    private boolean isSessionOver;

    private final class Loader implements SoupClientHandler {
        @Override
        public void onLogin(final long sequence) {
            messageCount = 0;
            handler.onSnapshot();
        }

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            if (isWhole() || isBad) {
                return;
            }
            if (EndOfSnapshot.is(buffer, offset, length)) {
                nextSequence = EndOfSnapshot.sequence(buffer, offset);
                isBad = nextSequence < FIRST_SEQUENCE;
            } else {
                messageCount++;
                handler.onSnapshotMessage(buffer, offset, length);
            }
        }

        @Override
        public long onDisconnect(final long next) {
            return FIRST_SEQUENCE;
        }

        @Override
        public void onEndOfSession() {
            isSessionOver = true;
        }
    }

    /**
     * A client that will connect when it is first driven.
     *
     * @param login      where, and as whom.
     * @param session    whose snapshot is wanted.
     * @param patienceNs how long to go on when nothing comes, in nanoseconds.
     * @param handler    for what comes.
     * @param nowNs      the time, of any monotonic clock.
     */
    public GlimpseClient(
            final GlimpseLogin login,
            final MoldSession session,
            final long patienceNs,
            final SnapshotHandler handler,
            final long nowNs) {
        this.login = login;
        this.handler = handler;
        client = new SoupClient(
                login.endpoint().address(),
                login.user(),
                login.password(),
                session.toString(),
                FIRST_SEQUENCE,
                patienceNs,
                new Loader(),
                nowNs);
    }

    /**
     * Does what is due. To be called again and again, until the snapshot is whole.
     *
     * @param nowNs the time.
     * @return how much was done, 0 if nothing.
     * @throws IOException when the server does not want this client, does not answer, or has no snapshot.
     */
    public int doWork(final long nowNs) throws IOException {
        if (isWhole()) {
            return 0;
        }
        final int work = client.doWork(nowNs);
        if (isBad) {
            throw new IOException("the snapshot ends without a number to go on from: address=" + login.endpoint());
        }
        if (isWhole()) {
            client.logout();
        } else if (isSessionOver) {
            throw new IOException("the server ended the session before the snapshot was whole: address="
                    + login.endpoint() + ", messages=" + messageCount);
        }
        return work;
    }

    /**
     * Whether the snapshot is whole, and the client has logged out.
     *
     * @return true for good.
     */
    public boolean isWhole() {
        return nextSequence > 0;
    }

    /**
     * Number of the message of the feed with which to go on.
     *
     * @return from 1 when the snapshot is whole, else 0.
     */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Messages of the snapshot.
     *
     * @return how many have come, the one that ends it apart.
     */
    public long messageCount() {
        return messageCount;
    }

    /** Closes the connection, if it is still there. */
    @Override
    public void close() {
        client.close();
    }
}
