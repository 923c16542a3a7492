package io.tapedeck.feed.itch;

/**
 * What a relay does to the packets of a feed. The end of a session always passes.
 *
 * @param name         of the profile.
 * @param lines        that carry the feed.
 * @param loss         share of packets that is lost, on each line of its own.
 * @param burstLength  how many packets in a row are lost when a burst of loss begins, on all lines at once.
 * @param burstShare   share of packets with which a burst begins.
 * @param duplicates   share of packets that is sent twice.
 * @param reordered    share of packets that is held back.
 * @param maxHold      for how many packets such a one is held back at most.
 * @param isLineSilent whether the last line brings nothing at all.
 */
record LossProfile(
        String name,
        int lines,
        double loss,
        int burstLength,
        double burstShare,
        double duplicates,
        double reordered,
        int maxHold,
        boolean isLineSilent) {
    static LossProfile random(final String name, final int lines, final double loss) {
        return new LossProfile(name, lines, loss, 0, 0, 0, 0, 0, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
