package io.tapedeck.tools.commands;

import io.tapedeck.feed.glimpse.GlimpseCounter;
import io.tapedeck.feed.recovery.RequestCounter;
import io.tapedeck.tools.cli.Report;
import java.util.function.ToLongFunction;

/** What a feed was asked for, as lines of a summary. */
final class FeedReport {
    private FeedReport() {}

    /** Adds what became of snapshots, if anybody came for one. */
    static void addSnapshots(final Report report, final ToLongFunction<GlimpseCounter> counts) {
        final long connections = counts.applyAsLong(GlimpseCounter.CONNECTIONS);
        report.addHidden("snapshotConnections", connections)
                .addHidden("snapshotLogins", counts.applyAsLong(GlimpseCounter.LOGINS))
                .addHidden("snapshotsServed", counts.applyAsLong(GlimpseCounter.SERVED));
        if (connections > 0) {
            report.line(String.format(
                    "  %,d connections for snapshots: %,d logins, %,d served with %,d snapshots, %,d bytes",
                    connections,
                    counts.applyAsLong(GlimpseCounter.LOGINS),
                    counts.applyAsLong(GlimpseCounter.SERVED),
                    counts.applyAsLong(GlimpseCounter.SNAPSHOTS),
                    counts.applyAsLong(GlimpseCounter.BYTES)));
        }
    }

    /** Adds what became of requests, if there were any. */
    static void addRequests(final Report report, final ToLongFunction<RequestCounter> counts) {
        final long received = counts.applyAsLong(RequestCounter.RECEIVED);
        report.addHidden("requests", received)
                .addHidden("requestsFromRecent", counts.applyAsLong(RequestCounter.FROM_RECENT))
                .addHidden("requestsFromJournal", counts.applyAsLong(RequestCounter.FROM_JOURNAL))
                .addHidden("messagesAgain", counts.applyAsLong(RequestCounter.MESSAGES));
        if (received > 0) {
            report.line(String.format(
                    "  %,d requests: %,d answered from recent packets, %,d from the journal, %,d messages sent again",
                    received,
                    counts.applyAsLong(RequestCounter.FROM_RECENT),
                    counts.applyAsLong(RequestCounter.FROM_JOURNAL),
                    counts.applyAsLong(RequestCounter.MESSAGES)));
        }
    }
}
