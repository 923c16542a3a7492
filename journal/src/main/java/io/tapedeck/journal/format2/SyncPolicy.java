package io.tapedeck.journal.format2;

import java.util.concurrent.TimeUnit;

/**
 * When a writer forces what it wrote to the disk. Until then a chunk survives the end of the process, not a loss of
 * power. Immutable.
 */
public final class SyncPolicy {
    private static final String INTERVAL = "interval:";
    private static final long NEVER_NS = Long.MAX_VALUE;

    private final String text;
    private final long intervalNs;

    private SyncPolicy(final String text, final long intervalNs) {
        this.text = text;
        this.intervalNs = intervalNs;
    }

    /**
     * Reads a policy as the command line has it.
     *
     * @param text {@code none}: never, not even at the end. {@code chunk}: after every chunk.
     *             {@code interval:MS}: after a chunk if the last time was so many milliseconds ago, 1 to 86,400,000.
     * @return the policy.
     * @throws IllegalArgumentException for any other text.
     */
    public static SyncPolicy parse(final String text) {
        if (text.equals("none")) {
            return new SyncPolicy(text, NEVER_NS);
        }
        if (text.equals("chunk")) {
            return new SyncPolicy(text, 0);
        }
        if (text.matches(INTERVAL + "[0-9]{1,8}")) {
            final long intervalMs = Long.parseLong(text.substring(INTERVAL.length()));
            if (intervalMs >= 1 && intervalMs <= TimeUnit.DAYS.toMillis(1)) {
                return new SyncPolicy(text, TimeUnit.MILLISECONDS.toNanos(intervalMs));
            }
        }
        throw new IllegalArgumentException(
                "sync policy is \"" + text + "\", must be none, chunk or interval:MS with MS from 1 to 86400000");
    }

    /** Whether anything is ever forced. */
    boolean isForcing() {
        return intervalNs != NEVER_NS;
    }

    /** Whether it is time again, so many nanoseconds after the last time. */
    boolean isDue(final long sinceLastNs) {
        return isForcing() && sinceLastNs >= intervalNs;
    }

    /** The policy as {@link #parse} reads it. */
    @Override
    public String toString() {
        return text;
    }
}
