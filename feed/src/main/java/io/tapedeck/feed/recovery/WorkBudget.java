package io.tapedeck.feed.recovery;

/**
 * Keeps work to a share of the time: what was done is paid for from a purse that fills as time goes by, so a burst is
 * done at once and a flood is not.
 */
final class WorkBudget {
    private final double share;
    private final double burstNs;
    private double purseNs;
    private long lastNs;

    WorkBudget(final double share, final long burstNs, final long nowNs) {
        this.share = share;
        this.burstNs = burstNs;
        purseNs = burstNs;
        lastNs = nowNs;
    }

    /** Whether there is something left to work with. */
    boolean isOpen(final long nowNs) {
        purseNs = Math.min(burstNs, purseNs + (nowNs - lastNs) * share);
        lastNs = nowNs;
        return purseNs > 0;
    }

    /** Pays for work; the purse may come to owe. */
    void spend(final long workNs) {
        purseNs -= workNs;
    }
}
