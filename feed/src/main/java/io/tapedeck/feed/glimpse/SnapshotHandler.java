package io.tapedeck.feed.glimpse;

import org.agrona.MutableDirectBuffer;

/** Takes a snapshot that is loaded, on the thread that loads it. */
public interface SnapshotHandler {
    /** A snapshot begins; what an earlier one brought, which broke off, is to be forgotten. */
    void onSnapshot();

    /**
     * The next message of the snapshot.
     *
     * @param buffer with an ITCH message, valid until this method returns.
     * @param offset of the message, in bytes.
     * @param length of the message, in bytes; any may arrive.
     */
    void onSnapshotMessage(MutableDirectBuffer buffer, int offset, int length);
}
