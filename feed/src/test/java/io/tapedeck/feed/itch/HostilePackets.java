package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.ReceiverContext;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes any bytes through everything that a listener does with packets. Bounds are checked, so that a read beyond the
 * input throws; any exception is a failure, and so is a number that was neither given nor reported missing.
 */
final class HostilePackets implements MoldHandler {
    /** In packets. */
    private static final long WAIT_NS = 3;

    final MoldReceiver receiver =
            new MoldReceiver(new ReceiverContext().reorderWaitNs(WAIT_NS).bufferedPackets(4), this);
    private final FeedBooks books = new FeedBooks();
    private final StringBuilder printed = new StringBuilder();
    private final ItchPrinter printer = new ItchPrinter(printed);
    private long nextSequence;
    private long nowNs;

    HostilePackets() {
        assertThat(UnsafeBuffer.SHOULD_BOUNDS_CHECK).isTrue();
    }

    /** The bytes fill their buffer to the last one. */
    void take(final byte[] bytes) {
        receiver.onPacket(0, new UnsafeBuffer(bytes), 0, bytes.length, nowNs++);
        check();
    }

    void check() {
        if (receiver.session() != null) {
            assertThat(receiver.nextSequence()).isEqualTo(nextSequence);
        }
        assertThat(receiver.counts().usedPacketCount()
                        + receiver.counts().malformedPacketCount()
                        + receiver.counts().otherSessionPacketCount()
                        + receiver.counts().oldPacketCount())
                .isGreaterThanOrEqualTo(receiver.counts().packetCount());
    }

    @Override
    public void onSession(final MoldSession session) {
        nextSequence = 1;
        books.onSession(session);
    }

    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        assertThat(sequence).isEqualTo(nextSequence++);
        books.onMessage(sequence, buffer, offset, length);
        printed.setLength(0);
        printer.onMessage(sequence, buffer, offset, length);
        assertThat(printed).endsWith("\n").matches("[ -~]+\n");
    }

    @Override
    public void onGap(final long first, final long last) {
        assertThat(first).isEqualTo(nextSequence).isLessThanOrEqualTo(last);
        nextSequence = last + 1;
    }

    @Override
    public void onEndOfSession(final long next) {
        assertThat(next).isEqualTo(nextSequence);
    }
}
