package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.DirectMemoryMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Format2AllocationTest {
    private static final int RECORDS = 32_768;

    @TempDir
    private Path folder;

    private final SlotArray array = new SlotArray(RECORDS);
    private long written;
    private long sum;
    private long times;
    private final long[] timesNs = new long[1_000];
    private final SequenceSum events = new SequenceSum(instrumentId -> true);
    private final SlotBatchHandler handler = (slots, low, high) -> sum += high - low + 1;

    /** Work that may fail as files fail. */
    private interface Work {
        void run() throws IOException;
    }

    private static void requireNoAllocation(final Work work, final int runs) {
        final long leastBytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    try {
                        work.run();
                    } catch (final IOException ex) {
                        throw new UncheckedIOException(ex);
                    }
                },
                runs);
        assertThat(leastBytes).isZero();
    }

    @Test
    void shouldAllocateNothingPerRecordAppendedChunksIncluded() throws IOException {
        array.buffer().putBytes(0, Format2Files.plausible(RECORDS, 1));
        try (Format2Writer writer = Format2Writer.create(
                folder.resolve("file"), Format2Files.metadata(), 4096, SyncPolicy.parse("interval:1"))) {
            requireNoAllocation(() -> appendOneByOne(writer), 10);
            requireNoAllocation(() -> appendBatches(writer), 10);
        }
    }

    private void number() {
        for (int i = 0; i < RECORDS; i++) {
            array.buffer().putLong(i * SLOT_LENGTH + SEQUENCE_OFFSET, written + i + 1, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void appendOneByOne(final Format2Writer writer) throws IOException {
        number();
        for (int i = 0; i < RECORDS; i++) {
            writer.append(array.buffer(), i * SLOT_LENGTH);
        }
        written += RECORDS;
    }

    private void appendBatches(final Format2Writer writer) throws IOException {
        number();
        for (int i = 0; i < RECORDS; i += 256) {
            writer.append(array, i, i + 255);
        }
        written += RECORDS;
    }

    @Test
    void shouldAllocateNothingPerRecordReadChunksIncluded() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 4096, Format2Files.plausible(RECORDS, 1));
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor()) {
            requireNoAllocation(() -> reader.forEach(handler), 20);
            requireNoAllocation(() -> readFromTheMiddle(cursor), 20);
            requireNoAllocation(() -> handleEvents(cursor), 20);
            requireNoAllocation(() -> readTimes(cursor), 20);
        }
        assertThat(events.count()).isEqualTo(20L * RECORDS);
        assertThat(times).isEqualTo(20L * RECORDS);
        assertThat(sum).isEqualTo(20L * RECORDS + 20L * (RECORDS - 9_999));
    }

    private void handleEvents(final Format2Cursor cursor) throws IOException {
        cursor.seekSequence(0);
        while (cursor.nextEvents(events) > 0) {
            cursor.high();
        }
    }

    private void readTimes(final Format2Cursor cursor) throws IOException {
        cursor.seekSequence(0);
        for (int count = cursor.nextTimes(timesNs); count > 0; count = cursor.nextTimes(timesNs)) {
            times += count;
        }
    }

    private void readFromTheMiddle(final Format2Cursor cursor) throws IOException {
        cursor.seekSequence(10_000);
        for (int count = cursor.nextBatch(); count > 0; count = cursor.nextBatch()) {
            sum += count;
        }
    }

    @Test
    void shouldAllocateNothingPerRecordFollowed() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 256, Format2Files.plausible(RECORDS, 1));
        try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
            // A file can be followed once, so this measures a hundredth of it a hundred times.
            requireNoAllocation(() -> reader.poll(handler), RECORDS / 256);
        }
        assertThat(sum).isEqualTo(RECORDS);
    }

    @Test
    void shouldBoundTheMemoryOfTheLargestChunkThatIsAllowed() throws IOException {
        final int capacity = Format2Descriptor.MAX_CHUNK_CAPACITY;
        // The batch, what is passed over, and the table of control bytes.
        final long slotsBytes = 3 * (ChunkBatches.CAPACITY * SLOT_LENGTH + 2 * SLOT_LENGTH);
        final byte[] slots = Format2Files.extreme(capacity, 1);
        final Path path = Format2Files.write(folder.resolve("file"), capacity, slots);
        final long before = DirectMemoryMeter.usedBytes();
        try (Format2Reader reader = Format2Reader.open(path)) {
            assertThat(Format2Files.read(reader)).isEqualTo(slots);
            assertThat(DirectMemoryMeter.usedBytes() - before)
                    .isLessThanOrEqualTo(Format2Descriptor.MAX_BUFFER_BYTES + slotsBytes);
        }
        assertThat(DirectMemoryMeter.usedBytes() - before).isLessThanOrEqualTo(slotsBytes);
        assertThat(Format2Descriptor.MAX_BUFFER_BYTES).isEqualTo(26_873_708L);
    }
}
