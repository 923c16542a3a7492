package io.tapedeck.feed.recovery;

import java.util.concurrent.TimeUnit;

/**
 * Keeps work to a share of the time: what was done is paid for from a purse that fills as time goes by, so a burst is
 * done at once and a flood is not. What took longer than a quarter of a second was not work, but a thread that was held
 * up; to pay for all of that would make whoever waits for an answer wait several times as long again.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
public final class WorkBudget {
    private static final double MAX_DEBT_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final double share;
    private final double burstNs;
    private double purseNs;
    private long lastNs;

    /**
     * A full purse.
     *
     * @param share   of the time to work at most, above 0, up to 1.
     * @param burstNs what the purse holds.
     * @param nowNs   the time, of any monotonic clock.
     */
    public WorkBudget(final double share, final long burstNs, final long nowNs) {
        this.share = share;
        this.burstNs = burstNs;
        purseNs = burstNs;
        lastNs = nowNs;
    }

    /**
     * Whether there is something left to work with.
     *
     * @param nowNs the time.
     * @return false until the purse has filled again.
     */
    public boolean isOpen(final long nowNs) {
        purseNs = Math.min(burstNs, purseNs + (nowNs - lastNs) * share);
        lastNs = nowNs;
        return purseNs > 0;
    }

    /**
     * Pays for work; the purse may come to owe up to a quarter of a second.
     *
     * @param workNs how long it took.
     */
    public void spend(final long workNs) {
        purseNs = Math.max(-MAX_DEBT_NS, purseNs - workNs);
    }
}
