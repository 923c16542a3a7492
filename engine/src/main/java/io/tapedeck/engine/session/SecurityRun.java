package io.tapedeck.engine.session;

import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** The days of one security, one after the other on one thread. */
final class SecurityRun {
    /** Between two looks at the stop flag: some tens of microseconds. */
    private static final int EVENTS_PER_BATCH = 256;

    private static final long EVENTS_PER_PROGRESS = 1 << 16;
    private static final long NS_PER_SECOND = 1_000_000_000L;

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
        final ReferenceSession session = new ReferenceSession(context.parameters());
        final SessionCalendar calendar = new SessionCalendar(context.startDate());
        int openingPriceTicks = security.p0Ticks();
        for (long day = 0; (context.days() == 0 || day < context.days()) && !stop.getAsBoolean(); day++) {
            final long seed = SessionSeeds.sequential(context.baseSeed(), securityIndex, day);
            final SessionSummary summary = runDay(session, calendar.date(), seed, openingPriceTicks);
            manifest.add(securityIndex, summary);
            context.listener().onSessionEnd(summary);
            openingPriceTicks = summary.closePriceTicks();
            calendar.advance();
        }
    }

    /** The file header of a session. */
    static Format1Header header(final ReferenceRun.Context context, final long seed, final int openingPriceTicks) {
        final SessionParameters parameters = context.parameters();
        return new Format1Header(
                seed,
                openingPriceTicks,
                parameters.tickSize(),
                parameters.sessionSeconds(),
                parameters.levelsPerSide(),
                parameters.initialSpreadTicks(),
                parameters.initialDepth(),
                context.chunkCapacity(),
                parameters.marketOpenSeconds() * NS_PER_SECOND);
    }

    private SessionSummary runDay(
            final ReferenceSession session, final String date, final long seed, final int openingPriceTicks)
            throws IOException {
        final long startNs = System.nanoTime();
        context.listener().onSessionStart(security.symbol(), date, seed);
        final Path file = context.file(security, date);
        final Format1Header header = header(context, seed, openingPriceTicks);
        session.open(seed, openingPriceTicks);
        try (Format1Writer writer =
                context.isForced() ? Format1Writer.replace(file, header) : Format1Writer.create(file, header)) {
            write(session, date, writer);
        }
        return new SessionSummary(
                security.symbol(),
                date,
                seed,
                openingPriceTicks,
                session.closePriceTicks(),
                session.eventCount(),
                session.moveCount(),
                file,
                Files.size(file),
                System.nanoTime() - startNs,
                session.isClosed());
    }

    private void write(final ReferenceSession session, final String date, final Format1Writer writer)
            throws IOException {
        final QueueEventSink sink = (timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {
            try {
                writer.append(timestampNs, type, side, priceTicks, quantity, orderId);
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        };
        long nextProgress = EVENTS_PER_PROGRESS;
        try {
            while (!session.isClosed() && !stop.getAsBoolean()) {
                session.generate(sink, EVENTS_PER_BATCH);
                if (session.eventCount() >= nextProgress) {
                    context.listener().onSessionProgress(security.symbol(), date, session.eventCount());
                    nextProgress += EVENTS_PER_PROGRESS;
                }
            }
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        }
    }
}
