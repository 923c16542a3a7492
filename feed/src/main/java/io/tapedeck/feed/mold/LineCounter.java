package io.tapedeck.feed.mold;

import io.tapedeck.feed.counter.FeedCounter;

/** What a receiver counts of each line. */
public enum LineCounter implements FeedCounter {
    /** Packets of any kind and session. */
    PACKETS(381, "packets"),

    /** Messages of the session, those that were there already included. */
    MESSAGES(382, "messages"),

    /** Messages that the line brought before any other. */
    FIRST(383, "first"),

    /** How often the line's own numbers left some out. */
    GAPS(384, "gaps"),

    /** Messages in those gaps. */
    MISSING(385, "missing");

    private final int typeId;
    private final String text;

    LineCounter(final int typeId, final String text) {
        this.typeId = typeId;
        this.text = text;
    }

    @Override
    public int typeId() {
        return typeId;
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
        return line.substring(0, space) + " line-" + text + line.substring(space);
    }
}
