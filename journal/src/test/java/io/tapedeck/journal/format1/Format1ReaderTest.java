package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.journal.format1.Format1Files.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Format1ReaderTest {
    private static final int CAPACITY = 8;

    @TempDir
    private Path folder;

    private final List<Event> events = Format1Files.plausible(30, 1);

    private byte[] bytes() throws IOException {
        final Path path = folder.resolve("original");
        Files.deleteIfExists(path);
        return Files.readAllBytes(Format1Files.write(path, Format1Files.header(CAPACITY), events));
    }

    private Path file(final byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file"), bytes);
    }

    private Path changed(final Consumer<ByteBuffer> change) throws IOException {
        final byte[] bytes = bytes();
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return file(bytes);
    }

    @Test
    void shouldReadAFileThatIsCutAtAnyByteUpToItsLastWholeChunk() throws IOException {
        final byte[] bytes = bytes();
        final List<Long> ends = new ArrayList<>();
        try (Format1Reader reader = Format1Reader.open(folder.resolve("original"))) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                ends.add(reader.chunkEnd(i));
            }
        }
        for (int length = 0; length < bytes.length; length++) {
            final Path path = file(Arrays.copyOf(bytes, length));
            final long cut = length;
            final boolean atEnd = length == 64 || ends.contains(cut);
            if (length < 64) {
                assertThatThrownBy(() -> Format1Reader.recover(path))
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContaining("the file has " + cut + " bytes, a header alone has 64");
                continue;
            }
            assertThatThrownBy(() -> Format1Reader.open(path)).isInstanceOf(CorruptDataException.class);
            try (Format1Reader reader = Format1Reader.recover(path)) {
                final int chunks = (int) ends.stream().filter(end -> end <= cut).count();
                assertThat(reader.chunkCount()).isEqualTo(chunks);
                assertThat(Format1Files.read(reader)).isEqualTo(events.subList(0, Math.min(30, chunks * CAPACITY)));
                final long wholeEnd = chunks == 0 ? 64 : ends.get(chunks - 1);
                assertThat(reader.losses()).hasSize(atEnd ? 0 : 1).allSatisfy(loss -> {
                    assertThat(loss.offset()).isEqualTo(wholeEnd);
                    assertThat(loss.lengthBytes()).isEqualTo(cut - wholeEnd);
                });
            }
        }
    }

    @Test
    void shouldOpenAFileWhoseWriterStoppedBetweenChunks() throws IOException {
        final byte[] bytes = bytes();
        bytes[Format1Descriptor.FLAGS_OFFSET] = 0;
        try (Format1Reader whole = Format1Reader.open(folder.resolve("original"))) {
            final Path path = file(Arrays.copyOf(bytes, (int) whole.chunkEnd(1)));

            assertThat(Format1Files.read(path)).isEqualTo(events.subList(0, 2 * CAPACITY));
        }
    }

    @Test
    void shouldReadAllRecordsWhenTheWriterStoppedBetweenIndexAndFlag() throws IOException {
        final Path path = changed(bytes -> bytes.putInt(Format1Descriptor.FLAGS_OFFSET, 0));

        assertThatThrownBy(() -> Format1Reader.open(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("was not closed")
                .hasMessageContaining("the index, which was not finished")
                .hasMessageContaining("Repair the file");
        try (Format1Reader reader = Format1Reader.recover(path)) {
            assertThat(reader.indexed()).isTrue();
            assertThat(reader.losses()).isEmpty();
            assertThat(Format1Files.read(reader)).isEqualTo(events);
        }
    }

    @Test
    void shouldKeepChunksBehindADamagedOneThroughTheIndex() throws IOException {
        final long[] span = new long[2];
        bytes();
        try (Format1Reader whole = Format1Reader.open(folder.resolve("original"))) {
            span[0] = whole.chunkOffset(1);
            span[1] = whole.chunkEnd(1);
        }
        final Path path = changed(bytes -> bytes.putInt((int) span[0], 0));
        final List<Event> kept = new ArrayList<>(events.subList(0, CAPACITY));
        kept.addAll(events.subList(2 * CAPACITY, 30));

        try (Format1Reader reader = Format1Reader.recover(path)) {
            assertThat(Format1Files.read(reader)).isEqualTo(kept);
            assertThat(reader.losses()).hasSize(1).first().satisfies(loss -> {
                assertThat(loss.offset()).isEqualTo(span[0]);
                assertThat(loss.lengthBytes()).isEqualTo(span[1] - span[0]);
                assertThat(loss.reason()).contains("uncompressed_size is 0, must be 208 for 8 records");
            });
        }
        try (Format1Reader reader = Format1Reader.open(path)) {
            final List<Event> before = new ArrayList<>();
            assertThatThrownBy(() -> reader.forEach(record -> before.add(Event.of(record))))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("at offset " + span[0]);
            assertThat(before).isEqualTo(events.subList(0, CAPACITY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, magic is not QRSDPLOG",
        "8, 2, version_major is 2",
        "12, 27, record_size is 27",
        "28, 0, tick_size is 0",
        "32, -1, session_seconds is 4294967295",
        "36, -2147483648, levels_per_side is 2147483648",
        "40, -1, initial_spread_ticks is 4294967295",
        "44, -1, initial_depth is 4294967295",
        "48, 0, chunk_capacity is 0",
        "48, 1048577, chunk_capacity is 1048577",
        "48, -1, chunk_capacity is 4294967295",
        "52, 3, header_flags is 3",
        "60, -1, market_open_ns is 18446744"
    })
    void shouldRefuseHostileHeaders(final int offset, final int value, final String message) throws IOException {
        final Path path = changed(bytes -> bytes.putInt(offset, value));

        assertThatThrownBy(() -> Format1Reader.open(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(message);
        assertThatThrownBy(() -> Format1Reader.recover(path)).isInstanceOf(CorruptDataException.class);
    }

    /** Positions are counted from the start of the first chunk, or back from the end of the file. */
    @ParameterizedTest
    @CsvSource({
        "0, 207, uncompressed_size is 207",
        "0, -1, uncompressed_size is 4294967295",
        "4, 0, compressed_size is 0",
        "4, -1, compressed_size is 4294967295",
        "8, 0, record_count is 0",
        "8, 9, record_count is 9",
        "12, 1, chunk_flags is 1",
        "16, 5, its index entry says",
        "20, -1, must not be negative nor fall",
        "24, 5, must not be negative nor fall",
        "32, -1, LZ4 block",
        "-16, 3, does not fit a file",
        "-16, -1, does not fit a file",
        "-12, 0, tail magic is not QIDX",
        "-8, 64, does not fit a file",
        "-4, -1, does not fit a file",
        "-48, 65, chunk offset is 65",
        "-44, -1, chunk offset is 18446744",
        "-36, -1, must not fall below",
        "-32, 0, must not fall below",
        "-24, 0, record_count is 0",
        "-24, 9, record_count is 9",
        "-20, 1, reserved is 1"
    })
    void shouldRefuseHostileChunksAndIndexes(final int at, final int value, final String message) throws IOException {
        final Path path = changed(bytes -> bytes.putInt(at < 0 ? bytes.capacity() + at : 64 + at, value));

        assertThatThrownBy(() -> Format1Files.read(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(message);
        assertThat(Format1Verifier.verify(path))
                .anySatisfy(finding -> assertThat(finding.text()).contains(message));
    }

    @ParameterizedTest
    @CsvSource({"8, 6, type 6", "8, 255, type 255", "9, 3, side 3", "7, 127, after 91", "33, 255, time 183"})
    void shouldRefuseRecordsThatBreakTheRules(final int at, final int value, final String message) throws IOException {
        final Path path = file(fileOfOneChunk(records -> records[at] = (byte) value));

        assertThatThrownBy(() -> Format1Files.read(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining(message);
    }

    /** What the writer refuses to write, written around it: the records are changed before they are compressed. */
    private byte[] fileOfOneChunk(final Consumer<byte[]> change) throws IOException {
        final byte[] original = Files.readAllBytes(
                Format1Files.write(folder.resolve("one"), Format1Files.header(CAPACITY), events.subList(0, CAPACITY)));
        final ByteBuffer in = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
        final byte[] records =
                LZ4Factory.safeInstance().safeDecompressor().decompress(original, 96, in.getInt(68), in.getInt(64));
        change.accept(records);
        final byte[] block = LZ4Factory.safeInstance().fastCompressor().compress(records);
        final byte[] bytes = Arrays.copyOf(original, 96 + block.length);
        System.arraycopy(block, 0, bytes, 96, block.length);
        bytes[Format1Descriptor.FLAGS_OFFSET] = 0;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(68, block.length);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldGiveExactlyTheRecordsOfATimeRange(final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Event> timed = new ArrayList<>();
        long timestampNs = 1_000;
        for (int i = 0; i < 200; i++) {
            // Runs of equal times longer than a chunk, and jumps.
            timestampNs += random.nextInt(12) == 0 ? random.nextInt(1, 20) : 0;
            timed.add(new Event(timestampNs, 0, 0, 1, 1, i));
        }
        final Path path = Format1Files.write(folder.resolve("timed"), Format1Files.header(CAPACITY), timed);
        final long lastNs = timestampNs;
        try (Format1Reader reader = Format1Reader.open(path);
                Format1Cursor cursor = reader.cursor()) {
            for (int i = 0; i < 400; i++) {
                final long from = random.nextLong(990, lastNs + 10);
                final long to = random.nextLong(990, lastNs + 10);
                final List<Event> expected = timed.stream()
                        .filter(event -> event.timestampNs() >= from && event.timestampNs() <= to)
                        .toList();
                final List<Event> handled = new ArrayList<>();
                reader.forEach(from, to, record -> handled.add(Event.of(record)));
                assertThat(handled).isEqualTo(expected);
                assertThat(pulled(cursor.seek(from, to))).isEqualTo(expected);
                assertThat(batched(cursor.seek(from, to))).isEqualTo(expected);
            }
            assertThat(pulled(cursor.seek(Long.MIN_VALUE, Long.MAX_VALUE))).isEqualTo(timed);
            assertThat(pulled(cursor.seek(Long.MAX_VALUE, Long.MIN_VALUE))).isEmpty();
        }
    }

    private static List<Event> pulled(final Format1Cursor cursor) throws IOException {
        final List<Event> events = new ArrayList<>();
        while (cursor.next()) {
            events.add(Event.of(cursor.record()));
        }
        assertThat(cursor.next()).isFalse();
        return events;
    }

    private static List<Event> batched(final Format1Cursor cursor) throws IOException {
        final Qrsdp1RecordFlyweight record = new Qrsdp1RecordFlyweight();
        final List<Event> events = new ArrayList<>();
        for (int count = cursor.nextBatch(); count > 0; count = cursor.nextBatch()) {
            for (int i = 0; i < count; i++) {
                events.add(Event.of(record.wrap(cursor.batch(), cursor.batchOffset() + i * 26)));
            }
            // The tests of ranges number their orders by position in the file.
            assertThat(cursor.batchFirstRecord())
                    .isEqualTo(events.get(events.size() - count).orderId());
        }
        return events;
    }

    @Test
    void shouldMoveCursorsOfOneReaderIndependently() throws IOException {
        bytes();
        try (Format1Reader reader = Format1Reader.open(folder.resolve("original"));
                Format1Cursor first = reader.cursor();
                Format1Cursor second = reader.cursor()) {
            for (final Event event : events.subList(0, 20)) {
                assertThat(first.next()).isTrue();
                assertThat(Event.of(first.record())).isEqualTo(event);
            }
            assertThat(pulled(second)).isEqualTo(events);
            assertThat(pulled(first)).isEqualTo(events.subList(20, 30));
        }
    }

    @Test
    void shouldRefuseChunksThatAreNotThere() throws IOException {
        bytes();
        try (Format1Reader reader = Format1Reader.open(folder.resolve("original"))) {
            assertThatThrownBy(() -> reader.chunkOffset(4)).hasMessage("chunk is 4, must be 0 to 3");
            assertThatThrownBy(() -> reader.chunkRecordCount(-1)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
