package io.tapedeck.feed.mold;

import static io.tapedeck.codecs.mold.MoldPacketReader.END_OF_PACKET;
import static io.tapedeck.codecs.mold.MoldPacketReader.END_OF_SESSION;
import static io.tapedeck.codecs.mold.MoldPacketReader.HEARTBEAT;
import static io.tapedeck.codecs.mold.MoldPacketReader.MESSAGE;
import static io.tapedeck.codecs.mold.MoldPacketReader.TRUNCATED;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldSession;
import org.agrona.MutableDirectBuffer;

/**
 * Follows a MoldUDP64 session packet by packet: gives its messages in order, each once, and says exactly which are
 * missing. It does not ask for them again; a message that comes after it was reported missing is too old.
 *
 * <p>The session is the one that was asked for, or that of the first sound packet. Until it is over, packets of other
 * sessions are counted and skipped, so that a stray publisher cannot end or restart it; after its end the next session
 * may start. A packet is used whole or not at all: one whose blocks are not exactly those that its header announces, or
 * whose numbers are not from 1 to 2^63 - 1, is malformed, counted and skipped.
 *
 * <p><b>Note:</b> used by one thread, counts included; allocates nothing per packet.
 */
public final class MoldReceiver {
    private static final long FIRST_SEQUENCE = 1;

    private final MoldHandler handler;
    private final MoldPacketReader packet = new MoldPacketReader();
    private MoldSession session;

    /** The one before: its end is still being repeated when the next session starts. */
    private MoldSession previous;

    private boolean started;
    private boolean ended;
    private boolean otherSessionReported;
    private long nextSequence = FIRST_SEQUENCE;
    private long packetCount;
    private long usedPacketCount;
    private long malformedPacketCount;
    private long otherSessionPacketCount;
    private long oldPacketCount;
    private long duplicateMessageCount;
    private long heartbeatCount;
    private long messageCount;
    private long gapCount;
    private long missingMessageCount;

    /**
     * Follows the session that is heard first.
     *
     * @param handler for what comes.
     */
    public MoldReceiver(final MoldHandler handler) {
        this(handler, null);
    }

    /**
     * Follows a session.
     *
     * @param handler for what comes.
     * @param session to follow first; null for the one that is heard first.
     */
    public MoldReceiver(final MoldHandler handler, final MoldSession session) {
        this.handler = handler;
        this.session = session;
    }

    /**
     * Takes a packet, of any content.
     *
     * @param buffer with the packet.
     * @param offset of the packet, in bytes.
     * @param length of the packet, in bytes.
     * @return true if it was a sound packet of the session.
     */
    public boolean onPacket(final MutableDirectBuffer buffer, final int offset, final int length) {
        packetCount++;
        final int kind = packet.wrap(buffer, offset, length);
        if (!isSound(kind)) {
            malformedPacketCount++;
            return false;
        }
        if (!isOfSession()) {
            return false;
        }
        usedPacketCount++;
        final long sequence = packet.sequence();
        if (kind == HEARTBEAT) {
            heartbeatCount++;
            expect(sequence);
        } else if (kind == END_OF_SESSION) {
            end(sequence);
        } else {
            packet.wrap(buffer, offset, length);
            give(buffer, sequence);
        }
        return true;
    }

    /**
     * The session that is followed, also when it is over.
     *
     * @return null until one was heard or asked for.
     */
    public MoldSession session() {
        return session;
    }

    /**
     * Whether the session is over.
     *
     * @return false again when the next one has started.
     */
    public boolean isEnded() {
        return ended;
    }

    /**
     * Number of the message that is expected next.
     *
     * @return from 1.
     */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Packets of any kind.
     *
     * @return how many were taken.
     */
    public long packetCount() {
        return packetCount;
    }

    /**
     * Sound packets of the session, while it was not over.
     *
     * @return how many there were, those that said nothing new included.
     */
    public long usedPacketCount() {
        return usedPacketCount;
    }

    /**
     * Packets that are none of MoldUDP64's.
     *
     * @return how many were skipped.
     */
    public long malformedPacketCount() {
        return malformedPacketCount;
    }

    /**
     * Packets of sessions that were not followed.
     *
     * @return how many were skipped.
     */
    public long otherSessionPacketCount() {
        return otherSessionPacketCount;
    }

    /**
     * Packets whose messages had all been given or reported missing before, and packets of a session that is over.
     *
     * @return how many were skipped.
     */
    public long oldPacketCount() {
        return oldPacketCount;
    }

    /**
     * Messages that had been given or reported missing before.
     *
     * @return how many were skipped.
     */
    public long duplicateMessageCount() {
        return duplicateMessageCount;
    }

    /**
     * Heartbeats of the session.
     *
     * @return how many there were.
     */
    public long heartbeatCount() {
        return heartbeatCount;
    }

    /**
     * Messages given to the handler.
     *
     * @return over all sessions.
     */
    public long messageCount() {
        return messageCount;
    }

    /**
     * Gaps reported to the handler.
     *
     * @return over all sessions.
     */
    public long gapCount() {
        return gapCount;
    }

    /**
     * Messages in those gaps.
     *
     * @return over all sessions.
     */
    public long missingMessageCount() {
        return missingMessageCount;
    }

    /** Walks over the whole packet, so that a damaged one changes nothing. */
    private boolean isSound(final int kind) {
        if (kind == TRUNCATED) {
            return false;
        }
        int step = packet.next();
        while (step == MESSAGE) {
            step = packet.next();
        }
        final long sequence = packet.sequence();
        return step == END_OF_PACKET
                && packet.remainingLength() == 0
                && sequence >= FIRST_SEQUENCE
                && sequence + packet.messageCount() > 0;
    }

    private boolean isOfSession() {
        if (ended && packet.isOf(session) || previous != null && packet.isOf(previous)) {
            oldPacketCount++;
            return false;
        }
        if (session == null) {
            session = packet.session();
        } else if (ended) {
            previous = session;
            session = packet.session();
            started = false;
            ended = false;
        }
        if (!packet.isOf(session)) {
            skipOther();
            return false;
        }
        if (!started) {
            started = true;
            otherSessionReported = false;
            nextSequence = FIRST_SEQUENCE;
            handler.onSession(session);
        }
        return true;
    }

    private void skipOther() {
        otherSessionPacketCount++;
        if (!otherSessionReported) {
            otherSessionReported = true;
            handler.onOtherSession(packet.session());
        }
    }

    private void give(final MutableDirectBuffer buffer, final long sequence) {
        if (sequence + packet.messageCount() <= nextSequence) {
            oldPacketCount++;
            duplicateMessageCount += packet.messageCount();
            return;
        }
        expect(sequence);
        while (packet.next() == MESSAGE) {
            if (packet.messageSequence() < nextSequence) {
                duplicateMessageCount++;
                continue;
            }
            messageCount++;
            handler.onMessage(nextSequence, buffer, packet.messageOffset(), packet.messageLength());
            nextSequence++;
        }
    }

    /** Reports what is missing in front of a number. */
    private void expect(final long sequence) {
        if (sequence > nextSequence) {
            final long first = nextSequence;
            nextSequence = sequence;
            gapCount++;
            missingMessageCount += sequence - first;
            handler.onGap(first, sequence - 1);
        }
    }

    private void end(final long sequence) {
        if (sequence < nextSequence) {
            oldPacketCount++;
            return;
        }
        expect(sequence);
        ended = true;
        handler.onEndOfSession(nextSequence);
    }
}
