package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seeking against going through all records from the first on. */
class Format2SeekTest {
    private static final int RECORDS = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "2, 7, 3", "3, 300, 3", "4, 300, 0", "5, 64, 50", "6, 4096, 3", "7, 100, 1000000"})
    void shouldFindTheFirstRecordAtOrAfterATimeAndASequence(final long seed, final int chunkCapacity, final int backNs)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] slots = Format2Files.extreme(RECORDS, seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final long[] timesNs = new long[RECORDS];
        long timeNs = 0;
        for (int i = 0; i < RECORDS; i++) {
            timeNs += random.nextInt(3) - (random.nextInt(20) == 0 ? random.nextInt(backNs + 1) : 0);
            timesNs[i] = timeNs;
            buffer.putLong(i * SLOT_LENGTH + EVENT_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
        }
        final Path path = Format2Files.write(folder.resolve("file"), chunkCapacity, slots);

        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor()) {
            for (int i = 0; i < 400; i++) {
                final long wantedNs = timesNs[random.nextInt(RECORDS)] + random.nextInt(3) - 1;
                assertFound(cursor.seekTime(wantedNs), firstAtOrAfter(timesNs, wantedNs), slots);
                final int wanted = random.nextInt(RECORDS + 2);
                assertFound(cursor.seekSequence(wanted), Math.max(1, wanted), slots);
            }
            assertFound(cursor.seekTime(Long.MIN_VALUE), 1, slots);
            assertFound(cursor.seekTime(Long.MAX_VALUE), RECORDS + 1, slots);
            assertFound(cursor.seekSequence(Long.MIN_VALUE), 1, slots);
            assertFound(cursor.seekSequence(Long.MAX_VALUE), RECORDS + 1, slots);
        }
    }

    private static int firstAtOrAfter(final long[] timesNs, final long wantedNs) {
        int sequence = 1;
        while (sequence <= RECORDS && timesNs[sequence - 1] < wantedNs) {
            sequence++;
        }
        return sequence;
    }

    /** That the cursor goes on with a record, and reaches the next chunk behind it. */
    private static void assertFound(final Format2Cursor cursor, final int sequence, final byte[] slots)
            throws IOException {
        int next = sequence;
        for (int batches = 0; batches < 3; batches++) {
            final int count = cursor.nextBatch();
            if (next > RECORDS) {
                assertThat(count).isZero();
                return;
            }
            assertThat(cursor.low()).isEqualTo(next - 1);
            assertThat(cursor.high()).isEqualTo(next + count - 2);
            final byte[] first = new byte[SLOT_LENGTH];
            cursor.slots().buffer().getBytes(cursor.slots().offset(cursor.low()), first);
            assertThat(first).isEqualTo(Format2Files.part(slots, next - 1, next));
            next += count;
        }
    }
}
