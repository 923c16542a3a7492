package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.journal.file.FaultyChannel;
import io.tapedeck.journal.format1.Format1Files.Event;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Format1WriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 1, 5",
        "3, 4, 3",
        "4, 4, 4",
        "5, 4, 5",
        "6, 100, 1000",
        "7, 4096, 10000",
        "8, 65536, 9000"
    })
    void shouldReadBackWhatWasWritten(final long seed, final int chunkCapacity, final int count) throws IOException {
        final Path path = folder.resolve("file");
        final Format1Header header = new Format1Header(
                seed << 62, Integer.MIN_VALUE, 1, 0, 0, 0, 0, chunkCapacity, Format1Header.DAY_NS - 1);
        final List<Event> events = Format1Files.extreme(count, seed);

        Format1Files.write(path, header, events);

        try (Format1Reader reader = Format1Reader.open(path)) {
            assertThat(reader.header()).isEqualTo(header);
            assertThat(reader.indexed()).isTrue();
            assertThat(reader.recordCount()).isEqualTo(count);
            assertThat(reader.chunkCount()).isEqualTo((count + chunkCapacity - 1) / chunkCapacity);
            assertThat(Format1Files.read(reader)).isEqualTo(events);
        }
    }

    @Test
    void shouldWriteNothingButTheHeaderForASessionWithoutEvents() throws IOException {
        final Path path = Format1Files.write(folder.resolve("file"), Format1Files.header(4096), List.of());

        assertThat(path).hasSize(64);
        assertThat(Files.readAllBytes(path)[Format1Descriptor.FLAGS_OFFSET]).isZero();
        assertThat(Format1Files.read(path)).isEmpty();
    }

    @Test
    void shouldCountRecordsThatWaitInAChunk() throws IOException {
        try (Format1Writer writer = Format1Writer.create(folder.resolve("file"), Format1Files.header(4))) {
            Format1Files.append(writer, Format1Files.plausible(6, 1));

            assertThat(writer.recordCount()).isEqualTo(6);
        }
    }

    @Test
    void shouldNotOverwriteAFileUnlessTold() throws IOException {
        final Path path =
                Files.writeString(folder.resolve("file"), "precious, and longer than any header that there is, by far");

        assertThatThrownBy(() -> Format1Writer.create(path, Format1Files.header(4)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("is not overwritten");
        assertThat(path).content().startsWith("precious");

        Format1Writer.replace(path, Format1Files.header(4)).close();
        assertThat(path).hasSize(64);
    }

    @Test
    void shouldSayThatTheFolderIsAbsent() {
        assertThatThrownBy(() -> Format1Writer.create(folder.resolve("no/file"), Format1Files.header(4)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no/file");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "99, 0, 0", "100, -1, 0", "100, 6, 0", "100, 256, 0", "100, 0, -1", "100, 0, 3"})
    void shouldRefuseImpossibleRecords(final long timestampNs, final int type, final int side) throws IOException {
        final Path path = folder.resolve("file");
        try (Format1Writer writer = Format1Writer.create(path, Format1Files.header(4))) {
            writer.append(100, 0, 0, 0, 0, 0);
            assertThatThrownBy(() -> writer.append(timestampNs, type, side, 0, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("record 1 refused: timestampNs=" + timestampNs)
                    .hasMessageContaining("type=" + type)
                    .hasMessageContaining("side=" + side);
            writer.append(100, 0, 0, 0, 0, 0);
        }

        assertThat(Format1Files.read(path)).hasSize(2);
    }

    @Test
    void shouldTakeNothingMoreWhenClosed() throws IOException {
        final Format1Writer writer = Format1Writer.create(folder.resolve("file"), Format1Files.header(4));
        writer.close();
        writer.close();

        assertThatThrownBy(() -> writer.append(0, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 1000})
    void shouldWriteTheSameFileHoweverLittleTheSystemTakesAtATime(final int mostBytes) throws IOException {
        final List<Event> events = Format1Files.plausible(50, 1);
        final Path whole = Format1Files.write(folder.resolve("whole"), Format1Files.header(8), events);
        final Path pieces = folder.resolve("pieces");

        try (Format1Writer writer = new Format1Writer(
                pieces, new FaultyChannel(newFile(pieces), mostBytes, Long.MAX_VALUE), Format1Files.header(8))) {
            Format1Files.append(writer, events);
        }

        assertThat(pieces).hasSameBinaryContentAs(whole);
    }

    /** The disk fills up after any number of bytes, in the header, in a chunk, in the index or before the flag. */
    @Test
    void shouldKeepAllWholeChunksWhenTheDiskIsFull() throws IOException {
        final List<Event> events = Format1Files.plausible(20, 1);
        final Format1Header header = Format1Files.header(8);
        final Path whole = Format1Files.write(folder.resolve("whole"), header, events);
        final long length = Files.size(whole) + Integer.BYTES;
        for (long room = 0; room < length; room++) {
            final Path path = folder.resolve("full" + room);
            final FaultyChannel channel = new FaultyChannel(newFile(path), 100, room);

            assertThatIOException()
                    .isThrownBy(() -> {
                        try (Format1Writer writer = new Format1Writer(path, channel, header)) {
                            Format1Files.append(writer, events);
                        }
                    })
                    .withMessageContaining(path.toString())
                    .withMessageContaining("No space left on device")
                    .withMessageContaining("Make room");

            if (room >= 64) {
                assertThat(recovered(path)).isEqualTo(events.subList(0, recordsBefore(whole, room)));
            }
        }
    }

    private static FileChannel newFile(final Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static List<Event> recovered(final Path path) throws IOException {
        try (Format1Reader reader = Format1Reader.recover(path)) {
            return Format1Files.read(reader);
        }
    }

    private static int recordsBefore(final Path whole, final long length) throws IOException {
        int records = 0;
        try (Format1Reader reader = Format1Reader.open(whole)) {
            for (int i = 0; i < reader.chunkCount() && reader.chunkEnd(i) <= length; i++) {
                records += reader.chunkRecordCount(i);
            }
        }
        return records;
    }

    @Test
    void shouldTakeNothingMoreAfterAFailedWrite() throws IOException {
        final Path path = folder.resolve("full");
        final Format1Writer writer =
                new Format1Writer(path, new FaultyChannel(newFile(path), 100, 80), Format1Files.header(2));
        writer.append(1, 0, 0, 0, 0, 0);

        assertThatIOException()
                .isThrownBy(() -> writer.append(2, 0, 0, 0, 0, 0))
                .withMessageContaining("position 80");
        assertThatThrownBy(() -> writer.append(3, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("could not be written before");
        writer.close();
        assertThat(path).hasSize(80);
    }

    @Test
    void shouldReportADeviceThatIsReallyFull() {
        final Path path = Path.of("/dev/full");
        assumeTrue(Files.isWritable(path), "skipped: this system has no /dev/full");

        assertThatIOException()
                .isThrownBy(() -> Format1Writer.replace(path, Format1Files.header(2)))
                .withMessageContaining("/dev/full: cannot write at position 0")
                .withMessageContaining("No space left on device");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60, 5, 2, 5, 4096, 0, tickSize",
        "100, -1, 5, 2, 5, 4096, 0, sessionSeconds",
        "100, 60, -1, 2, 5, 4096, 0, levelsPerSide",
        "100, 60, 5, -1, 5, 4096, 0, initialSpreadTicks",
        "100, 60, 5, 2, -1, 4096, 0, initialDepth",
        "100, 60, 5, 2, 5, 0, 0, chunkCapacity",
        "100, 60, 5, 2, 5, 1048577, 0, chunkCapacity",
        "100, 60, 5, 2, 5, 4096, -1, marketOpenNs",
        "100, 60, 5, 2, 5, 4096, 86400000000000, marketOpenNs"
    })
    void shouldRefuseHeadersOutOfRange(
            final int tickSize,
            final int seconds,
            final int levels,
            final int spread,
            final int depth,
            final int capacity,
            final long openNs,
            final String name) {
        assertThatThrownBy(() -> new Format1Header(1, 1, tickSize, seconds, levels, spread, depth, capacity, openNs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " is ");
    }
}
