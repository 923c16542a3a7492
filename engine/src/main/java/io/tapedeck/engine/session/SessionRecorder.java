package io.tapedeck.engine.session;

import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Writer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Generates reference sessions and records each in a file of journal format 1.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation per event.
 */
public final class SessionRecorder {
    /** Records per full chunk where nothing else is asked for. */
    public static final int DEFAULT_CHUNK_CAPACITY = 4_096;

    /** Between two looks at the stop flag: some tens of microseconds. */
    private static final int EVENTS_PER_BATCH = 256;

    private static final long EVENTS_PER_PROGRESS = 1 << 16;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final SessionParameters parameters;
    private final int chunkCapacity;
    private final SessionListener listener;
    private final BooleanSupplier stop;
    private final ReferenceSession session;

    /**
     * A recorder for any number of sessions, one after the other.
     *
     * @param parameters    of all sessions; their opening price is overridden by each session's own.
     * @param chunkCapacity records per full chunk.
     * @param listener      hears how the sessions go on.
     * @param stop          asked every few hundred events; once it is true the session at work ends early.
     */
    public SessionRecorder(
            final SessionParameters parameters,
            final int chunkCapacity,
            final SessionListener listener,
            final BooleanSupplier stop) {
        this.parameters = parameters;
        this.chunkCapacity = chunkCapacity;
        this.listener = listener;
        this.stop = stop;
        session = new ReferenceSession(parameters);
    }

    /**
     * The file header of a session.
     *
     * @param parameters        of the session.
     * @param chunkCapacity     records per full chunk.
     * @param seed              of the session.
     * @param openingPriceTicks of the session.
     * @return the header, with every value in the format's range.
     * @throws IllegalArgumentException if one is out of it; names it.
     */
    public static Format1Header header(
            final SessionParameters parameters, final int chunkCapacity, final long seed, final int openingPriceTicks) {
        return new Format1Header(
                seed,
                openingPriceTicks,
                parameters.tickSize(),
                parameters.sessionSeconds(),
                parameters.levelsPerSide(),
                parameters.initialSpreadTicks(),
                parameters.initialDepth(),
                chunkCapacity,
                parameters.marketOpenSeconds() * NS_PER_SECOND);
    }

    /**
     * Generates and records a session. A session that is stopped ends early, and its file is closed in good order.
     *
     * @param symbol            of the security; null for the nameless one.
     * @param date              {@code yyyy-mm-dd}.
     * @param seed              any 64 bits.
     * @param openingPriceTicks between the best prices.
     * @param file              to write; its folder exists.
     * @param overwrite         whether a file of that name is replaced, not refused.
     * @param tap               gets every event as well, flags included; null for nobody.
     * @return what became of it.
     * @throws IOException if the file exists and may not be replaced, or cannot be written.
     */
    public SessionSummary record(
            final String symbol,
            final String date,
            final long seed,
            final int openingPriceTicks,
            final Path file,
            final boolean overwrite,
            final QueueEventSink tap)
            throws IOException {
        final long startNs = System.nanoTime();
        listener.onSessionStart(symbol, date, seed);
        final Format1Header header = header(parameters, chunkCapacity, seed, openingPriceTicks);
        session.open(seed, openingPriceTicks);
        try (Format1Writer writer =
                overwrite ? Format1Writer.replace(file, header) : Format1Writer.create(file, header)) {
            generate(symbol, date, tap == null ? sink(writer) : sink(writer, tap));
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        }
        return new SessionSummary(
                symbol,
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

    private void generate(final String symbol, final String date, final QueueEventSink sink) {
        long nextProgress = EVENTS_PER_PROGRESS;
        while (!session.isClosed() && !stop.getAsBoolean()) {
            session.generate(sink, EVENTS_PER_BATCH);
            if (session.eventCount() >= nextProgress) {
                final double fraction = session.elapsedSeconds() / parameters.sessionSeconds();
                listener.onSessionProgress(symbol, date, session.eventCount(), Math.min(1, fraction));
                nextProgress += EVENTS_PER_PROGRESS;
            }
        }
    }

    private static QueueEventSink sink(final Format1Writer writer) {
        return (timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {
            try {
                writer.append(timestampNs, type, side, priceTicks, quantity, orderId);
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        };
    }

    private static QueueEventSink sink(final Format1Writer writer, final QueueEventSink tap) {
        final QueueEventSink toFile = sink(writer);
        return (timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {
            toFile.onEvent(timestampNs, type, side, priceTicks, quantity, orderId, flags);
            tap.onEvent(timestampNs, type, side, priceTicks, quantity, orderId, flags);
        };
    }
}
