package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounter;
import io.tapedeck.feed.counter.FeedPart;

/** What a receiver counts of each line. */
public enum LineCounter implements FeedCounter {
    /** Packets of any kind and session. */
    PACKETS,

    /** Messages of the session, those that were there already included. */
    MESSAGES,

    /** Messages that the line brought before any other. */
    FIRST,

    /** How often the line's own numbers left some out. */
    GAPS,

    /** Messages in those gaps. */
    MISSING;

    @Override
    public FeedPart part() {
        return FeedPart.LINE;
    }

    /**
     * The label of the counter.
     *
     * @param line the receiver's unit, a space, and the line's name.
     * @return for example {@code listener line-packets a}.
     */
    @Override
    public String label(final String line) {
        final int space = line.indexOf(' ');
        return FeedCounter.super.label(line.substring(0, space)) + line.substring(space);
    }
}
