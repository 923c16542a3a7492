package io.tapedeck.feed.counter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.mold.LineCounter;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.mold.ReceiverCounter;
import io.tapedeck.feed.recovery.RequestCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever reads a counters file knows counters by these labels and type ids: they stay. */
class FeedCounterTest {
    @Test
    void shouldKeepLabelsAndTypeIds() {
        final List<String> counters = new ArrayList<>();
        add(counters, PublisherCounter.values(), "u0");
        add(counters, RequestCounter.values(), "u0");
        add(counters, GlimpseCounter.values(), "u0");
        add(counters, ReceiverCounter.values(), "u0");
        add(counters, LineCounter.values(), "u0 a");

        assertThat(counters)
                .containsExactly(
                        "301 u0 feed-packets",
                        "302 u0 feed-messages",
                        "303 u0 feed-bytes",
                        "304 u0 feed-heartbeats",
                        "305 u0 feed-refused",
                        "306 u0 feed-send-retries",
                        "321 u0 requests-received",
                        "322 u0 requests-from-recent",
                        "323 u0 requests-from-journal",
                        "324 u0 requests-messages",
                        "325 u0 requests-malformed",
                        "326 u0 requests-foreign",
                        "327 u0 requests-future",
                        "328 u0 requests-limited",
                        "329 u0 requests-unavailable",
                        "330 u0 requests-failed",
                        "341 u0 glimpse-connections",
                        "342 u0 glimpse-logins",
                        "343 u0 glimpse-snapshots",
                        "344 u0 glimpse-served",
                        "345 u0 glimpse-bytes",
                        "346 u0 glimpse-refused",
                        "347 u0 glimpse-rejected",
                        "348 u0 glimpse-logged-out",
                        "349 u0 glimpse-disconnected",
                        "350 u0 glimpse-silent",
                        "351 u0 glimpse-slow",
                        "352 u0 glimpse-malformed",
                        "353 u0 glimpse-unavailable",
                        "354 u0 glimpse-session-ended",
                        "361 u0 receiver-packets",
                        "362 u0 receiver-messages",
                        "363 u0 receiver-gaps",
                        "364 u0 receiver-missing",
                        "365 u0 receiver-requests",
                        "366 u0 receiver-recovered",
                        "367 u0 receiver-duplicates",
                        "368 u0 receiver-malformed",
                        "369 u0 receiver-other-session",
                        "370 u0 receiver-overflows",
                        "371 u0 receiver-in-gap",
                        "381 u0 line-packets a",
                        "382 u0 line-messages a",
                        "383 u0 line-first a",
                        "384 u0 line-gaps a",
                        "385 u0 line-missing a");
    }

    private static void add(final List<String> counters, final FeedCounter[] kinds, final String unit) {
        Arrays.stream(kinds).map(kind -> kind.typeId() + " " + kind.label(unit)).forEach(counters::add);
    }
}
