package io.tapedeck.engine.session;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** The days of one security, one after the other on one thread. */
final class SecurityRun {
    private final ReferenceRun.Context context;
    private final int securityIndex;
    private final RunSecurity security;
    private final RunManifest manifest;
    private final BooleanSupplier stop;

    SecurityRun(
            final ReferenceRun.Context context,
            final int securityIndex,
            final RunManifest manifest,
            final BooleanSupplier stop) {
        this.context = context;
        this.securityIndex = securityIndex;
        this.security = context.securities().get(securityIndex);
        this.manifest = manifest;
        this.stop = stop;
    }

    void run() throws IOException {
        final SessionRecorder recorder =
                new SessionRecorder(context.parameters(), context.chunkCapacity(), context.listener(), stop);
        final SessionCalendar calendar = new SessionCalendar(context.startDate());
        int openingPriceTicks = security.p0Ticks();
        for (long day = 0; (context.days() == 0 || day < context.days()) && !stop.getAsBoolean(); day++) {
            final long seed = SessionSeeds.sequential(context.baseSeed(), securityIndex, day);
            final String date = calendar.date();
            final SessionSummary summary = recorder.record(
                    security.symbol(),
                    date,
                    seed,
                    openingPriceTicks,
                    context.file(security, date),
                    context.isForced(),
                    null);
            manifest.add(securityIndex, summary);
            context.listener().onSessionEnd(summary);
            openingPriceTicks = summary.closePriceTicks();
            calendar.advance();
        }
    }
}
