package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is left after a loss of power, on a disk that keeps what was forced and any part of the rest. */
class Format2DurabilityTest {
    private static final int CRASHES = 300;
    private static final int RECORDS = 400;

    private final byte[] slots = Format2Files.extreme(RECORDS, 11);
    private long nowNs;
    private long lost;

    @Test
    void shouldLoseNothingThatWasAcknowledgedWhenEveryChunkIsForced() throws IOException {
        for (int seed = 0; seed < CRASHES; seed++) {
            crash("chunk", seed);
        }
        assertThat(lost).isZero();
    }

    @Test
    void shouldLoseAtMostAnIntervalThatWasNotForced() throws IOException {
        for (int seed = 0; seed < CRASHES; seed++) {
            crash("interval:1", seed);
        }
        assertThat(lost).isPositive();
    }

    @Test
    void shouldBeSeenToLoseWhatWasWrittenWhenNothingIsForced() throws IOException {
        for (int seed = 0; seed < CRASHES; seed++) {
            crash("none", seed);
        }
        assertThat(lost).isPositive();
    }

    /** Writes, loses the power at a random moment, and counts the records that were written and are not there. */
    private void crash(final String policy, final int seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final TornDisk disk = new TornDisk();
        final Format2Writer writer = new Format2Writer(
                Path.of("torn"),
                disk,
                Format2Files.metadata(),
                1 + random.nextInt(20),
                SyncPolicy.parse(policy),
                Compression.LZ4,
                () -> nowNs);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final int count = random.nextInt(RECORDS + 1);
        for (int i = 0; i < count; i++) {
            nowNs += random.nextInt(100_000);
            writer.append(buffer, i * SLOT_LENGTH);
            if (random.nextInt(50) == 0) {
                writer.closeChunk();
            }
        }
        if (random.nextInt(4) == 0) {
            writer.close();
        }

        final byte[] left = disk.afterPowerLoss(random);

        long recovered = 0;
        if (left.length > 0 && (!policy.equals("none") || isHeaderWhole(left))) {
            try (Format2Reader reader = Format2Reader.recover(new BytesFile(left))) {
                for (int i = 0; i < reader.chunkCount(); i++) {
                    recovered = reader.chunk(i).firstSequence() == recovered + 1
                            ? reader.chunk(i).lastSequence()
                            : recovered;
                }
                assertIntact(reader);
            }
        }
        assertThat(recovered).as("%s, seed %d", policy, seed).isGreaterThanOrEqualTo(writer.lastDurableSequence());
        lost += writer.lastWrittenSequence() - recovered;
        writer.close();
    }

    private static boolean isHeaderWhole(final byte[] bytes) throws IOException {
        try {
            Format2Header.read(new BytesFile(bytes));
            return true;
        } catch (final CorruptDataException ex) {
            return false;
        }
    }

    private void assertIntact(final Format2Reader reader) throws IOException {
        final byte[] read = Format2Files.read(reader);
        int at = 0;
        for (int i = 0; i < reader.chunkCount(); i++) {
            final int first = (int) reader.chunk(i).firstSequence() - 1;
            final int records = reader.chunk(i).recordCount();
            assertThat(Format2Files.part(read, at, at + records))
                    .isEqualTo(Format2Files.part(slots, first, first + records));
            at += records;
        }
    }
}
