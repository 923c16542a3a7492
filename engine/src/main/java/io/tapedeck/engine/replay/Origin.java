package io.tapedeck.engine.replay;

import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Finds out which file a record came from. */
final class Origin {
    private Origin() {}

    /** The file of one session, unless the record is of another one. */
    static Path of(final Path file, final SessionMetadata metadata, final LocalDate date) {
        return date == null || date.equals(metadata.sessionDate()) ? file : null;
    }

    /** Whether the tape of a unit can have the record; one about no instrument can be on every tape. */
    static boolean has(final List<Instrument> instruments, final int instrumentId) {
        return instrumentId == 0 || instruments.stream().anyMatch(instrument -> instrument.id() == instrumentId);
    }

    /** The only one of several that is not null. */
    static Path onlyOne(final List<Path> files) {
        Path only = null;
        for (final Path file : files) {
            if (file != null && only != null) {
                return null;
            }
            only = file == null ? only : file;
        }
        return only;
    }
}
