package io.tapedeck.feed.counter;

/** The parts of a feed that count. Type ids are unique among all counters of a process: twenty for each part. */
public enum FeedPart {
    /** The publisher of a unit. */
    PUBLISHER("feed", 301),

    /** The request server of a unit. */
    REQUESTS("requests", 321),

    /** The snapshot server of a unit. */
    GLIMPSE("glimpse", 341),

    /** A receiver, over all its lines. */
    RECEIVER("receiver", 361),

    /** A line of a receiver. */
    LINE("line", 381);

    private final String prefix;
    private final int firstTypeId;

    FeedPart(final String prefix, final int firstTypeId) {
        this.prefix = prefix;
        this.firstTypeId = firstTypeId;
    }

    /**
     * What the names of its counters begin with.
     *
     * @return for example {@code requests}, as in {@code u0 requests-received}.
     */
    public String prefix() {
        return prefix;
    }

    /**
     * The type id of its first counter; those of the others follow.
     *
     * @return above 300.
     */
    public int firstTypeId() {
        return firstTypeId;
    }
}
