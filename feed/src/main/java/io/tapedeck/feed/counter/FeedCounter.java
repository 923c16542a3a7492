package io.tapedeck.feed.counter;

import java.util.Locale;

/**
 * One of the things that a part of a feed counts: a constant of an enum, whose name is that of the counter and whose
 * place decides the type id. New ones are added behind the others.
 */
public interface FeedCounter {
    /**
     * Who counts it.
     *
     * @return the same for all constants of the enum.
     */
    FeedPart part();

    /**
     * The constant's name.
     *
     * @return for example {@code FROM_RECENT}.
     */
    String name();

    /**
     * The constant's place.
     *
     * @return from 0.
     */
    int ordinal();

    /**
     * Marks counters of this kind among those of a process.
     *
     * @return the type id under which {@code CountersReader} lists them.
     */
    default int typeId() {
        return part().firstTypeId() + ordinal();
    }

    /**
     * The label of the counter.
     *
     * @param unit whose feed it is.
     * @return the unit, a space, and what is counted: {@code u0 requests-from-recent}.
     */
    default String label(final String unit) {
        final String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return unit + " " + part().prefix() + "-" + name;
    }
}
