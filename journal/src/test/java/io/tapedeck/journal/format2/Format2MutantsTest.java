package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.journal.check.RepairResult;
import io.tapedeck.journal.file.Attempts;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged files give what they can or a clear error, and cost no more memory than the descriptor promises. */
@Tag("campaign")
class Format2MutantsTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    /**
     * For reading in all ways, and for the writer of a repair: that one is for chunks as large as the file says they may
     * be, of 65,536 records at most, with 36 bytes of heap for each.
     */
    private static final long MAX_HEAP_BYTES = 4 << 20;

    @TempDir
    private Path folder;

    private Attempts attempts;

    @ParameterizedTest
    @CsvSource({"0, 4096", "1, 1", "40, 8", "100, 4096", "300, 100"})
    void shouldGiveAResultOrAClearErrorForAnyBytes(final int count, final int chunkCapacity) throws IOException {
        final byte[] original =
                Files.readAllBytes(Format2Files.write(folder.resolve("original"), chunkCapacity, slots(count)));
        final Path path = folder.resolve("mutant");
        attempts = new Attempts(folder);
        // What the JVM takes for the classes that it loads is not the file's.
        Files.write(path, original);
        useInEveryWay(path, original.length);
        for (int seed = 0; seed < MUTANTS / 10; seed++) {
            final byte[] mutant = ByteMutator.mutate(original, seed, 128);
            use(path, mutant, seed);
            // Checksums stop nearly all mutants at the door. Behind it stands whoever makes his own.
            use(path, forged(mutant), seed);
        }
        attempts.requireBoth();
    }

    private static byte[] slots(final int count) {
        return Format2Files.extreme(count, 1);
    }

    private void use(final Path path, final byte[] mutant, final int seed) throws IOException {
        Files.write(path, mutant);
        final long heapBytes = AllocationMeter.allocatedBytes(() -> useInEveryWay(path, mutant.length));
        assertThat(heapBytes).as("heap, seed %d", seed).isLessThan(MAX_HEAP_BYTES);
    }

    /** The mutant with right checksums, wherever a header, a chunk or a footer can still be made out. */
    private static byte[] forged(final byte[] mutant) {
        final byte[] bytes = mutant.clone();
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at <= bytes.length - Format2Descriptor.CHUNK_HEADER_LENGTH; at++) {
            if (buffer.getInt(at) == Format2Descriptor.CHUNK_MAGIC) {
                final int length = buffer.getInt(at + Format2Descriptor.PAYLOAD_LENGTH_OFFSET);
                final int payload = at + Format2Descriptor.CHUNK_HEADER_LENGTH;
                if (length >= 0 && length <= bytes.length - payload) {
                    buffer.putInt(at + Format2Descriptor.PAYLOAD_CRC_OFFSET, crc(bytes, payload, length));
                }
                buffer.putInt(
                        at + Format2Descriptor.CHUNK_HEADER_CRC_OFFSET,
                        crc(
                                bytes,
                                at + Format2Descriptor.PAYLOAD_CRC_OFFSET,
                                payload - at - Format2Descriptor.PAYLOAD_CRC_OFFSET));
            }
        }
        if (bytes.length >= Format2Descriptor.HEADER_LENGTH) {
            final int length = buffer.getInt(Format2Descriptor.METADATA_LENGTH_OFFSET);
            if (length >= 0 && length <= bytes.length - Format2Descriptor.HEADER_LENGTH) {
                buffer.putInt(
                        Format2Descriptor.METADATA_CRC_OFFSET, crc(bytes, Format2Descriptor.HEADER_LENGTH, length));
            }
            buffer.putInt(Format2Descriptor.HEADER_CRC_OFFSET, crc(bytes, 0, Format2Descriptor.HEADER_CRC_OFFSET));
        }
        final int tail = bytes.length - Format2Descriptor.TAIL_LENGTH;
        if (tail >= 0) {
            final long footer = buffer.getLong(tail + Format2Descriptor.TAIL_INDEX_OFFSET_OFFSET);
            if (footer >= 0 && footer <= tail) {
                final int end = tail + Format2Descriptor.TAIL_CRC_OFFSET;
                buffer.putInt(end, crc(bytes, (int) footer, end - (int) footer));
            }
        }
        return bytes;
    }

    private static int crc(final byte[] bytes, final int offset, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private void useInEveryWay(final Path path, final long length) {
        final Path repaired = folder.resolve("repaired");
        attempts.attempt(() -> {
            try (Format2Reader reader = Format2Reader.open(path);
                    Format2Cursor cursor = reader.cursor()) {
                final long[] records = new long[1];
                reader.forEach((slots, low, high) -> records[0] += high - low + 1);
                assertThat(records[0]).isEqualTo(reader.recordCount());
                cursor.seekTime(1L << 40);
                cursor.nextBatch();
                cursor.seekSequence(20).nextBatch();
                assertThat(Format2Summary.of(path).recordCount()).isEqualTo(reader.recordCount());
            }
        });
        attempts.attempt(() -> {
            try (Format2Reader reader = Format2Reader.recover(path)) {
                assertThat(Format2Files.read(reader)).hasSize((int) reader.recordCount() * SLOT_LENGTH);
            }
        });
        attempts.attempt(() -> {
            try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
                while (reader.poll((slots, low, high) -> {}) > 0) {
                    assertThat(reader.isEnded()).isFalse();
                }
            }
        });
        attempts.attempt(() -> Format2Verifier.verify(path)
                .forEach(finding -> assertThat(finding.offset()).isBetween(0L, length)));
        attempts.attempt(() -> {
            Files.deleteIfExists(repaired);
            final RepairResult result = Format2Repair.repair(path, repaired);
            try (Format2Reader reader = Format2Reader.open(repaired)) {
                assertThat(reader.recordCount()).isEqualTo(result.recordCount());
                reader.forEach((slots, low, high) -> {});
            }
        });
    }
}
