package io.tapedeck.feed.soup;

import org.agrona.MutableDirectBuffer;

/** Takes what a {@link SoupClient} receives, on the client's thread. */
public interface SoupClientHandler {
    /**
     * The client is logged in.
     *
     * @param sequence number of the first message that will come.
     */
    default void onLogin(final long sequence) {}

    /**
     * The next message.
     *
     * @param sequence number of the message; each is one more than the last.
     * @param buffer   with the message, valid until this method returns.
     * @param offset   of the message, in bytes.
     * @param length   of the message, 0 to 65,534 bytes.
     */
    void onMessage(long sequence, MutableDirectBuffer buffer, int offset, int length);

    /**
     * The connection was lost, and the client is going to log in again.
     *
     * @param nextSequence number of the message that would have come next.
     * @return the number to ask for; the same one, unless everything is to begin anew.
     */
    default long onDisconnect(final long nextSequence) {
        return nextSequence;
    }

    /** The session is over: nothing more will come. */
    default void onEndOfSession() {}
}
