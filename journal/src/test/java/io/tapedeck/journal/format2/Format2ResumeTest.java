package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.file.FaultAtStep;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A file whose writer came to grief, resumed with the same records, is the file that it would have been. */
class Format2ResumeTest {
    private static final int CHUNK_CAPACITY = 7;
    private static final int RECORDS = 60;
    private static final int POWER_LOSSES = 200;

    @TempDir
    private Path folder;

    private final byte[] slots = Format2Files.extreme(RECORDS, 5);
    private Path path;
    private byte[] whole;

    @BeforeEach
    void writeWhole() throws IOException {
        path = folder.resolve("tape");
        whole = Files.readAllBytes(Format2Files.write(folder.resolve("whole"), CHUNK_CAPACITY, slots));
    }

    /** Also where the resumed writer meets a fault of its own. */
    @ParameterizedTest
    @EnumSource(FaultAtStep.Kind.class)
    void shouldLoseNothingAcknowledgedAtAnyStepAndMakeTheSameFile(final FaultAtStep.Kind kind) throws IOException {
        for (final String policy : new String[] {"none", "chunk"}) {
            final SyncPolicy sync = SyncPolicy.parse(policy);
            for (int step = 1; failAt(step, kind, sync, false); step++) {
                for (int second = 1; failAt(second, kind, sync, true); second++) {
                    assertThat(second).isLessThan(100);
                }
                try (Format2Writer writer = resume(sync)) {
                    Format2Files.append(writer, slots);
                }
                assertThat(Files.readAllBytes(path))
                        .as("%s, step %d", policy, step)
                        .isEqualTo(whole);
                Files.delete(path);
                assertThat(step).isLessThan(100);
            }
            Files.delete(path);
        }
    }

    /** Writes until the fault; false if there were fewer steps. */
    private boolean failAt(final int step, final FaultAtStep.Kind kind, final SyncPolicy sync, final boolean isResumed)
            throws IOException {
        final FaultAtStep channel = new FaultAtStep(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                step,
                kind);
        long acknowledged = 0;
        Format2Writer writer = null;
        try {
            writer = isResumed
                    ? new Format2Opening(path, Format2Files.metadata(), CHUNK_CAPACITY, sync, Compression.LZ4)
                            .goOn(channel)
                    : new Format2Writer(
                            path, channel, Format2Files.metadata(), CHUNK_CAPACITY, sync, Compression.LZ4, () -> 0);
            Format2Files.append(writer, slots);
            writer.close();
            assertThat(channel.isBroken()).isFalse();
            return false;
        } catch (final IOException ex) {
            assertThat(channel.isBroken()).as(ex.toString()).isTrue();
            acknowledged =
                    writer == null ? 0 : sync.isForcing() ? writer.lastDurableSequence() : writer.lastWrittenSequence();
        } finally {
            if (writer != null) {
                writer.close();
            }
            channel.close();
        }
        assertThat(recordsOnDisk()).isGreaterThanOrEqualTo(acknowledged);
        return true;
    }

    private long recordsOnDisk() throws IOException {
        final byte[] left = Files.readAllBytes(path);
        if (Arrays.mismatch(left, whole) == left.length && left.length < whole.length && !isHeaderWhole(left)) {
            return 0;
        }
        try (Format2Reader reader = Format2Reader.recover(path)) {
            final byte[] read = Format2Files.read(reader);
            assertThat(read).isEqualTo(Arrays.copyOf(slots, read.length));
            return reader.lastSequence();
        }
    }

    private static boolean isHeaderWhole(final byte[] bytes) throws IOException {
        try {
            Format2Header.read(new BytesFile(bytes));
            return true;
        } catch (final CorruptDataException ex) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"chunk, 1", "interval:1, 2"})
    void shouldMakeTheSameFileAfterALossOfPower(final String policy, final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final SyncPolicy sync = SyncPolicy.parse(policy);
        for (int i = 0; i < POWER_LOSSES; i++) {
            final TornDisk disk = new TornDisk();
            final long[] nowNs = new long[1];
            final Format2Writer writer = new Format2Writer(
                    path, disk, Format2Files.metadata(), CHUNK_CAPACITY, sync, Compression.LZ4, () -> nowNs[0]);
            final UnsafeBuffer buffer = new UnsafeBuffer(slots);
            final int count = random.nextInt(RECORDS + 1);
            for (int record = 0; record < count; record++) {
                nowNs[0] += random.nextInt(100_000);
                writer.append(buffer, record * SLOT_LENGTH);
            }
            final long durable = writer.lastDurableSequence();
            Files.write(path, disk.afterPowerLoss(random));
            writer.close();

            try (Format2Writer resumed = resume(sync)) {
                assertThat(resumed.resumedSequence()).isGreaterThanOrEqualTo(durable);
                Format2Files.append(resumed, slots);
            }

            assertThat(Files.readAllBytes(path)).as("crash %d", i).isEqualTo(whole);
        }
    }

    @Test
    void shouldLeaveTheFileAsItIsWhenClosedInsideOfWhatItHas() throws IOException {
        final byte[] part = Arrays.copyOf(whole, whole.length - 300);
        Files.write(path, part);
        try (Format2Writer writer = resume(Format2Files.NO_SYNC)) {
            writer.append(new UnsafeBuffer(slots), 0);
            assertThat(writer.resumedSequence()).isGreaterThan(1);
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(part);
    }

    @Test
    void shouldNameTheRecordThatIsAnotherAndTakeNoMore() throws IOException {
        Files.write(path, whole);
        final byte[] others = slots.clone();
        others[20 * SLOT_LENGTH + 30]++;
        try (Format2Writer writer = resume(Format2Files.NO_SYNC)) {
            assertThatThrownBy(() -> Format2Files.append(writer, others))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("record 21 is ")
                    .hasMessageContaining("when it is made again");
            assertThatThrownBy(() -> Format2Files.append(writer, slots)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }

    @Test
    void shouldRefuseAnotherHeaderAndASecondWriter() throws IOException {
        Files.write(path, whole);
        assertThatThrownBy(() -> Format2Writer.resume(
                        path, Format2Files.metadata(), CHUNK_CAPACITY + 1, Format2Files.NO_SYNC, Compression.LZ4))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("at offset 12: the file does not begin as this run would begin it");
        try (Format2Writer writer = resume(Format2Files.NO_SYNC)) {
            assertThat(writer.resumedSequence()).isEqualTo(RECORDS);
            assertThatIOException()
                    .isThrownBy(() -> Format2Writer.requireNoWriter(path))
                    .withMessageContaining("another writer");
        }
        Format2Writer.requireNoWriter(path);
        assertThat(Files.readAllBytes(path)).isEqualTo(whole);
    }

    private Format2Writer resume(final SyncPolicy sync) throws IOException {
        return Format2Writer.resume(path, Format2Files.metadata(), CHUNK_CAPACITY, sync, Compression.LZ4);
    }
}
