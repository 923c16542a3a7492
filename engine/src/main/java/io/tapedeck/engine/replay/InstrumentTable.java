package io.tapedeck.engine.replay;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.journal.manifest.Instrument;
import java.util.List;

/** The instruments of a tape as the directory that translation and text ask. */
public final class InstrumentTable {
    private InstrumentTable() {}

    /**
     * Makes a directory in which the stock locate is the instrument id.
     *
     * @param instruments of the tape.
     * @return the directory.
     * @throws IllegalArgumentException if an id is larger than a stock locate can be.
     */
    public static LocateDirectory of(final List<Instrument> instruments) {
        final LocateDirectory directory = new LocateDirectory();
        for (final Instrument instrument : instruments) {
            directory.define(instrument.id(), Alpha.toLong(instrument.symbol()), instrument.tickSize());
        }
        return directory;
    }
}
