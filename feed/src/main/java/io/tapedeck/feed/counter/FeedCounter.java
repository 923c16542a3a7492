package io.tapedeck.feed.counter;

/** One of the things that a part of a feed counts; the constants of an enum. */
public interface FeedCounter {
    /**
     * Marks counters of this kind among those of a process.
     *
     * @return the type id under which {@code CountersReader} lists them.
     */
    int typeId();

    /**
     * The label of the counter.
     *
     * @param unit whose feed it is.
     * @return the unit, a space, and what is counted.
     */
    String label(String unit);
}
