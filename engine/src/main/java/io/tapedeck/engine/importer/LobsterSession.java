package io.tapedeck.engine.importer;

import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.journal.manifest.Instrument;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;

/**
 * One session as LOBSTER delivers it.
 *
 * @param messages   the message file.
 * @param orderBook  the order book file with as many rows, or null if there is none.
 * @param symbol     of the stock, 1 to 8 visible ASCII characters.
 * @param date       of the session.
 * @param openNs     nanoseconds since midnight at which the file's time begins.
 * @param closeNs    nanoseconds since midnight at which it ends.
 */
public record LobsterSession(Path messages, Path orderBook, String symbol, LocalDate date, long openNs, long closeNs) {
    /** LOBSTER has one stock per file. */
    static final int INSTRUMENT_ID = 1;

    /** Prices are in 1/10,000, as those of ITCH. */
    private static final int TICK_SIZE = 1;

    /**
     * Checks the times.
     *
     * @throws IllegalArgumentException if they are not ascending times of a day.
     */
    public LobsterSession {
        if (openNs < 0 || closeNs < openNs || closeNs > ItchHeaderDescriptor.MAX_TIMESTAMP_NS) {
            throw new IllegalArgumentException(
                    "a session opens before it closes: openNs=" + openNs + ", closeNs=" + closeNs);
        }
    }

    /**
     * The stock as a tape names it.
     *
     * @return instrument 1 with a tick of 1/10,000.
     */
    public Instrument instrument() {
        return new Instrument(INSTRUMENT_ID, symbol, TICK_SIZE, Map.of());
    }
}
