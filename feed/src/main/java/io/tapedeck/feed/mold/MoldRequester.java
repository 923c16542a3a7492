package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldSession;

/**
 * Asks a publisher's request server for messages again. Whether an answer comes, and when, is not known to it; answers
 * are ordinary packets and are given to the {@link MoldReceiver} like all others.
 *
 * <p><b>Note:</b> called on the receiver's thread; must neither wait nor allocate.
 */
@FunctionalInterface
public interface MoldRequester {
    /**
     * Asks once.
     *
     * @param session      to ask of.
     * @param sequence     of the first message wanted.
     * @param messageCount how many are wanted, 1 to 65,534.
     */
    void request(MoldSession session, long sequence, int messageCount);
}
