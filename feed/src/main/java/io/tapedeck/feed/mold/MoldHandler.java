package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldSession;
import org.agrona.MutableDirectBuffer;

/**
 * Takes what a {@link MoldReceiver} makes of packets, in the order of the session.
 *
 * <p><b>Note:</b> called on the receiver's thread.
 */
public interface MoldHandler {
    /**
     * A session starts: the first packet of the receiver's life, or the first of another session after one has ended.
     *
     * @param session its name; the first message is number 1.
     */
    default void onSession(final MoldSession session) {}

    /**
     * The next message. Each number comes once at most, and they rise.
     *
     * @param sequence of the message, from 1.
     * @param buffer   with the message, valid until this method returns.
     * @param offset   of the message, in bytes.
     * @param length   of the message, 0 to 65,485 bytes; 0 when the publisher could not make the message.
     */
    void onMessage(long sequence, MutableDirectBuffer buffer, int offset, int length);

    /**
     * Messages are missing; the next one comes after them.
     *
     * @param first number of the first one missing.
     * @param last  number of the last one missing.
     */
    default void onGap(final long first, final long last) {}

    /**
     * The session is over.
     *
     * @param nextSequence number that the next message would have had; all before it were given or reported missing.
     */
    default void onEndOfSession(final long nextSequence) {}

    /**
     * A packet of another session came while this one is not over; called for the first of them, all are skipped.
     *
     * @param other name of the other session.
     */
    default void onOtherSession(final MoldSession other) {}
}
