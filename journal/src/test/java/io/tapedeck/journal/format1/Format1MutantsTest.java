package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.journal.check.RepairResult;
import io.tapedeck.journal.file.Attempts;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.DirectMemoryMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged files give what they can or a clear error, and cost no more memory than the descriptor promises. */
@Tag("campaign")
class Format1MutantsTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final long MAX_HEAP_BYTES = 1 << 20;
    /** The JDK keeps a small buffer per thread for files that are written from arrays. */
    private static final long JDK_BUFFER_BYTES = 16 * 1024;

    @TempDir
    private Path folder;

    private Attempts attempts;

    @ParameterizedTest
    @CsvSource({"0, 4096", "1, 1", "40, 8", "100, 4096", "300, 100"})
    void shouldGiveAResultOrAClearErrorForAnyBytes(final int count, final int chunkCapacity) throws IOException {
        final byte[] original = Files.readAllBytes(Format1Files.write(
                folder.resolve("original"), Format1Files.header(chunkCapacity), Format1Files.plausible(count, 1)));
        final Path path = folder.resolve("mutant");
        attempts = new Attempts(folder);
        // What the JVM takes for the classes that it loads is not the file's.
        Files.write(path, original);
        useInEveryWay(path, original.length);
        final long directBytes = DirectMemoryMeter.usedBytes();
        for (int seed = 0; seed < MUTANTS / 5; seed++) {
            final byte[] mutant = ByteMutator.mutate(original, seed, 128);
            Files.write(path, mutant);
            final long heapBytes = AllocationMeter.allocatedBytes(() -> useInEveryWay(path, mutant.length));

            assertThat(heapBytes).as("heap, seed %d", seed).isLessThan(MAX_HEAP_BYTES);
            assertThat(DirectMemoryMeter.usedBytes())
                    .as("direct memory, seed %d", seed)
                    .isLessThanOrEqualTo(directBytes + JDK_BUFFER_BYTES);
        }
        attempts.requireBoth();
    }

    private void useInEveryWay(final Path path, final long length) {
        final Path repaired = folder.resolve("repaired");
        attempts.attempt(() -> {
            final long before = DirectMemoryMeter.usedBytes();
            try (Format1Reader reader = Format1Reader.open(path)) {
                reader.forEach(record -> assertThat(record.type()).isBetween(0, 5));
                reader.forEach(Format1Files.OPEN_NS, Format1Files.OPEN_NS + 1_000, record -> {});
                // A byte of LZ4 makes at most 255, so what a small file may ask for is small whatever it claims.
                assertThat(DirectMemoryMeter.usedBytes() - before).isLessThanOrEqualTo(256 * length);
            }
        });
        attempts.attempt(() -> {
            try (Format1Reader reader = Format1Reader.recover(path)) {
                final long[] records = new long[1];
                reader.forEach(record -> records[0]++);
                assertThat(records[0]).isEqualTo(reader.recordCount());
            }
        });
        attempts.attempt(() -> Format1Verifier.verify(path)
                .forEach(finding -> assertThat(finding.offset()).isBetween(0L, length)));
        attempts.attempt(() -> {
            Files.deleteIfExists(repaired);
            final RepairResult result = Format1Repair.repair(path, repaired);
            try (Format1Reader reader = Format1Reader.open(repaired)) {
                assertThat(reader.recordCount()).isEqualTo(result.recordCount());
                reader.forEach(record -> {});
            }
        });
    }

    @Test
    void shouldBoundTheMemoryOfTheLargestChunkThatIsAllowed() throws IOException {
        final List<Format1Files.Event> events =
                List.of(Format1Files.plausible(1, 1).get(0));
        final Path path = Format1Files.write(
                folder.resolve("large"), Format1Files.header(Format1Descriptor.MAX_CHUNK_CAPACITY), events);
        final long before = DirectMemoryMeter.usedBytes();
        try (Format1Writer writer = Format1Writer.create(
                folder.resolve("other"), Format1Files.header(Format1Descriptor.MAX_CHUNK_CAPACITY))) {
            assertThat(writer.recordCount()).isZero();
            assertThat(DirectMemoryMeter.usedBytes() - before)
                    .isLessThanOrEqualTo(Format1Descriptor.MAX_BUFFER_BYTES + 64 * 1024);
        }
        try (Format1Reader reader = Format1Reader.open(path)) {
            assertThat(Format1Files.read(reader)).isEqualTo(events);
            assertThat(DirectMemoryMeter.usedBytes() - before).isLessThan(1_024 + JDK_BUFFER_BYTES);
        }
        assertThat(Format1Descriptor.MAX_BUFFER_BYTES).isEqualTo(54_632_881L);
    }
}
