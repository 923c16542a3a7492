package io.tapedeck.tools.commands;

import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.TailSource;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tapes that a feed is played from, day by day. */
final class FeedTapes {
    private FeedTapes() {}

    /**
     * A unit's day to be played, open at its first record.
     *
     * @param file     where it is.
     * @param metadata what it says about itself.
     * @param source   of its records; the caller closes it.
     */
    record OpenTape(Path file, SessionMetadata metadata, EventSource source) {}

    /**
     * Finds what is to be played.
     *
     * @param path of a journal of format 2, or of the folder of a data set.
     * @return days ascending; the files of each, units ascending.
     * @throws IllegalArgumentException if there is something else.
     */
    static List<List<Path>> days(final Path path) throws IOException {
        JournalTapes.requireFormat2(path);
        if (!Files.isDirectory(path)) {
            return List.of(List.of(path));
        }
        final Map<Object, List<Path>> days = new LinkedHashMap<>();
        for (final DataSet.Tape tape : DataSet.open(path).tapes()) {
            days.computeIfAbsent(tape.date(), date -> new ArrayList<>()).add(tape.path());
        }
        return List.copyOf(days.values());
    }

    /**
     * Opens a tape.
     *
     * @param file        of the tape.
     * @param isFollowing whether it may still be written.
     */
    static OpenTape open(final Path file, final boolean isFollowing) throws IOException {
        if (isFollowing) {
            final TailSource source = TailSource.open(file, 1);
            return new OpenTape(file, source.metadata(), source);
        }
        final JournalSource source = JournalSource.open(file);
        return new OpenTape(file, source.metadata(), source);
    }
}
