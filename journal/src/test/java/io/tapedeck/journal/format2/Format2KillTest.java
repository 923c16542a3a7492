package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.contentOf;

import io.tapedeck.journal.check.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed at any moment leaves every chunk that it had written. */
@Tag("campaign")
class Format2KillTest {
    private static final int KILLS = Integer.getInteger("tapedeck.kills", 10);
    private static final int CHUNK_CAPACITY = 100;
    private static final int DISTINCT_CHUNKS = 50;

    @TempDir
    private Path folder;

    /** The process that is killed: it writes without end, and says one byte for every chunk that it has written. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] args) throws IOException {
            final byte[] slots = slots();
            final UnsafeBuffer buffer = new UnsafeBuffer(slots);
            try (Format2Writer writer = Format2Writer.create(
                    Path.of(args[0]), Format2Files.metadata(), CHUNK_CAPACITY, Format2Files.NO_SYNC)) {
                for (long sequence = 1; ; sequence++) {
                    final int at = number(buffer, sequence);
                    writer.append(buffer, at);
                    if (sequence % CHUNK_CAPACITY == 0) {
                        System.out.write(1);
                        System.out.flush();
                    }
                }
            }
        }
    }

    private static byte[] slots() {
        return Format2Files.extreme(CHUNK_CAPACITY * DISTINCT_CHUNKS, 9);
    }

    /** Gives a slot the sequence that it has in this round of all slots. */
    private static int number(final UnsafeBuffer slots, final long sequence) {
        final int at = (int) ((sequence - 1) % (CHUNK_CAPACITY * DISTINCT_CHUNKS)) * SLOT_LENGTH;
        slots.putLong(at + SEQUENCE_OFFSET, sequence);
        return at;
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void shouldLeaveEveryWholeChunkWhenTheWriterIsKilled() throws Exception {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < KILLS; i++) {
            final Path path = folder.resolve("file" + i);
            final long chunks = killAfter(path, 1 + random.nextInt(random.nextBoolean() ? 20 : 3_000));
            assertWhole(path, chunks);
        }
    }

    /** Kills the writer when it has told of so many chunks; returns of how many it told before it died. */
    private static long killAfter(final Path path, final int wanted) throws Exception {
        final Path errors = path.resolveSibling("errors.txt");
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/sun.nio.ch=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        path.toString())
                .redirectError(errors.toFile())
                .start();
        long chunks = 0;
        try {
            while (chunks < wanted && process.getInputStream().read() >= 0) {
                chunks++;
            }
            assertThat(chunks).as(() -> contentOf(errors.toFile())).isEqualTo(wanted);
            assertThatIOException()
                    .isThrownBy(() ->
                            Format2Writer.replace(path, Format2Files.metadata(), CHUNK_CAPACITY, Format2Files.NO_SYNC))
                    .withMessageContaining("another writer has the file open");
        } finally {
            process.destroyForcibly().waitFor();
        }
        return chunks;
    }

    private void assertWhole(final Path path, final long chunks) throws IOException {
        final UnsafeBuffer expected = new UnsafeBuffer(slots());
        final long[] next = {1};
        try (Format2Reader reader = Format2Reader.recover(path)) {
            assertThat(reader.recordCount()).isGreaterThanOrEqualTo(chunks * CHUNK_CAPACITY);
            assertThat(reader.lastSequence()).isEqualTo(reader.recordCount());
            reader.forEach((slots, low, high) -> {
                for (long at = low; at <= high; at++) {
                    final int from = number(expected, next[0]++);
                    final UnsafeBuffer slot = new UnsafeBuffer(expected, from, SLOT_LENGTH);
                    assertThat(new UnsafeBuffer(slots.buffer(), slots.offset(at), SLOT_LENGTH))
                            .isEqualTo(slot);
                }
            });
            assertThat(next[0]).isEqualTo(reader.lastSequence() + 1);
        }
        // The footer is missing in any case; who is killed inside a write leaves a torn chunk in front of its place.
        assertThat(Format2Verifier.verify(path))
                .filteredOn(finding -> finding.text().contains("give no records"))
                .hasSizeBetween(1, 2)
                .extracting(Finding::severity)
                .containsOnly(Finding.Severity.DAMAGE);
        final Path repaired = folder.resolve("repaired-" + path.getFileName());
        Format2Repair.repair(path, repaired);
        assertThat(Format2Verifier.verify(repaired))
                .filteredOn(finding -> finding.text().contains("give no records")
                        || finding.text().contains("content hash")
                        || finding.text().contains("missing"))
                .isEmpty();
    }
}
