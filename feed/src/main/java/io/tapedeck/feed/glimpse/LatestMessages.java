package io.tapedeck.feed.glimpse;

import io.tapedeck.codecs.soup.SoupDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.collections.Int2IntHashMap;

/** The last message of one type about each instrument, in the order in which the instruments first came. */
final class LatestMessages {
    private static final int NONE = -1;

    private final int messageLength;
    private final Int2IntHashMap offsets = new Int2IntHashMap(NONE);
    private final ExpandableDirectByteBuffer messages = new ExpandableDirectByteBuffer();
    private int end;

    LatestMessages(final int messageLength) {
        this.messageLength = messageLength;
    }

    void put(final int instrumentId, final DirectBuffer message) {
        int offset = offsets.get(instrumentId);
        if (offset == NONE) {
            offset = end;
            offsets.put(instrumentId, offset);
            end += messageLength;
        }
        messages.putBytes(offset, message, 0, messageLength);
    }

    void addTo(final Snapshot snapshot) {
        for (int offset = 0; offset < end; offset += messageLength) {
            snapshot.buffer().putBytes(snapshot.claim(messageLength), messages, offset, messageLength);
        }
    }

    /** Of all of them in a snapshot, in bytes. */
    long length() {
        return (long) offsets.size() * (messageLength + SoupDescriptor.HEADER_LENGTH);
    }
}
