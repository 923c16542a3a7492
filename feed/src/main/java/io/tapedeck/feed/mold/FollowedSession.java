package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldSession;

/**
 * Decides whose packets a receiver takes: those of the session that was asked for, or else of the first one heard, and
 * after its end those of the next one heard. <b>Note:</b> used by one thread; allocates only when a session starts.
 */
final class FollowedSession {
    /** What a packet is to the session that is followed. */
    enum Match {
        /** The first one of it. */
        STARTS,
        /** One of it. */
        BELONGS,
        /** One of a session that is over. */
        IS_OVER,
        /** One of another session, the first such one since the followed one started or was chosen. */
        IS_FIRST_OTHER,
        /** One of another session. */
        IS_OTHER
    }

    private MoldSession session;

    /** The one before: its end is still being repeated when the next session starts. */
    private MoldSession previous;

    private boolean isStarted;
    private boolean isEnded;
    private boolean isOtherHeard;

    /**
     * Nothing was heard yet.
     *
     * @param session to follow first; null for the one that is heard first.
     */
    FollowedSession(final MoldSession session) {
        this.session = session;
    }

    /** Takes a sound packet; one that is heard first, or first after the end, chooses the session. */
    Match match(final MoldPacketReader packet) {
        if (isEnded && packet.isOf(session) || previous != null && packet.isOf(previous)) {
            return Match.IS_OVER;
        }
        if (session == null || isEnded) {
            previous = session;
            session = packet.session();
            isStarted = false;
            isEnded = false;
        }
        if (!packet.isOf(session)) {
            final Match match = isOtherHeard ? Match.IS_OTHER : Match.IS_FIRST_OTHER;
            isOtherHeard = true;
            return match;
        }
        if (isStarted) {
            return Match.BELONGS;
        }
        isStarted = true;
        isOtherHeard = false;
        return Match.STARTS;
    }

    void end() {
        isEnded = true;
    }

    /** The one that is followed, also when it is over; null until one was heard or asked for. */
    MoldSession session() {
        return session;
    }

    /** Whether none was followed to its end before this one. */
    boolean isFirst() {
        return previous == null;
    }

    /** Whether a packet of it was heard. */
    boolean isStarted() {
        return isStarted;
    }

    /** Whether it is over; false again when the next one has started. */
    boolean isEnded() {
        return isEnded;
    }
}
