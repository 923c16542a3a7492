package io.tapedeck.engine.replay.sink;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Slots;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;

/**
 * Writes what comes into a journal of format 2, numbered anew from 1; event times stay. The file has a temporary name
 * beside its own until the replay has ended well, and is deleted if it does not: a reader never sees a part of it. It is
 * written anew, so it can be made of what its own source delivers only under another name.
 */
public final class JournalSink implements ReplayHandler {
    private final Path path;
    private final Path temporary;
    private final LocalDate date;
    private final Format2Writer writer;
    private final SlotArray slot = new SlotArray(1);
    private long lastSequence;
    private boolean isEnded;

    private JournalSink(final Path path, final Path temporary, final LocalDate date, final Format2Writer writer) {
        this.path = path;
        this.temporary = temporary;
        this.date = date;
        this.writer = writer;
    }

    /**
     * Begins a journal.
     *
     * @param path      of the file, in a folder that exists.
     * @param metadata  of the session that will come.
     * @param overwrite whether a file that is there is replaced in the end, not refused.
     * @return the sink.
     * @throws FileAlreadyExistsException if there is one that must not be replaced.
     * @throws IOException                if the file cannot be written.
     */
    public static JournalSink create(final Path path, final SessionMetadata metadata, final boolean overwrite)
            throws IOException {
        if (!overwrite && Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        final Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        return new JournalSink(
                path,
                temporary,
                metadata.sessionDate(),
                Format2Writer.replace(
                        temporary, metadata, Format2Descriptor.DEFAULT_CHUNK_CAPACITY, SyncPolicy.parse("none")));
    }

    @Override
    public void onSession(final LocalDate session) {
        if (!session.equals(date)) {
            throw new IllegalArgumentException(path + ": a journal holds one session, that of " + date + "; the one of "
                    + session + " needs a journal of its own");
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        try {
            for (long at = low; at <= high; at++) {
                Slots.copy(slots.buffer(), slots.offset(at), slot.buffer(), 0);
                slot.buffer().putLong(SEQUENCE_OFFSET, ++lastSequence, LITTLE_ENDIAN);
                writer.append(slot.buffer(), 0);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void onEnd() throws IOException {
        writer.close();
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        isEnded = true;
    }

    @Override
    public void onClose() {
        if (isEnded) {
            return;
        }
        try {
            writer.close();
            Files.deleteIfExists(temporary);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * How many records the journal has.
     *
     * @return sequence of the last one.
     */
    public long recordCount() {
        return lastSequence;
    }
}
