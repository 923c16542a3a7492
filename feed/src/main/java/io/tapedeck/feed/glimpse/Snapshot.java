package io.tapedeck.feed.glimpse;

import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.codecs.soup.SoupDescriptor;
import java.nio.ByteBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The messages of a snapshot as SoupBinTCP packets, one behind the other, ready to be sent to any number of clients.
 * Used again and again: filled by whoever takes snapshots, then read by whoever sends them, and handed over in between.
 */
final class Snapshot {
    private static final int INITIAL_CAPACITY = 1 << 16;

    private final ExpandableDirectByteBuffer bytes = new ExpandableDirectByteBuffer(INITIAL_CAPACITY);
    private int length;
    private long messageCount;
    private long leastSequence;

    /** Forgets everything, to be filled again. */
    void clear(final long leastSequence) {
        this.leastSequence = leastSequence;
        length = 0;
        messageCount = 0;
    }

    /** Makes room in advance. */
    void reserve(final int capacity) {
        bytes.checkLimit(capacity);
    }

    /** The feed must have come to this number before the snapshot may be taken. */
    long leastSequence() {
        return leastSequence;
    }

    MutableDirectBuffer buffer() {
        return bytes;
    }

    /** Adds a message that the caller then writes; answers where. */
    int claim(final int messageLength) {
        bytes.checkLimit(length + SoupDescriptor.HEADER_LENGTH + messageLength);
        final int offset = length + SoupDescriptor.HEADER_LENGTH;
        length += SoupDescriptor.putHeader(bytes, length, SoupDescriptor.SEQUENCED_DATA, messageLength);
        messageCount++;
        return offset;
    }

    /** Adds the last message, which names the first message of the feed that is not in the snapshot. */
    void end(final long nextSequence) {
        EndOfSnapshot.put(bytes, claim(EndOfSnapshot.LENGTH), nextSequence);
    }

    long messageCount() {
        return messageCount;
    }

    int length() {
        return length;
    }

    /** The packets from the first to the last byte, with a position of its own. */
    ByteBuffer packets() {
        return bytes.byteBuffer().duplicate().position(0).limit(length);
    }
}
