package io.tapedeck.tools.commands;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.RunDirectory;
import io.tapedeck.journal.tape.TapeFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file with recorded events, and what is known about it from outside.
 *
 * @param kind   which format its bytes are in.
 * @param file   where it is.
 * @param name   short and unique among the tapes found together: symbol and date, or the file's name.
 * @param symbol of the security, or {@link #NAMELESS}.
 */
record Tape(Kind kind, Path file, String name, String symbol) {
    /** Stands for the security of a session that names none. */
    static final String NAMELESS = "-";

    private static final int ITCH_PREFIX_LENGTH = 3;

    /** The formats that can be read. */
    enum Kind {
        /** A journal of format 1. */
        FORMAT_1,
        /** A journal of format 2. */
        FORMAT_2,
        /** ITCH 5.0 messages in BinaryFILE framing. */
        ITCH
    }

    /**
     * Finds what a path means: all sessions of a run directory, all tapes of a data set, or one file, whose format is seen
     * from its first bytes.
     *
     * @param path of a folder or a file.
     * @return the tapes, in the manifest's order.
     * @throws CorruptDataException if the file is in no format that can be read.
     * @throws IOException          if there is nothing at the path, or the run's manifest cannot be read.
     */
    static List<Tape> find(final Path path) throws IOException {
        if (Files.isDirectory(path) && DataSetManifest.isIn(path)) {
            final DataSet dataSet = DataSet.open(path);
            final boolean isSingle = dataSet.manifest().units().size() == 1;
            return dataSet.tapes().stream().map(tape -> of(tape, isSingle)).collect(Collectors.toList());
        }
        if (Files.isDirectory(path)) {
            return RunDirectory.open(path).sessions().stream().map(Tape::of).collect(Collectors.toList());
        }
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return List.of(new Tape(kind(path), path, path.getFileName().toString(), NAMELESS));
    }

    /**
     * Finds the one tape that a path means.
     *
     * @param path of a file, or of a run directory with one session.
     * @return the tape.
     * @throws IllegalArgumentException if there are several; names them.
     */
    static Tape findOne(final Path path) throws IOException {
        final List<Tape> tapes = find(path);
        if (tapes.size() != 1) {
            throw new IllegalArgumentException(path + " holds " + tapes.size() + " sessions; name one of them: "
                    + tapes.stream().limit(5).map(tape -> tape.file.toString()).collect(Collectors.joining(", "))
                    + (tapes.size() > 5 ? ", ..." : ""));
        }
        return tapes.get(0);
    }

    /**
     * The format of a tape that has to be a journal.
     *
     * @return the format.
     * @throws IllegalArgumentException if it is an ITCH file.
     */
    TapeFormat requireJournal() {
        switch (kind) {
            case FORMAT_1:
                return TapeFormat.FORMAT_1;
            case FORMAT_2:
                return TapeFormat.FORMAT_2;
            default:
                throw new IllegalArgumentException(file
                        + " is an ITCH file; this command takes journals, 'book' takes both, and 'import itch50' makes"
                        + " a journal of it");
        }
    }

    private static Tape of(final DataSet.Tape tape, final boolean isSingleUnit) {
        return new Tape(
                Kind.FORMAT_2,
                tape.path(),
                isSingleUnit ? tape.date().toString() : String.format("u%02d %s", tape.unit(), tape.date()),
                NAMELESS);
    }

    private static Tape of(final RunDirectory.RunSession session) {
        final String symbol = session.symbol();
        return new Tape(
                Kind.FORMAT_1,
                session.file(),
                symbol == null ? session.date() : symbol + " " + session.date(),
                symbol == null ? NAMELESS : symbol);
    }

    private static Kind kind(final Path file) throws IOException {
        final byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Long.BYTES);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(start);
        final TapeFormat format = TapeFormat.find(file);
        if (format != null) {
            return format == TapeFormat.FORMAT_1 ? Kind.FORMAT_1 : Kind.FORMAT_2;
        }
        if (start.length >= ITCH_PREFIX_LENGTH
                && bytes.order(ByteOrder.BIG_ENDIAN).getShort(0) == ItchMessageType.length(bytes.get(2))) {
            return Kind.ITCH;
        }
        throw new CorruptDataException(
                file,
                0,
                "the first bytes are neither those of a journal (QRSDPLOG, TAPEDECK) nor of an ITCH 5.0 message with its length",
                "Compressed files have to be unpacked first");
    }
}
