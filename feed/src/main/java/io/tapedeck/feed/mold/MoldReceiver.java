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
 * Follows a MoldUDP64 session packet by packet: gives its messages in order, each once, whatever the lines of the feed
 * lose, repeat or put in another order.
 *
 * <p>All lines are one stream: a message counts when it comes first, on whichever line. What comes before its turn is
 * kept, and the handler hears nothing until the messages in front of it have come, on the other line, late, or in answer
 * to a request; or until they are given up, which it is told with their exact numbers. A request is repeated in growing
 * intervals. A message that comes after it was reported missing is too old. What finds no room while it has to wait is
 * treated as lost on the way, and asked for later; where nothing can be asked for, the missing messages in front are
 * given up instead. A time in which neither packets nor calls came because the process was held up does not count for
 * giving up.
 *
 * <p>The session is the one that was asked for, or that of the first sound packet. Until it is over, packets of other
 * sessions are counted and skipped, so that a stray publisher cannot end or restart it; after its end the next session
 * may start. A packet is used whole or not at all: one whose blocks are not exactly those that its header announces, or
 * whose numbers are not from 1 to 2^63 - 1, is malformed, counted and skipped.
 *
 * <p><b>Note:</b> used by one thread, counts included; allocates nothing per packet. Times are those of any monotonic
 * clock, always the same one.
 */
public final class MoldReceiver implements AutoCloseable {
    /** The line of answers that the request server sent. */
    public static final int ANSWERS = -1;

    private static final long FIRST_SEQUENCE = 1;

    /** Ranges that can be missing at a time, besides one in front of each packet that waits. */
    private static final int MORE_MISSING_RANGES = 32;

    private final ReceiverContext context;
    private final MoldHandler handler;
    private final MoldPacketReader packet = new MoldPacketReader();
    private final MissingRanges missing;
    private final RequestSchedule schedule;
    private final PacketBuffer waiting;

    /** How many of the packets that wait can only be answers. */
    private final int answerSlots;

    private final FollowedSession followed;
    private final ReceiverCounts counts;
    private boolean held;
    private long nextSequence = FIRST_SEQUENCE;

    /** Behind the highest number that is known to exist. */
    private long announcedSequence = FIRST_SEQUENCE;

    /** What the end of the session said that the next number would be; 0 before it was heard. */
    private long endSequence;

    /**
     * Follows a session without asking for anything: what no line brings is lost.
     *
     * @param context not concluded yet.
     * @param handler for what comes.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public MoldReceiver(final ReceiverContext context, final MoldHandler handler) {
        this(context, handler, null);
    }

    /**
     * Follows a session, and asks for what is missing.
     *
     * @param context   not concluded yet.
     * @param handler   for what comes.
     * @param requester that asks; null to ask for nothing.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public MoldReceiver(final ReceiverContext context, final MoldHandler handler, final MoldRequester requester) {
        this.context = context.conclude();
        this.handler = handler;
        followed = new FollowedSession(context.session());
        counts = new ReceiverCounts(context.lineCount());
        held = context.joinPoint() == JoinPoint.SNAPSHOT;
        missing = new MissingRanges(context.bufferedPackets() + MORE_MISSING_RANGES);
        schedule = new RequestSchedule(context, missing, requester);
        answerSlots = Math.min(2 * RequestSchedule.WINDOW, context.bufferedPackets() / 2);
        waiting = new PacketBuffer(context.bufferedPackets(), context.maxPacketLength());
    }

    /**
     * Takes a packet, of any content.
     *
     * @param line   that brought it: 0 for A, 1 for B, or {@link #ANSWERS}.
     * @param buffer with the packet.
     * @param offset of the packet, in bytes.
     * @param length of the packet, in bytes.
     * @param nowNs  when it was taken.
     * @return true if it was a sound packet of the session.
     */
    public boolean onPacket(
            final int line, final MutableDirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final long clockNs = schedule.clockNs(nowNs);
        counts.onPacket();
        final LineCounts lineCounts = counts.line(line);
        lineCounts.onPacket();
        final int kind = packet.wrap(buffer, offset, length);
        if (!isSound(kind)) {
            counts.onMalformed();
            return false;
        }
        if (!isOfSession()) {
            return false;
        }
        counts.onUsed();
        final long sequence = packet.sequence();
        final int messages = packet.messageCount();
        if (line == ANSWERS) {
            lineCounts.onAnswer(messages);
            schedule.onAnswer(clockNs);
        } else {
            lineCounts.onNumbers(sequence, sequence + messages);
        }
        if (kind == END_OF_SESSION) {
            end(sequence, clockNs);
        } else if (endSequence != 0 && sequence + messages > endSequence) {
            counts.onOld();
        } else if (kind == HEARTBEAT) {
            counts.onHeartbeat();
            announce(sequence, clockNs);
        } else {
            schedule.onPacketOf(messages);
            lineCounts.onFirst(take(buffer, offset, length, sequence, messages, clockNs));
        }
        if (!missing.isEmpty() && !held) {
            giveUp(clockNs);
        }
        endIfComplete();
        return true;
    }

    /**
     * Does what is due: asks for what is missing, and gives up what was missing for too long. To be called again and
     * again, whether packets come or not.
     *
     * @param nowNs the time.
     * @return how much was done, 0 if nothing.
     */
    public int doWork(final long nowNs) {
        final long clockNs = schedule.clockNs(nowNs);
        if (missing.isEmpty() || held) {
            return 0;
        }
        final long gapsBefore = counts.gapCount();
        final int requests = schedule.request(followed.session(), clockNs);
        counts.onRequests(requests);
        giveUp(clockNs);
        endIfComplete();
        return requests + (int) (counts.gapCount() - gapsBefore);
    }

    /**
     * Gives up everything that is missing and gives what waits behind it: nothing will come any more.
     *
     * @throws IllegalStateException when a snapshot is still being waited for.
     */
    public void flush() {
        if (held) {
            throw new IllegalStateException("the receiver waits for a snapshot: session=" + followed.session());
        }
        while (!missing.isEmpty()) {
            loseUpTo(missing.takeHead());
        }
        endIfComplete();
    }

    /**
     * Goes on behind a snapshot: gives what was kept from a number on, and asks for what is missing there.
     *
     * @param sequence of the first message that the snapshot does not contain, at least 1.
     * @param nowNs    the time.
     * @throws IllegalStateException    when no snapshot is waited for.
     * @throws IllegalArgumentException when the number is out of range.
     */
    public void resumeAt(final long sequence, final long nowNs) {
        if (!held) {
            throw new IllegalStateException("the receiver waits for no snapshot: session=" + followed.session());
        }
        if (sequence < FIRST_SEQUENCE) {
            throw new IllegalArgumentException("a session begins with number 1: sequence=" + sequence);
        }
        held = false;
        if (!followed.isStarted()) {
            nextSequence = sequence;
            announcedSequence = sequence;
            return;
        }
        if (sequence < nextSequence) {
            missing.prepend(sequence, nextSequence - 1, schedule.clockNs(nowNs));
        } else if (sequence > nextSequence) {
            missing.fill(nextSequence, sequence - 1);
        }
        nextSequence = sequence;
        announcedSequence = Math.max(announcedSequence, sequence);
        drain();
        endIfComplete();
    }

    /**
     * Whether a snapshot is waited for, and everything heard is kept.
     *
     * @return false from {@link #resumeAt(long, long)} on.
     */
    public boolean isHeld() {
        return held;
    }

    /**
     * The session that is followed, also when it is over.
     *
     * @return null until one was heard or asked for.
     */
    public MoldSession session() {
        return followed.session();
    }

    /**
     * Whether the session is over, and all that was to come of it has come or was given up.
     *
     * @return false again when the next one has started.
     */
    public boolean isEnded() {
        return followed.isEnded();
    }

    /**
     * Whether messages are missing now that may still come.
     *
     * @return true while the handler hears nothing because of them.
     */
    public boolean isInGap() {
        return !missing.isEmpty();
    }

    /**
     * Number of the message that the handler will be given next.
     *
     * @return from 1.
     */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * What was counted.
     *
     * @return always the same object.
     */
    public ReceiverCounts counts() {
        return counts;
    }

    /** Gives the memory of what waits back; the counts stay. */
    @Override
    public void close() {
        waiting.close();
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
        switch (followed.match(packet)) {
            case STARTS:
                start();
                return true;
            case BELONGS:
                return true;
            case IS_OVER:
                counts.onOld();
                return false;
            case IS_FIRST_OTHER:
                counts.onOtherSession();
                handler.onOtherSession(packet.session());
                return false;
            default:
                counts.onOtherSession();
                return false;
        }
    }

    private void start() {
        if (!followed.isFirst()) {
            nextSequence = FIRST_SEQUENCE;
        } else if (held || context.joinPoint() == JoinPoint.FIRST_HEARD) {
            nextSequence = packet.sequence();
        }
        announcedSequence = nextSequence;
        endSequence = 0;
        counts.onSession(nextSequence);
        handler.onSession(followed.session());
    }

    /**
     * Takes the messages of a packet: gives them if they are the next ones, else keeps them.
     *
     * @return how many of them are new.
     */
    private long take(
            final MutableDirectBuffer buffer,
            final int offset,
            final int length,
            final long sequence,
            final int messages,
            final long nowNs) {
        final long end = sequence + messages;
        if (end <= nextSequence) {
            counts.onOld();
            counts.onDuplicates(messages);
            return 0;
        }
        if (!schedule.canAsk() && !held) {
            makeRoom(sequence, length, nowNs);
        }
        final boolean isNext = !held && sequence <= nextSequence;
        if (!isNext && !canKeep(sequence, end, length)) {
            counts.onOverflow();
            missing.touch(sequence, nowNs);
            announce(end, nowNs);
            return 0;
        }
        final long fresh = mark(sequence, end, nowNs);
        counts.onDuplicates(messages - fresh);
        if (fresh == 0) {
            counts.onOld();
        } else if (isNext) {
            give(buffer, offset, length);
            drain();
        } else {
            waiting.put(sequence, buffer, offset, length);
        }
        return fresh;
    }

    /** Gives up what is missing in front of a packet for which there is no room; nobody can be asked for it later. */
    private void makeRoom(final long sequence, final int length, final long nowNs) {
        while (sequence > nextSequence && (!waiting.hasRoom(length, 0) || missing.isFull())) {
            announce(sequence, nowNs);
            loseUpTo(missing.takeHead());
        }
    }

    private boolean canKeep(final long sequence, final long end, final int length) {
        // A feed that runs ahead must not take the room of the answers that the packets in front wait for.
        final int slotsLeft = schedule.canAsk() && end > announcedSequence ? answerSlots : 0;
        return waiting.hasRoom(length, slotsLeft) && (!missing.isFull() || missing.canFillWhenFull(sequence, end - 1));
    }

    /** Notes that messages have come, and that those between them and what was known before are missing. */
    private long mark(final long sequence, final long end, final long nowNs) {
        announce(sequence, nowNs);
        final long fresh = end <= announcedSequence ? 0 : end - announcedSequence;
        announcedSequence = Math.max(announcedSequence, end);
        return fresh + missing.fill(sequence, end - 1);
    }

    /** Notes that the messages in front of a number exist. */
    private void announce(final long sequence, final long nowNs) {
        if (sequence > announcedSequence) {
            missing.append(announcedSequence, sequence - 1, nowNs, schedule.canAsk());
            announcedSequence = sequence;
        }
    }

    /** Gives those messages of a packet that were not given yet. */
    private void give(final MutableDirectBuffer buffer, final int offset, final int length) {
        packet.wrap(buffer, offset, length);
        while (packet.next() == MESSAGE) {
            if (packet.messageSequence() == nextSequence) {
                counts.onMessage();
                handler.onMessage(nextSequence, buffer, packet.messageOffset(), packet.messageLength());
                nextSequence++;
            }
        }
    }

    /** Gives what waited for the messages that have just come or been given up. */
    private void drain() {
        int slot = waiting.head();
        while (slot != PacketBuffer.NONE && waiting.sequence(slot) <= nextSequence) {
            give(waiting.buffer(), waiting.offset(slot), waiting.length(slot));
            waiting.removeHead();
            slot = waiting.head();
        }
    }

    /** Gives up what was missing for too long. */
    private void giveUp(final long nowNs) {
        for (long last = schedule.takeExpired(nowNs);
                last != RequestSchedule.NOTHING;
                last = schedule.takeExpired(nowNs)) {
            loseUpTo(last);
        }
    }

    /** Reports what is missing in front as lost, up to a number. */
    private void loseUpTo(final long last) {
        final long first = nextSequence;
        nextSequence = last + 1;
        counts.onGap(nextSequence - first);
        handler.onGap(first, last);
        drain();
    }

    private void end(final long sequence, final long nowNs) {
        if (sequence < announcedSequence) {
            counts.onOld();
            return;
        }
        announce(sequence, nowNs);
        endSequence = sequence;
    }

    private void endIfComplete() {
        if (endSequence != 0 && nextSequence >= endSequence && !held && !followed.isEnded()) {
            followed.end();
            endSequence = 0;
            waiting.clear();
            handler.onEndOfSession(nextSequence);
        }
    }
}
