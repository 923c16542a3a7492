package io.tapedeck.tools.commands;

import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.replay.SnapshotGrid;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.nio.file.Path;

/** A tape of any kind that can be played into books. */
interface BookTape extends AutoCloseable {
    /** Symbols and tick sizes, which may become known only while the tape plays. */
    InstrumentDirectory directory();

    /** Asks for a call at every multiple of the interval while the tape plays. */
    void giveSnapshots(long intervalNs, SnapshotGrid.Listener listener);

    /**
     * Plays to the end or to a time.
     *
     * @param bbo      hears of every change of a touch; null for nobody.
     * @param endNs    time of the last event to apply.
     * @param progress is told how far it has come.
     */
    void play(BboRecorder bbo, long endNs, Progress progress) throws IOException;

    /** Puts the books away as they are now, to go on from later. */
    default void save(final Path file) throws IOException {
        throw new IllegalArgumentException(
                "only the books of a journal of format 2 can be put away; 'import' makes one");
    }

    /** Adds all levels of all books as they are now. */
    DepthWriter addDepth(DepthWriter writer);

    /** Adds what was found to a report. */
    void describe(Report report);

    @Override
    void close() throws IOException;
}
