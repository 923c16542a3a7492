package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Format1AllocationTest {
    private static final int RECORDS = 50_000;

    @TempDir
    private Path folder;

    private long timestampNs;
    private long sum;

    @Test
    void shouldAllocateNothingPerRecordAppendedChunksIncluded() throws IOException {
        try (Format1Writer writer = Format1Writer.create(folder.resolve("file"), Format1Files.header(4096))) {
            assertThat(AllocationMeter.leastAllocatedBytes(() -> append(writer), 10))
                    .isZero();
        }
    }

    private void append(final Format1Writer writer) {
        try {
            for (int i = 0; i < RECORDS; i++) {
                timestampNs += i % 7;
                writer.append(timestampNs, i % 6, i & 1, 10_000 + i % 5, 1, i);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void shouldAllocateNothingPerRecordReadChunksIncluded() throws IOException {
        final Path path = folder.resolve("file");
        try (Format1Writer writer = Format1Writer.create(path, Format1Files.header(4096))) {
            append(writer);
        }
        try (Format1Reader reader = Format1Reader.open(path);
                Format1Cursor cursor = reader.cursor()) {
            final Format1RecordHandler handler = record -> sum += record.orderId();
            assertThat(AllocationMeter.leastAllocatedBytes(() -> readAll(reader, handler), 20))
                    .isZero();
            assertThat(AllocationMeter.leastAllocatedBytes(() -> pullRange(cursor), 20))
                    .isZero();
        }
        assertThat(sum).isPositive();
    }

    private static void readAll(final Format1Reader reader, final Format1RecordHandler handler) {
        try {
            reader.forEach(handler);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void pullRange(final Format1Cursor cursor) {
        try {
            cursor.seek(timestampNs / 4, timestampNs / 2);
            while (cursor.next()) {
                sum += cursor.record().orderId();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
