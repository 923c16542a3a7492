package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Format2AllocationTest {
    private static final int RECORDS = 32_768;
    private static final BufferPoolMXBean DIRECT_MEMORY =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();

    @TempDir
    private Path folder;

    private final SlotArray array = new SlotArray(RECORDS);
    private long written;
    private long sum;
    private long events;
    private long times;
    private final long[] timesNs = new long[1_000];
    private final EventHandler eventHandler = new EventHandler() {
        @Override
        public void onEvent(
                final long sequence,
                final long timeNs,
                final int eventType,
                final int side,
                final int flags,
                final int instrumentId,
                final long orderId,
                final long auxId,
                final int priceTicks,
                final int quantity) {
            events++;
        }

        @Override
        public void onItchMessage(final DirectBuffer slots, final int offset) {
            events++;
        }
    };
    private final SlotBatchHandler handler = (slots, low, high) -> sum += high - low + 1;

    @Test
    void shouldAllocateNothingPerRecordAppendedChunksIncluded() throws IOException {
        array.buffer().putBytes(0, Format2Files.plausible(RECORDS, 1));
        try (Format2Writer writer = Format2Writer.create(
                folder.resolve("file"), Format2Files.metadata(), 4096, SyncPolicy.parse("interval:1"))) {
            assertThat(AllocationMeter.leastAllocatedBytes(() -> appendOneByOne(writer), 10))
                    .isZero();
            assertThat(AllocationMeter.leastAllocatedBytes(() -> appendBatches(writer), 10))
                    .isZero();
        }
    }

    private void number() {
        for (int i = 0; i < RECORDS; i++) {
            array.buffer().putLong(i * SLOT_LENGTH + SEQUENCE_OFFSET, written + i + 1, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void appendOneByOne(final Format2Writer writer) {
        number();
        try {
            for (int i = 0; i < RECORDS; i++) {
                writer.append(array.buffer(), i * SLOT_LENGTH);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        written += RECORDS;
    }

    private void appendBatches(final Format2Writer writer) {
        number();
        try {
            for (int i = 0; i < RECORDS; i += 256) {
                writer.append(array, i, i + 255);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        written += RECORDS;
    }

    @Test
    void shouldAllocateNothingPerRecordReadChunksIncluded() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 4096, Format2Files.plausible(RECORDS, 1));
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor()) {
            assertThat(AllocationMeter.leastAllocatedBytes(() -> readAll(reader), 20))
                    .isZero();
            assertThat(AllocationMeter.leastAllocatedBytes(() -> readFromTheMiddle(cursor), 20))
                    .isZero();
            assertThat(AllocationMeter.leastAllocatedBytes(() -> handleEvents(cursor), 20))
                    .isZero();
            assertThat(AllocationMeter.leastAllocatedBytes(() -> readTimes(cursor), 20))
                    .isZero();
        }
        assertThat(events).isEqualTo(20L * RECORDS);
        assertThat(times).isEqualTo(20L * RECORDS);
        assertThat(sum).isEqualTo(20L * RECORDS + 20L * (RECORDS - 9_999));
    }

    private void readAll(final Format2Reader reader) {
        try {
            reader.forEach(handler);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void handleEvents(final Format2Cursor cursor) {
        try {
            cursor.seekSequence(0);
            while (cursor.nextEvents(eventHandler) > 0) {
                cursor.high();
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void readTimes(final Format2Cursor cursor) {
        try {
            cursor.seekSequence(0);
            for (int count = cursor.nextTimes(timesNs); count > 0; count = cursor.nextTimes(timesNs)) {
                times += count;
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void readFromTheMiddle(final Format2Cursor cursor) {
        try {
            cursor.seekSequence(10_000);
            for (int count = cursor.nextBatch(); count > 0; count = cursor.nextBatch()) {
                sum += count;
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void shouldAllocateNothingPerRecordFollowed() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 256, Format2Files.plausible(RECORDS, 1));
        try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
            // A file can be followed once, so this measures a hundredth of it a hundred times.
            assertThat(AllocationMeter.leastAllocatedBytes(() -> poll(reader), RECORDS / 256))
                    .isZero();
        }
        assertThat(sum).isEqualTo(RECORDS);
    }

    private void poll(final Format2TailReader reader) {
        try {
            reader.poll(handler);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void shouldBoundTheMemoryOfTheLargestChunkThatIsAllowed() throws IOException {
        final int capacity = Format2Descriptor.MAX_CHUNK_CAPACITY;
        // The batch, what is passed over, and the table of control bytes.
        final long slotsBytes = 3 * (ChunkBatches.CAPACITY * SLOT_LENGTH + 2 * SLOT_LENGTH);
        final byte[] slots = Format2Files.extreme(capacity, 1);
        final Path path = Format2Files.write(folder.resolve("file"), capacity, slots);
        final long before = DIRECT_MEMORY.getMemoryUsed();
        try (Format2Reader reader = Format2Reader.open(path)) {
            assertThat(Format2Files.read(reader)).isEqualTo(slots);
            assertThat(DIRECT_MEMORY.getMemoryUsed() - before)
                    .isLessThanOrEqualTo(Format2Descriptor.MAX_BUFFER_BYTES + slotsBytes);
        }
        assertThat(DIRECT_MEMORY.getMemoryUsed() - before).isLessThanOrEqualTo(slotsBytes);
        assertThat(Format2Descriptor.MAX_BUFFER_BYTES).isEqualTo(26_873_708L);
    }
}
