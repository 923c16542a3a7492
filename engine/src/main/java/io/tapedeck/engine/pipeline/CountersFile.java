package io.tapedeck.engine.pipeline;

import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAGIC;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAGIC_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAX_COUNTERS_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAX_MAX_COUNTERS;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.METADATA_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.PID_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.START_MS_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.VERSION;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.VERSION_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.fileLength;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.metadataLength;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.valuesLength;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.valuesOffset;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * A file of counters, mapped by the engine that writes them and by whoever looks from outside, while it runs or
 * afterwards. A mapping lives as long as anything refers to its counters: a thread that is late never writes to memory
 * that is gone.
 */
public final class CountersFile {
    private static final String REMEDY =
            "It is not a counters file of this version; a running engine writes a new one when it starts";

    /** A process whose id was taken over by another one started after the file was made, by more than a clock's tick. */
    private static final long SAME_PROCESS_TOLERANCE_MS = 1_000;

    private final CountersReader counters;
    private final long pid;
    private final long startMs;

    private CountersFile(final CountersReader counters, final long pid, final long startMs) {
        this.counters = counters;
        this.pid = pid;
        this.startMs = startMs;
    }

    /**
     * Makes a counters file, in place of an earlier one; readers of that one keep what they have mapped.
     *
     * @param path        of the file; it appears there whole.
     * @param maxCounters room for how many, from 1 to 65,536; each takes 640 bytes.
     * @return counters without any yet. Any thread may add some, each is written by one thread at a time; a name that
     *         is there already gives the counter that has it.
     * @throws IOException when the file cannot be written.
     */
    public static CountersManager create(final Path path, final int maxCounters) throws IOException {
        if (maxCounters < 1 || maxCounters > MAX_MAX_COUNTERS) {
            throw new IllegalArgumentException(
                    "maxCounters must be from 1 to " + MAX_MAX_COUNTERS + ": maxCounters=" + maxCounters);
        }
        final Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        final UnsafeBuffer file;
        try (FileChannel channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            takeRoom(channel, path, fileLength(maxCounters));
            file = new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, fileLength(maxCounters)));
        }
        file.putLong(MAGIC_OFFSET, MAGIC, ByteOrder.LITTLE_ENDIAN);
        file.putInt(VERSION_OFFSET, VERSION, ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAX_COUNTERS_OFFSET, maxCounters, ByteOrder.LITTLE_ENDIAN);
        file.putLong(PID_OFFSET, ProcessHandle.current().pid(), ByteOrder.LITTLE_ENDIAN);
        file.putLong(START_MS_OFFSET, System.currentTimeMillis(), ByteOrder.LITTLE_ENDIAN);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new NamedCounters(metadata(file, maxCounters), values(file, maxCounters));
    }

    /**
     * Opens the counters of an engine, which may be running.
     *
     * @param path of the file.
     * @return the file, only to be read.
     * @throws IOException          when it cannot be read.
     * @throws CorruptDataException when it is not a counters file.
     */
    public static CountersFile open(final Path path) throws IOException {
        final UnsafeBuffer file;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            final long lengthBytes = channel.size();
            check(
                    path,
                    0,
                    lengthBytes >= fileLength(1) && lengthBytes <= fileLength(MAX_MAX_COUNTERS),
                    "no counters file has this length: length=" + lengthBytes);
            file = new UnsafeBuffer(channel.map(MapMode.READ_ONLY, 0, lengthBytes));
        }
        final long magic = file.getLong(MAGIC_OFFSET, ByteOrder.LITTLE_ENDIAN);
        check(path, MAGIC_OFFSET, magic == MAGIC, "wrong magic: magic=0x" + Long.toHexString(magic));
        final int version = file.getInt(VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN);
        check(path, VERSION_OFFSET, version == VERSION, "unknown version: version=" + version + ", known=" + VERSION);
        final int maxCounters = file.getInt(MAX_COUNTERS_OFFSET, ByteOrder.LITTLE_ENDIAN);
        check(
                path,
                MAX_COUNTERS_OFFSET,
                maxCounters >= 1 && maxCounters <= MAX_MAX_COUNTERS && fileLength(maxCounters) == file.capacity(),
                "the number of counters does not fit the file: maxCounters=" + maxCounters + ", length="
                        + file.capacity());
        checkLabels(path, file, maxCounters);
        return new CountersFile(
                new CountersReader(metadata(file, maxCounters), values(file, maxCounters)),
                file.getLong(PID_OFFSET, ByteOrder.LITTLE_ENDIAN),
                file.getLong(START_MS_OFFSET, ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * The counters, as they are at the moment of each look.
     *
     * @return a reader over the mapped file.
     */
    public CountersReader counters() {
        return counters;
    }

    /**
     * The process that writes, or wrote, the counters.
     *
     * @return its id on the machine where it runs.
     */
    public long pid() {
        return pid;
    }

    /**
     * When the file was made.
     *
     * @return milliseconds since 1970 UTC.
     */
    public long startMs() {
        return startMs;
    }

    /**
     * Whether the process that made the file is at work, as far as this machine knows it: the id may have gone to
     * another process since, which then is younger than the file.
     *
     * @return false also for a process of another machine or container.
     */
    public boolean isWriterAlive() {
        final Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty() || !process.get().isAlive()) {
            return false;
        }
        final Optional<Instant> started = process.get().info().startInstant();
        return started.isEmpty() || started.get().toEpochMilli() - startMs <= SAME_PROCESS_TOLERANCE_MS;
    }

    /**
     * Takes down all counters. They are read one after another while others write: those of one moment they are not.
     *
     * @return in the order in which they were added; none while the process is still starting.
     */
    public List<CounterValue> look() {
        final List<CounterValue> values = new ArrayList<>();
        // The reader's own loop ends at the first record that is free; whatever state records are in, the others count.
        for (int id = 0; id <= counters.maxCounterId(); id++) {
            if (counters.getCounterState(id) == CountersReader.RECORD_ALLOCATED) {
                values.add(new CounterValue(
                        counters.getCounterTypeId(id), counters.getCounterLabel(id), counters.getCounterValue(id)));
            }
        }
        return values;
    }

    /** Room is written, not only asked for: in a hole of a file on a full disk a store to a counter would be a fault. */
    private static void takeRoom(final FileChannel channel, final Path path, final int lengthBytes) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocate(lengthBytes);
        try {
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
        } catch (final IOException ex) {
            channel.truncate(0);
            throw new IOException(
                    path + ": there is no room for the " + lengthBytes + " bytes of the counters: " + ex.getMessage()
                            + "; make room, or choose another place for them",
                    ex);
        }
    }

    private static UnsafeBuffer metadata(final UnsafeBuffer file, final int maxCounters) {
        return new UnsafeBuffer(file, METADATA_OFFSET, metadataLength(maxCounters));
    }

    private static UnsafeBuffer values(final UnsafeBuffer file, final int maxCounters) {
        return new UnsafeBuffer(file, valuesOffset(maxCounters), valuesLength(maxCounters));
    }

    /** A wrong length of a label would make the reader leave the file. */
    private static void checkLabels(final Path path, final UnsafeBuffer file, final int maxCounters) {
        for (int i = 0; i < maxCounters; i++) {
            final int offset = METADATA_OFFSET + CountersReader.metaDataOffset(i) + CountersReader.LABEL_OFFSET;
            final int length = file.getInt(offset);
            check(
                    path,
                    offset,
                    length >= 0 && length <= CountersReader.MAX_LABEL_LENGTH,
                    "impossible length of a label: length=" + length);
        }
    }

    private static void check(final Path path, final int offset, final boolean condition, final String fault) {
        if (!condition) {
            throw new CorruptDataException(path, offset, fault, REMEDY);
        }
    }
}
