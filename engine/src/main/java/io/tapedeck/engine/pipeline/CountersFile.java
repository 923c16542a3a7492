package io.tapedeck.engine.pipeline;

import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAGIC;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAGIC_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAX_COUNTERS_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.MAX_MAX_COUNTERS;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.METADATA_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.PID_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.VERSION;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.VERSION_OFFSET;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.fileLength;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.metadataLength;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.valuesLength;
import static io.tapedeck.engine.pipeline.CountersFileDescriptor.valuesOffset;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

    private final CountersReader counters;
    private final long pid;

    private CountersFile(final CountersReader counters, final long pid) {
        this.counters = counters;
        this.pid = pid;
    }

    /**
     * Makes a counters file, in place of an earlier one; readers of that one keep what they have mapped.
     *
     * @param path        of the file; it appears there whole.
     * @param maxCounters room for how many, from 1 to 65,536; each takes 640 bytes.
     * @return counters without any yet. Adding some is for one thread; each is then written by one thread.
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
            file = new UnsafeBuffer(channel.map(MapMode.READ_WRITE, 0, fileLength(maxCounters)));
        }
        file.putLong(MAGIC_OFFSET, MAGIC, ByteOrder.LITTLE_ENDIAN);
        file.putInt(VERSION_OFFSET, VERSION, ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAX_COUNTERS_OFFSET, maxCounters, ByteOrder.LITTLE_ENDIAN);
        file.putLong(PID_OFFSET, ProcessHandle.current().pid(), ByteOrder.LITTLE_ENDIAN);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new CountersManager(metadata(file, maxCounters), values(file, maxCounters));
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
                file.getLong(PID_OFFSET, ByteOrder.LITTLE_ENDIAN));
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
