package io.tapedeck.feed.recovery;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.feed.mold.PacketRing;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The messages in the packets that were published last, while they are being overwritten by later ones.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
final class RecentMessages {
    private final PacketRing ring;
    private final UnsafeBuffer copy;
    private final MoldPacketReader packet = new MoldPacketReader();

    RecentMessages(final PacketRing ring) {
        this.ring = ring;
        copy = new UnsafeBuffer(ByteBuffer.allocateDirect(ring.maxPayloadLength()));
    }

    /** Number of the next message to be published. */
    long nextSequence() {
        return ring.nextSequence();
    }

    /**
     * Adds messages to a packet until it is full.
     *
     * @param sequence of the first one, which has been published.
     * @param count    how many at most.
     * @param answer   takes them.
     * @return how many were added; 0 when the first one is not there any more, or never was.
     */
    int append(final long sequence, final int count, final MoldPacketWriter answer) {
        final long published = ring.published();
        int added = 0;
        for (long i = lastFrom(sequence, published); i < published && added < count; i++) {
            final int length = ring.read(i, copy);
            if (length == PacketRing.OVERWRITTEN) {
                return added;
            }
            if (packet.wrap(copy, 0, length) != MoldPacketReader.MESSAGES) {
                continue;
            }
            final int before = added;
            while (added < count && packet.next() == MoldPacketReader.MESSAGE) {
                if (packet.messageSequence() != sequence + added) {
                    continue;
                }
                if (!answer.append(copy, packet.messageOffset(), packet.messageLength())) {
                    return added;
                }
                added++;
            }
            if (added == before) {
                // Numbers were left out here.
                return added;
            }
        }
        return added;
    }

    /** The last packet that begins at or before a number: the number is in it, if it is anywhere. */
    private long lastFrom(final long sequence, final long published) {
        long low = ring.oldest();
        long high = published - 1;
        while (low < high) {
            final long middle = low + high + 1 >>> 1;
            // Where packets are overwritten meanwhile the search goes astray; what it finds is looked at whole.
            if (ring.sequenceHint(middle) <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
