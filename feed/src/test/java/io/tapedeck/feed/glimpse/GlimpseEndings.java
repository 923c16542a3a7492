package io.tapedeck.feed.glimpse;

import java.util.EnumSet;
import java.util.Set;

/** The reasons for which connections go. */
final class GlimpseEndings {
    private static final Set<GlimpseCounter> ENDINGS =
            EnumSet.range(GlimpseCounter.REFUSED, GlimpseCounter.SESSION_ENDED);

    private GlimpseEndings() {}

    static long count(final GlimpseServer server) {
        return ENDINGS.stream().mapToLong(server::count).sum();
    }
}
