package io.tapedeck.journal.tape;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.RepairResult;
import io.tapedeck.journal.check.TapeDiff;
import io.tapedeck.journal.format1.Format1Descriptor;
import io.tapedeck.journal.format1.Format1Diff;
import io.tapedeck.journal.format1.Format1Repair;
import io.tapedeck.journal.format1.Format1Verifier;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Diff;
import io.tapedeck.journal.format2.Format2Repair;
import io.tapedeck.journal.format2.Format2Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The formats of a journal, told apart by the first eight bytes of a file, with what can be done in each of them. */
public enum TapeFormat {
    /** The seed program's: one security, the queue model's events. */
    FORMAT_1(Format1Descriptor.MAGIC) {
        @Override
        public List<Finding> verify(final Path path) throws IOException {
            return Format1Verifier.verify(path);
        }

        @Override
        public RepairResult repair(final Path damaged, final Path repaired) throws IOException {
            return Format1Repair.repair(damaged, repaired);
        }

        @Override
        public TapeDiff compare(final Path a, final Path b) throws IOException {
            return Format1Diff.compare(a, b);
        }
    },
    /** Tapedeck's own: any number of instruments, order-level records. */
    FORMAT_2(Format2Descriptor.MAGIC) {
        @Override
        public List<Finding> verify(final Path path) throws IOException {
            return Format2Verifier.verify(path);
        }

        @Override
        public RepairResult repair(final Path damaged, final Path repaired) throws IOException {
            return Format2Repair.repair(damaged, repaired);
        }

        @Override
        public TapeDiff compare(final Path a, final Path b) throws IOException {
            return Format2Diff.compare(a, b);
        }
    };

    private final long magic;

    TapeFormat(final long magic) {
        this.magic = magic;
    }

    /**
     * Tells the format of a file.
     *
     * @param path of the file.
     * @return the format, or null if the file is in none of them.
     * @throws IOException if the file cannot be read.
     */
    public static TapeFormat find(final Path path) throws IOException {
        final byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(Long.BYTES);
        }
        if (start.length == Long.BYTES) {
            final long magic =
                    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            for (final TapeFormat format : values()) {
                if (format.magic == magic) {
                    return format;
                }
            }
        }
        return null;
    }

    /**
     * Tells the format of a file that has to be a journal.
     *
     * @param path of the file.
     * @return the format.
     * @throws CorruptDataException if the file is in none of them.
     * @throws IOException          if the file cannot be read.
     */
    public static TapeFormat of(final Path path) throws IOException {
        final TapeFormat format = find(path);
        if (format == null) {
            throw new CorruptDataException(
                    path,
                    0,
                    "the first bytes are those of no journal, QRSDPLOG or TAPEDECK",
                    "Check the path; compressed files have to be unpacked first");
        }
        return format;
    }

    /**
     * Checks all of a file that can be checked.
     *
     * @param path of a file of this format.
     * @return what was found; empty for a file as its writer left it when it was closed.
     * @throws IOException if the file cannot be read.
     */
    public abstract List<Finding> verify(Path path) throws IOException;

    /**
     * Writes every whole chunk of a damaged file into a new one.
     *
     * @param damaged  of this format; is read.
     * @param repaired is created; a file of that name is never overwritten.
     * @return what was kept and what was lost.
     * @throws CorruptDataException if the damaged file has no valid header.
     * @throws IOException          if one cannot be read or the other not written.
     */
    public abstract RepairResult repair(Path damaged, Path repaired) throws IOException;

    /**
     * Compares two files of this format.
     *
     * @param a the first file.
     * @param b the second file.
     * @return the differences.
     * @throws CorruptDataException if one of the files is damaged.
     * @throws IOException          if one cannot be read.
     */
    public abstract TapeDiff compare(Path a, Path b) throws IOException;
}
