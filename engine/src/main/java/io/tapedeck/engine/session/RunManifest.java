package io.tapedeck.engine.session;

import io.tapedeck.journal.manifest.ReferenceManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The manifest of a run that is at work. Sessions end on several threads; what is written is always in the order of the
 * securities given and of their days.
 */
final class RunManifest {
    private final ReferenceRun.Context context;
    private final List<List<SessionSummary>> sessions = new ArrayList<>();

    RunManifest(final ReferenceRun.Context context) {
        this.context = context;
        for (int i = 0; i < context.securities().size(); i++) {
            sessions.add(new ArrayList<>());
        }
    }

    /** The manifest of the context before its first session, which checks the context's names. */
    static ReferenceManifest empty(final ReferenceRun.Context context) {
        return new RunManifest(context).toManifest();
    }

    /** Takes in a session whose file is closed, and writes the manifest as a whole. */
    synchronized void add(final int securityIndex, final SessionSummary summary) throws IOException {
        sessions.get(securityIndex).add(summary);
        toManifest().write(context.outputDirectory());
    }

    synchronized List<SessionSummary> summaries() {
        final List<SessionSummary> all = new ArrayList<>();
        sessions.forEach(all::addAll);
        return all;
    }

    private ReferenceManifest toManifest() {
        final List<ReferenceManifest.Security> securities = new ArrayList<>();
        for (int i = 0; i < sessions.size(); i++) {
            final RunSecurity security = context.securities().get(i);
            final List<ReferenceManifest.Session> entries = new ArrayList<>();
            for (final SessionSummary summary : sessions.get(i)) {
                final String folder = summary.symbol() == null ? "" : summary.symbol() + "/";
                entries.add(new ReferenceManifest.Session(
                        summary.date(), summary.seed(), folder + summary.file().getFileName()));
            }
            final SessionParameters parameters = context.parameters();
            securities.add(new ReferenceManifest.Security(
                    security.symbol(),
                    security.p0Ticks(),
                    parameters.tickSize(),
                    parameters.levelsPerSide(),
                    parameters.initialSpreadTicks(),
                    parameters.initialDepth(),
                    entries));
        }
        return ReferenceManifest.of(context.baseSeed(), context.parameters().sessionSeconds(), securities);
    }
}
