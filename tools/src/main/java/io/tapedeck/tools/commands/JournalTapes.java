package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.replay.TailSource;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What commands read order-level records from: a journal of format 2, or a data set of them. */
final class JournalTapes {
    private JournalTapes() {}

    /**
     * Opens everything that is at a path.
     *
     * @param path of a journal or of the folder of a data set.
     * @return a source before the first record.
     * @throws IllegalArgumentException if the tapes are in another format.
     */
    static EventSource open(final Path path) throws IOException {
        requireFormat2(path);
        return Files.isDirectory(path) ? DataSetSource.open(path) : JournalSource.open(path);
    }

    /**
     * Opens everything that is at a path, as far as it is written.
     *
     * @param path of a journal that may still be written, or of the folder of a data set.
     * @return a source before the first record, which can be caught up.
     * @throws IllegalArgumentException if the tapes are in another format.
     */
    static EventSource openLive(final Path path) throws IOException {
        requireFormat2(path);
        return Files.isDirectory(path) ? DataSetSource.open(path) : TailSource.open(path, 1);
    }

    /**
     * Finds the files at a path.
     *
     * @param path of a journal or of the folder of a data set.
     * @return its tapes, days and then units ascending; those that are not closed cannot be read in parallel.
     * @throws IllegalArgumentException if the tapes are in another format.
     */
    static List<Path> closedFiles(final Path path) throws IOException {
        return requireFormat2(path).stream().map(Tape::file).collect(Collectors.toList());
    }

    /**
     * Makes sure that there are journals of format 2 at a path.
     *
     * @param path of a journal or of a folder.
     * @return the tapes.
     * @throws IllegalArgumentException if there is something else; says what to do.
     */
    static List<Tape> requireFormat2(final Path path) throws IOException {
        final List<Tape> tapes = Tape.find(path);
        for (final Tape tape : tapes) {
            if (tape.kind() != Tape.Kind.FORMAT_2) {
                throw new IllegalArgumentException(tape.file() + " is "
                        + (tape.kind() == Tape.Kind.ITCH ? "an ITCH file" : "a journal of format 1")
                        + "; this needs a journal of format 2, which '"
                        + (tape.kind() == Tape.Kind.ITCH ? "import itch50" : "import qrsdp1") + "' makes of it");
            }
        }
        return tapes;
    }

    /**
     * Opens the one session that is at a path.
     *
     * @param path of a journal, or of the folder of a data set with one day, be it of several units.
     * @return a source before the first record.
     * @throws IllegalArgumentException if there are several sessions, or the tapes are in another format.
     */
    static EventSource openSession(final Path path) throws IOException {
        final List<Tape> tapes = Tape.find(path);
        final List<String> dates = tapes.stream()
                .map(tape -> tape.name().substring(tape.name().indexOf(' ') + 1))
                .distinct()
                .collect(Collectors.toList());
        if (Files.isDirectory(path) && dates.size() != 1) {
            throw new IllegalArgumentException(path + " holds " + dates.size() + " sessions; name one of them: "
                    + tapes.stream()
                            .limit(5)
                            .map(tape -> tape.file().toString())
                            .collect(Collectors.joining(", "))
                    + (tapes.size() > 5 ? ", ..." : ""));
        }
        return open(path);
    }

    /**
     * Plays a source to its end.
     *
     * @param source   at its start.
     * @param handler  gets the records.
     * @param progress is told how far it has come.
     * @return how many records there were.
     * @throws CheckFailedException if the last tape is not closed; what is written of it was delivered.
     */
    static long playAll(final EventSource source, final ReplayHandler handler, final Progress progress)
            throws IOException {
        final double total = source.eventCount();
        final long count = Replay.run(source, handler, done -> progress.update(done, done / total));
        if (source.state() != SourceState.ENDED) {
            throw new CheckFailedException(
                    "the last tape is not closed: it is being written, or its writer was stopped;"
                            + " 'verify --repair' makes a whole one of it. " + count + " records were there");
        }
        return count;
    }
}
