package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tapedeck.codecs.record.ItchSlotDescriptor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class Format2SummaryTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCountByTypeAndInstrument() throws IOException {
        final byte[] slots = new byte[6 * SLOT_LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final int[] types = {1, 1, 3, 'S', 'R', 4};
        final int[] instruments = {1, 2, 1, 0, 2, 1};
        final long[] timesNs = {5, 9, -3, 9, 8, 7};
        for (int i = 0, at = 0; i < 6; i++, at += SLOT_LENGTH) {
            final boolean event = types[i] < 10;
            buffer.putLong(at, event ? EVENT_HEADER : ItchSlotDescriptor.ITCH_MESSAGE_HEADER);
            buffer.putLong(at + SEQUENCE_OFFSET, i + 1, ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(at + EVENT_TIME_OFFSET, timesNs[i], ByteOrder.LITTLE_ENDIAN);
            buffer.putByte(at + (event ? EVENT_TYPE_OFFSET : ItchSlotDescriptor.ITCH_TYPE_OFFSET), (byte) types[i]);
            buffer.putInt(
                    at + (event ? INSTRUMENT_ID_OFFSET : ItchSlotDescriptor.INSTRUMENT_ID_OFFSET),
                    instruments[i],
                    ByteOrder.LITTLE_ENDIAN);
        }
        final Path path = Format2Files.write(folder.resolve("file"), 4, slots);

        final Format2Summary summary = Format2Summary.of(path);

        assertThat(summary.eventCounts()).containsExactly(entry(1, 2L), entry(3, 1L), entry(4, 1L));
        assertThat(summary.itchCounts()).containsExactly(entry('R', 1L), entry('S', 1L));
        assertThat(summary.instrumentCounts()).containsExactly(entry(0, 1L), entry(1, 3L), entry(2, 2L));
        assertThat(summary.leastTimeNs()).isEqualTo(-3);
        assertThat(summary.greatestTimeNs()).isEqualTo(9);
        assertThat(summary.recordCount()).isEqualTo(6);
        assertThat(summary.chunkCount()).isEqualTo(2);
        assertThat(summary.chunkCapacity()).isEqualTo(4);
        assertThat(summary.lengthBytes()).isEqualTo(Files.size(path));
        assertThat(summary.bytesPerRecord()).isEqualTo(Files.size(path) / 6.0);
        assertThat(summary.metadata()).isEqualTo(Format2Files.metadata());
    }

    @Test
    void shouldTakeNoMoreThanItMayForRecordsOfASimulator(final TestReporter reporter) throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 4096, Format2Files.plausible(200_000, 1));

        final double bytesPerRecord = Format2Summary.of(path).bytesPerRecord();

        reporter.publishEntry("bytes per record, rows", Double.toString(bytesPerRecord));
        assertThat(bytesPerRecord).isLessThan(24);
    }
}
