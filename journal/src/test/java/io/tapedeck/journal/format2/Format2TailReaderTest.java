package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Format2TailReaderTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"1, 1, 300", "2, 64, 20000", "3, 1000, 50000", "4, 4096, 50000"})
    @Timeout(60)
    void shouldSeeEveryRecordOnceWhileTheFileIsWritten(final long seed, final int chunkCapacity, final int count)
            throws Exception {
        final byte[] slots = Format2Files.extreme(count, seed);
        final Path path = folder.resolve("file");
        final Format2Writer writer =
                Format2Writer.create(path, Format2Files.metadata(), chunkCapacity, Format2Files.NO_SYNC);
        final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(writer, slots, seed));

        try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
            assertThat(reader.metadata()).isEqualTo(Format2Files.metadata());
            while (!reader.isEnded()) {
                if (poll(reader) == 0) {
                    Thread.onSpinWait();
                }
                assertThat(reader.nextSequence()).isEqualTo(seen.size() / SLOT_LENGTH + 1);
            }
            assertThat(poll(reader)).isZero();
        }
        writing.get();
        assertThat(seen.toByteArray()).isEqualTo(slots);
    }

    /** Back and ahead at random, while the file grows: always what a reader from the start would have seen. */
    @ParameterizedTest
    @CsvSource({"5, 1, 300", "6, 64, 20000", "7, 1000, 50000"})
    @Timeout(60)
    void shouldGoToAnyRecordWhileTheFileIsWritten(final long seed, final int chunkCapacity, final int count)
            throws Exception {
        final byte[] slots = Format2Files.extreme(count, seed);
        final Path path = folder.resolve("file");
        final Format2Writer writer =
                Format2Writer.create(path, Format2Files.metadata(), chunkCapacity, Format2Files.NO_SYNC);
        final CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(writer, slots, seed));
        final SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
            while (found < 1_000) {
                final int sequence = 1 + random.nextInt(count);
                reader.seekSequence(sequence);
                seen.reset();
                if (poll(reader) > 0) {
                    found++;
                    final int at = (sequence - 1) * SLOT_LENGTH;
                    assertThat(seen.toByteArray()).isEqualTo(Arrays.copyOfRange(slots, at, at + seen.size()));
                    assertThat(reader.nextSequence()).isEqualTo(sequence + seen.size() / SLOT_LENGTH);
                }
            }
            writing.get();
            reader.seekSequence(count + 1);
            assertThat(poll(reader)).isZero();
            assertThat(reader.isEnded()).isTrue();
            reader.seekSequence(count);
            assertThat(reader.isEnded()).isFalse();
            assertThat(poll(reader)).isEqualTo(1);
        }
    }

    private static void write(final Format2Writer writer, final byte[] slots, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        try (writer) {
            for (int at = 0; at < slots.length; at += SLOT_LENGTH) {
                writer.append(buffer, at);
                if (random.nextInt(500) == 0) {
                    writer.closeChunk();
                }
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private int poll(final Format2TailReader reader) throws IOException {
        return reader.poll((slots, low, high) -> Format2Files.collect(seen, slots, low, high));
    }

    @Test
    void shouldNeverSeePartOfAChunkWhateverPartOfItIsThere() throws IOException {
        final byte[] slots = Format2Files.extreme(10, 1);
        final Path whole = Format2Files.write(folder.resolve("whole"), 3, slots);
        final byte[] bytes = Files.readAllBytes(whole);
        final Path path = folder.resolve("file");
        final int dataOffset;
        final Map<Integer, Integer> recordsAt = new HashMap<>();
        try (Format2Reader reader = Format2Reader.open(whole)) {
            dataOffset = (int) reader.chunk(0).offset();
            for (int i = 0; i < reader.chunkCount(); i++) {
                final Format2Chunk chunk = reader.chunk(i);
                recordsAt.put((int) chunk.offset() + chunk.lengthBytes(), chunk.recordCount());
            }
        }
        Files.write(path, Arrays.copyOf(bytes, dataOffset));
        try (Format2TailReader reader = Format2TailReader.open(path, 1);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (int length = dataOffset + 1; length <= bytes.length; length++) {
                channel.write(ByteBuffer.wrap(bytes, length - 1, 1), length - 1);
                assertThat(poll(reader)).as("%d bytes", length).isEqualTo(recordsAt.getOrDefault(length, 0));
                assertThat(reader.isEnded()).as("%d bytes", length).isEqualTo(length == bytes.length);
            }
        }
        assertThat(seen.toByteArray()).isEqualTo(slots);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "100", "101", "499", "500", "501"})
    void shouldBeginAtTheSequenceThatIsWanted(final int fromSequence) throws IOException {
        final byte[] slots = Format2Files.extreme(500, 1);
        final Path path = Format2Files.write(folder.resolve("file"), 100, slots);
        try (Format2TailReader reader = Format2TailReader.open(path, fromSequence)) {
            while (!reader.isEnded()) {
                assertThat(reader.nextSequence()).isEqualTo(fromSequence + seen.size() / SLOT_LENGTH);
                poll(reader);
            }
        }
        assertThat(seen.toByteArray()).isEqualTo(Format2Files.part(slots, fromSequence - 1, 500));
    }

    @Test
    void shouldSayWhatIsDamagedOnceMoreComesBehindIt() throws IOException {
        final byte[] slots = Format2Files.extreme(30, 1);
        final Path path = Format2Files.write(folder.resolve("file"), 10, slots);
        final byte[] bytes = Files.readAllBytes(path);
        final Format2Chunk second;
        try (Format2Reader reader = Format2Reader.open(path)) {
            second = reader.chunk(1);
        }
        for (int at = (int) second.offset(); at < second.offset() + second.lengthBytes(); at += 5) {
            final byte[] flipped = bytes.clone();
            flipped[at] ^= 1;
            Files.write(path, flipped);
            seen.reset();
            try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
                assertThat(poll(reader)).isEqualTo(10);
                assertThatThrownBy(() -> poll(reader))
                        .as("byte %d", at)
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContaining("at offset " + second.offset());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 7", "3, 100", "4, 4096"})
    void shouldGoToAnyRecordOfWhatIsThereAndOfWhatIsToCome(final long seed, final int chunkCapacity)
            throws IOException {
        final int count = 1_500;
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] slots = Format2Files.extreme(count, seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final long[] timesNs = new long[count];
        for (int i = 0; i < count; i++) {
            timesNs[i] = (i == 0 ? 0 : timesNs[i - 1]) + random.nextInt(4) - 1;
            buffer.putLong(i * SLOT_LENGTH + EVENT_TIME_OFFSET, timesNs[i], ByteOrder.LITTLE_ENDIAN);
        }
        final Path path = folder.resolve("file");
        final Format2Writer writer =
                Format2Writer.create(path, Format2Files.metadata(), chunkCapacity, Format2Files.NO_SYNC);
        try (Format2TailReader reader = Format2TailReader.open(path, 1)) {
            for (int written = 0; written < count; ) {
                final int more = Math.min(count - written, 1 + random.nextInt(200));
                for (int i = 0; i < more; i++) {
                    writer.append(buffer, (written + i) * SLOT_LENGTH);
                }
                written += more;
                writer.closeChunk();
                if (random.nextInt(4) == 0) {
                    poll(reader);
                }
                final long wantedNs = timesNs[random.nextInt(count)];
                assertNext(reader.seekTime(wantedNs), slots, firstAtOrAfter(timesNs, wantedNs), written);
                final int wanted = 1 + random.nextInt(count);
                assertNext(reader.seekSequence(wanted), slots, wanted, written);
            }
            writer.close();
            reader.seekSequence(1);
            seen.reset();
            while (!reader.isEnded()) {
                poll(reader);
            }
            assertThat(seen.toByteArray()).isEqualTo(slots);
        }
    }

    private static int firstAtOrAfter(final long[] timesNs, final long wantedNs) {
        int sequence = 1;
        while (timesNs[sequence - 1] < wantedNs) {
            sequence++;
        }
        return sequence;
    }

    private void assertNext(final Format2TailReader reader, final byte[] slots, final int sequence, final int written)
            throws IOException {
        seen.reset();
        final int count = poll(reader);
        if (sequence > written) {
            assertThat(count).isZero();
        } else {
            assertThat(seen.toByteArray()).isEqualTo(Format2Files.part(slots, sequence - 1, sequence - 1 + count));
            assertThat(count).isPositive();
        }
    }

    @Test
    void shouldSayThatTheFileWasCut() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 10, Format2Files.extreme(30, 1));
        try (Format2TailReader reader = Format2TailReader.open(path, 1);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            poll(reader);
            channel.truncate(100);
            assertThatIOException().isThrownBy(() -> poll(reader)).withMessageContaining("was cut");
        }
    }

    @Test
    void shouldRefuseWhatIsNoFileOfThisFormat() throws IOException {
        final Path path = folder.resolve("file");
        assertThatThrownBy(() -> Format2TailReader.open(path, 1)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(path, "QRSDPLOG, and what else one may find in a file of another format");
        assertThatThrownBy(() -> Format2TailReader.open(path, 1))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("magic is not TAPEDECK");
    }
}
