package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.journal.format1.Format1Files.Event;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the seed program, against the table of their parameters and against a second, plain way to read them. */
class Format1ReferenceFilesTest {
    private static final int FILES = 20;

    @TempDir
    private Path folder;

    /** A row of the table that came with the files. */
    record Row(
            String file,
            long bytes,
            long seed,
            int p0,
            int seconds,
            int levels,
            int depth,
            int spread,
            int chunk,
            long openSeconds,
            long events) {
        static Row of(final String line) {
            final String[] cells = line.substring(1).split("\\|");
            return new Row(
                    cells[0].trim(),
                    number(cells[1]),
                    number(cells[2]),
                    (int) number(cells[3]),
                    (int) number(cells[4]),
                    (int) number(cells[5]),
                    (int) number(cells[6]),
                    (int) number(cells[7]),
                    (int) number(cells[8]),
                    number(cells[9]),
                    number(cells[10]));
        }

        private static long number(final String cell) {
            return Long.parseLong(cell.trim());
        }

        Path path() {
            return TestData.reference(file);
        }
    }

    static Stream<Row> rows() throws IOException {
        final List<Row> rows = Files.readAllLines(TestData.reference("README.md")).stream()
                .filter(line -> line.contains(".qrsdp | "))
                .map(Row::of)
                .toList();
        assertThat(rows).hasSize(FILES);
        return rows.stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldReadHeaderAndCounts(final Row row) throws IOException {
        try (Format1Reader reader = Format1Reader.open(row.path())) {
            assertThat(reader.header())
                    .isEqualTo(new Format1Header(
                            row.seed(),
                            row.p0(),
                            100,
                            row.seconds(),
                            row.levels(),
                            row.spread(),
                            row.depth(),
                            row.chunk(),
                            row.openSeconds() * 1_000_000_000L));
            assertThat(reader.lengthBytes()).isEqualTo(row.bytes());
            assertThat(reader.recordCount()).isEqualTo(row.events());
            assertThat(reader.chunkCount()).isEqualTo((int) ((row.events() + row.chunk() - 1) / row.chunk()));
            assertThat(reader.indexed()).isEqualTo(row.events() > 0);
            assertThat(reader.losses()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldFindNothingWrong(final Row row) throws IOException {
        assertThat(Format1Verifier.verify(row.path())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldReadTheRecordsThatAPlainReaderSees(final Row row) throws IOException {
        final byte[] expected = plainly(Files.readAllBytes(row.path()));
        final ByteBuffer bytes = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN);
        try (Format1Reader reader = Format1Reader.open(row.path())) {
            reader.forEach(record -> {
                assertThat(record.timestampNs()).isEqualTo(bytes.getLong());
                assertThat(record.type()).isEqualTo(bytes.get());
                assertThat(record.side()).isEqualTo(bytes.get());
                assertThat(record.priceTicks()).isEqualTo(bytes.getInt());
                assertThat(record.quantity()).isEqualTo(bytes.getInt()).isEqualTo(1);
                assertThat(record.orderId()).isEqualTo(bytes.getLong()).isEqualTo(bytes.position() / 26);
            });
        }
        assertThat(bytes.position() / 26).isEqualTo((int) row.events());
    }

    /** Walks the file with nothing of this package, and inflates with the pure Java decompressor. */
    private static byte[] plainly(final byte[] file) {
        final ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        final ByteBuffer out = ByteBuffer.allocate(1 << 20);
        final int end = file.length == 64 ? 64 : (int) in.getLong(file.length - 8);
        int at = 64;
        while (at < end) {
            final byte[] records = LZ4Factory.safeInstance()
                    .safeDecompressor()
                    .decompress(file, at + 32, in.getInt(at + 4), in.getInt(at));
            assertThat(records).hasSize(in.getInt(at + 8) * 26);
            out.put(records);
            at += 32 + in.getInt(at + 4);
        }
        assertThat(at).isEqualTo(end);
        return Arrays.copyOf(out.array(), out.position());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldFindEveryChunkWithTheIndexAndWithoutIt(final Row row) throws IOException {
        final byte[] bytes = Files.readAllBytes(row.path());
        bytes[Format1Descriptor.FLAGS_OFFSET] = 0;
        final int indexLength =
                row.events() == 0 ? 0 : 16 + 32 * (int) ((row.events() + row.chunk() - 1) / row.chunk());
        final Path unindexed =
                Files.write(folder.resolve("unindexed"), Arrays.copyOf(bytes, bytes.length - indexLength));
        try (Format1Reader indexed = Format1Reader.open(row.path());
                Format1Reader walked = Format1Reader.open(unindexed)) {
            assertThat(walked.indexed()).isFalse();
            assertThat(walked.chunkCount()).isEqualTo(indexed.chunkCount());
            for (int i = 0; i < indexed.chunkCount(); i++) {
                assertThat(walked.chunkOffset(i)).isEqualTo(indexed.chunkOffset(i));
                assertThat(walked.chunkEnd(i)).isEqualTo(indexed.chunkEnd(i));
                assertThat(walked.chunkFirstTimestampNs(i)).isEqualTo(indexed.chunkFirstTimestampNs(i));
                assertThat(walked.chunkLastTimestampNs(i)).isEqualTo(indexed.chunkLastTimestampNs(i));
                assertThat(walked.chunkRecordCount(i)).isEqualTo(indexed.chunkRecordCount(i));
            }
            assertThat(Format1Files.read(walked)).isEqualTo(Format1Files.read(indexed));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void shouldWriteTheSameFileAnew(final Row row) throws IOException {
        final Path rewritten = folder.resolve("rewritten");
        final List<Event> events = Format1Files.read(row.path());
        try (Format1Reader reader = Format1Reader.open(row.path())) {
            Format1Files.write(rewritten, reader.header(), events);
        }

        assertThat(Format1Files.read(rewritten)).isEqualTo(events);
        assertThat(Format1Diff.compare(row.path(), rewritten).same()).isTrue();
        assertThat(Format1Verifier.verify(rewritten)).isEmpty();
        // The pinned LZ4 library makes the very blocks that the seed program made; another one may make others.
        assertThat(rewritten).hasSameBinaryContentAs(row.path());
    }
}
