package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldSession;
import java.util.concurrent.TimeUnit;

/**
 * Everything that decides how a session is followed. Set what differs from the defaults and give it to a receiver, which
 * checks it once. Serves one receiver.
 */
public final class ReceiverContext {
    /** Default time that missing messages are waited for before anything is done about them: a millisecond. */
    public static final long DEFAULT_REORDER_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Default time after which a request is repeated for the first time; it doubles with each repetition. */
    public static final long DEFAULT_RETRY_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** The longest time between two requests for the same messages. */
    public static final long MAX_RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    /** Default time without any of the messages asked for after which they are lost: ten seconds. */
    public static final long DEFAULT_GIVE_UP_NS = TimeUnit.SECONDS.toNanos(10);

    /** Default number of packets that are kept while those in front of them are missing: 12 MiB of them. */
    public static final int DEFAULT_BUFFERED_PACKETS = 8_192;

    private MoldSession session;
    private JoinPoint joinPoint = JoinPoint.SESSION_START;
    private int lineCount = 1;
    private long reorderWaitNs = DEFAULT_REORDER_WAIT_NS;
    private long retryNs = DEFAULT_RETRY_NS;
    private long giveUpNs = DEFAULT_GIVE_UP_NS;
    private int bufferedPackets = DEFAULT_BUFFERED_PACKETS;
    private int maxPacketLength = MoldDescriptor.ETHERNET_PAYLOAD_LENGTH;

    /** All defaults. */
    public ReceiverContext() {}

    /**
     * Names the session to follow first.
     *
     * @param session the one that is heard first by default.
     * @return this.
     */
    public ReceiverContext session(final MoldSession session) {
        this.session = session;
        return this;
    }

    /**
     * The session to follow first.
     *
     * @return null for the one that is heard first.
     */
    public MoldSession session() {
        return session;
    }

    /**
     * Sets with which message to begin.
     *
     * @param joinPoint {@link JoinPoint#SESSION_START} by default.
     * @return this.
     */
    public ReceiverContext joinPoint(final JoinPoint joinPoint) {
        this.joinPoint = joinPoint;
        return this;
    }

    /**
     * With which message to begin.
     *
     * @return of the session heard first.
     */
    public JoinPoint joinPoint() {
        return joinPoint;
    }

    /**
     * Sets how many lines carry the same messages.
     *
     * @param lineCount at least 1; 1 by default.
     * @return this.
     */
    public ReceiverContext lineCount(final int lineCount) {
        this.lineCount = lineCount;
        return this;
    }

    /**
     * How many lines carry the same messages.
     *
     * @return at least 1.
     */
    public int lineCount() {
        return lineCount;
    }

    /**
     * Sets how long missing messages are waited for, as a late packet or the other line may bring them, before they are
     * asked for; where nothing can be asked for, before they are lost.
     *
     * @param reorderWaitNs in nanoseconds; 0 does not wait; {@link #DEFAULT_REORDER_WAIT_NS} by default.
     * @return this.
     */
    public ReceiverContext reorderWaitNs(final long reorderWaitNs) {
        this.reorderWaitNs = reorderWaitNs;
        return this;
    }

    /**
     * How long missing messages are waited for.
     *
     * @return in nanoseconds.
     */
    public long reorderWaitNs() {
        return reorderWaitNs;
    }

    /**
     * Sets after what time a request is repeated for the first time. The time doubles with each repetition, up to
     * {@link #MAX_RETRY_NS}.
     *
     * @param retryNs in nanoseconds, 1 to {@link #MAX_RETRY_NS}; {@link #DEFAULT_RETRY_NS} by default.
     * @return this.
     */
    public ReceiverContext retryNs(final long retryNs) {
        this.retryNs = retryNs;
        return this;
    }

    /**
     * After what time a request is repeated for the first time.
     *
     * @return in nanoseconds.
     */
    public long retryNs() {
        return retryNs;
    }

    /**
     * Sets after what time without an answer messages are lost.
     *
     * @param giveUpNs in nanoseconds, at least 1; {@link #DEFAULT_GIVE_UP_NS} by default.
     * @return this.
     */
    public ReceiverContext giveUpNs(final long giveUpNs) {
        this.giveUpNs = giveUpNs;
        return this;
    }

    /**
     * After what time without an answer messages are lost.
     *
     * @return in nanoseconds.
     */
    public long giveUpNs() {
        return giveUpNs;
    }

    /**
     * Sets how many packets are kept while those in front of them are missing.
     *
     * @param bufferedPackets at least 1; {@link #DEFAULT_BUFFERED_PACKETS} by default.
     * @return this.
     */
    public ReceiverContext bufferedPackets(final int bufferedPackets) {
        this.bufferedPackets = bufferedPackets;
        return this;
    }

    /**
     * How many packets are kept while those in front of them are missing.
     *
     * @return at least 1.
     */
    public int bufferedPackets() {
        return bufferedPackets;
    }

    /**
     * Sets the longest packet that is kept; a longer one is used when it is the next, and lost when it is not.
     *
     * @param maxPacketLength in bytes, up to {@link MoldDescriptor#MAX_PAYLOAD_LENGTH};
     *                        {@link MoldDescriptor#ETHERNET_PAYLOAD_LENGTH} by default.
     * @return this.
     */
    public ReceiverContext maxPacketLength(final int maxPacketLength) {
        this.maxPacketLength = maxPacketLength;
        return this;
    }

    /**
     * The longest packet that is kept.
     *
     * @return in bytes.
     */
    public int maxPacketLength() {
        return maxPacketLength;
    }

    /**
     * Checks everything; the receiver calls it.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is out of range; the message holds it.
     */
    ReceiverContext conclude() {
        require(lineCount >= 1, "lineCount must be at least 1: lineCount=", lineCount);
        require(reorderWaitNs >= 0, "reorderWaitNs must be at least 0: reorderWaitNs=", reorderWaitNs);
        require(
                retryNs >= 1 && retryNs <= MAX_RETRY_NS,
                "retryNs must be from 1 to " + MAX_RETRY_NS + ": retryNs=",
                retryNs);
        require(giveUpNs >= 1, "giveUpNs must be at least 1: giveUpNs=", giveUpNs);
        require(bufferedPackets >= 1, "bufferedPackets must be at least 1: bufferedPackets=", bufferedPackets);
        require(
                maxPacketLength >= MoldDescriptor.HEADER_LENGTH && maxPacketLength <= MoldDescriptor.MAX_PAYLOAD_LENGTH,
                "maxPacketLength must be from " + MoldDescriptor.HEADER_LENGTH + " to "
                        + MoldDescriptor.MAX_PAYLOAD_LENGTH + ": maxPacketLength=",
                maxPacketLength);
        require(
                (long) bufferedPackets * maxPacketLength <= 1 << 30,
                "bufferedPackets of maxPacketLength=" + maxPacketLength + " must take at most 1 GiB: bufferedPackets=",
                bufferedPackets);
        return this;
    }

    private static void require(final boolean holds, final String message, final long value) {
        if (!holds) {
            throw new IllegalArgumentException(message + value);
        }
    }
}
