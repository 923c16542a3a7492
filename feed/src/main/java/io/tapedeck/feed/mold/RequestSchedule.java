package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldSession;

/**
 * When what is missing is asked for, how much of it at once and how often again, and when it is given up. What has come
 * meanwhile is not its business: the ranges that it looks at are cut by others.
 *
 * <p>Missing messages are asked for once they were waited for, as late packets or another line may bring them, the lowest
 * first. A request is repeated in intervals that double up to a second, and not while the server answers others. A range
 * of which nothing came for the whole time to give up is lost, and so is one that is that old when the server has been
 * silent for as long. Where nobody can be asked, waiting is all, and what did not come then is lost.
 *
 * <p>A process that is held up, for seconds maybe, hears nobody meanwhile, and must not take that for the server's
 * silence: what the server said may be waiting. So all times are those of a clock of its own, {@link #clockNs}, that goes
 * on by no more than a part of the time to give up between two looks at the caller's.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
final class RequestSchedule {
    /** Requests that may wait for an answer at a time. */
    static final int WINDOW = 16;

    /** Says that nothing has to be given up. */
    static final long NOTHING = 0;

    /** The least number of messages that are asked for at once, where so many are missing. */
    private static final int MIN_REQUESTED_MESSAGES = 32;

    /** It takes that many looks at the least until something is given up. */
    private static final int MIN_LOOKS = 8;

    private final ReceiverContext context;
    private final long maxStepNs;
    private final MissingRanges missing;
    private final MoldRequester requester;

    /** The most messages that a packet of the session had. */
    private int largestMessageCount = MIN_REQUESTED_MESSAGES;

    /** When the request server last answered. */
    private long answeredNs;

    private boolean hasLooked;
    private long lookedNs;
    private long heldUpNs;

    /**
     * A schedule on which nothing was asked for.
     *
     * @param context   concluded.
     * @param missing   what to ask for.
     * @param requester that asks; null where nobody can be asked.
     */
    RequestSchedule(final ReceiverContext context, final MissingRanges missing, final MoldRequester requester) {
        this.context = context;
        maxStepNs = Math.max(1, context.giveUpNs() / MIN_LOOKS);
        this.missing = missing;
        this.requester = requester;
    }

    /** Whether there is anybody to ask. */
    boolean canAsk() {
        return requester != null;
    }

    /**
     * The time to be used for what is missing.
     *
     * @param nowNs the caller's.
     * @return the same without the times in which the caller was held up.
     */
    long clockNs(final long nowNs) {
        if (hasLooked) {
            heldUpNs += Math.max(0, nowNs - lookedNs - maxStepNs);
        }
        hasLooked = true;
        lookedNs = nowNs;
        return nowNs - heldUpNs;
    }

    /** Notes that the server answers, whatever it was asked for. */
    void onAnswer(final long nowNs) {
        answeredNs = nowNs;
    }

    /** Notes how many messages a packet of the session had: as many are asked for at once. */
    void onPacketOf(final int messages) {
        largestMessageCount = Math.max(largestMessageCount, messages);
    }

    /**
     * Asks for what is due.
     *
     * @return how many requests it took.
     */
    int request(final MoldSession session, final long nowNs) {
        int sent = 0;
        int range = canAsk() ? missing.head() : MissingRanges.NONE;
        for (int i = 0; i < WINDOW && range != MissingRanges.NONE; i++) {
            if (isDue(range, nowNs)) {
                missing.split(range, largestMessageCount);
                missing.requested(range, nowNs);
                final long messages = missing.last(range) - missing.first(range) + 1;
                requester.request(session, missing.first(range), (int) Math.min(messages, largestMessageCount));
                sent++;
            }
            range = missing.next(range);
        }
        return sent;
    }

    /**
     * Takes off what was missing for too long, as far as it is one gap and nothing in front of it may still come.
     *
     * @return number of its last message, or {@link #NOTHING}.
     */
    long takeExpired(final long nowNs) {
        long last = NOTHING;
        while (!missing.isEmpty()
                && (last == NOTHING || missing.first(missing.head()) == last + 1)
                && isExpired(missing.head(), nowNs)) {
            last = missing.takeHead();
        }
        return last;
    }

    private boolean isDue(final int range, final long nowNs) {
        final int requests = missing.requestCount(range);
        if (requests == 0) {
            return nowNs - missing.openedNs(range) >= context.reorderWaitNs();
        }
        final int doublings = Math.min(requests - 1, Integer.SIZE - 2);
        final long waitNs = Math.min(ReceiverContext.MAX_RETRY_NS, context.retryNs() << doublings);
        // A server that answers others is busy, not gone: to repeat what waits there would only keep it longer.
        return nowNs - missing.requestedNs(range) >= waitNs && nowNs - answeredNs >= context.retryNs();
    }

    private boolean isExpired(final int range, final long nowNs) {
        if (!canAsk()) {
            return nowNs - missing.openedNs(range) >= context.reorderWaitNs();
        }
        // A server that has not answered at all for so long need not be asked for each range in turn.
        final boolean isServerSilent = nowNs - answeredNs >= context.giveUpNs();
        return missing.requestCount(range) > 0 && nowNs - missing.progressNs(range) >= context.giveUpNs()
                || isServerSilent && nowNs - missing.openedNs(range) >= context.giveUpNs();
    }
}
