package io.tapedeck.feed.mold;

import java.util.concurrent.TimeUnit;

/**
 * A bucket of tokens, one for each message. It fills with time and holds one token and a millisecond's worth, so that
 * nothing is lost while one sleeps for less than that. Counted from one origin, so that rounding never adds up.
 */
final class MessagePacer {
    private static final double BURST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final double messagesPerNs;
    private final double burst;
    private final long originNs;
    private double spent;

    MessagePacer(final long messagesPerSecond, final long nowNs) {
        messagesPerNs = (double) messagesPerSecond / TimeUnit.SECONDS.toNanos(1);
        burst = 1 + messagesPerNs * BURST_NS;
        originNs = nowNs;
    }

    /** Takes up to {@code wanted} tokens, and says how many there were. */
    long take(final long wanted, final long nowNs) {
        final double earned = (nowNs - originNs) * messagesPerNs;
        spent = Math.max(spent, earned - burst);
        final long taken = Math.min(wanted, (long) (earned - spent));
        spent += taken;
        return taken;
    }
}
