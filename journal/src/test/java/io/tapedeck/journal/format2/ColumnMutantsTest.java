package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Columns that nobody would write, behind right checksums: the loops that do not look where they read must stay inside
 * their memory. What leads outside shows as the end of the JVM, or as damage to what other tests rely on.
 */
@Tag("campaign")
class ColumnMutantsTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);

    @TempDir
    private Path folder;

    private long whole;
    private long damaged;
    private long sum;
    private final List<Long> wantedSequences = new ArrayList<>();
    private final List<Long> narrowSequences = new ArrayList<>();

    private final SequenceSum events = new SequenceSum(instrumentId -> true);

    @ParameterizedTest
    @CsvSource({"1, 1, NONE", "2, 50, NONE", "3, 700, NONE", "4, 3000, LZ4", "5, 3000, NONE"})
    void shouldGiveRecordsOrAClearErrorForAnyColumns(
            final long dataSeed, final int count, final Compression compression) throws IOException {
        mutate(Format2Files.market(count, dataSeed), count, compression);
    }

    @ParameterizedTest
    @CsvSource({"6, 100, 5", "7, 700, 20"})
    void shouldGiveRecordsOrAClearErrorForAnyColumnsOfManyInstruments(
            final long dataSeed, final int count, final int instruments) throws IOException {
        mutate(Format2Files.plausible(count, dataSeed, instruments), count, Compression.NONE);
    }

    private void mutate(final byte[] slots, final int count, final Compression compression) throws IOException {
        final Path path = folder.resolve("file");
        try (Format2Writer writer =
                Format2Writer.create(path, Format2Files.metadata(), count, Format2Files.NO_SYNC, compression)) {
            Format2Files.append(writer, slots);
        }
        final byte[] original = Files.readAllBytes(path);
        final int chunk = HEADER_LENGTH
                + ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getInt(METADATA_LENGTH_OFFSET);
        final byte[] payload = payload(original, chunk);
        for (int seed = 0; seed < MUTANTS / 5; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            byte[] mutant = payload;
            if (random.nextBoolean()) {
                // Most of what decides about memory is in the first hundred bytes.
                mutant = payload.clone();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    mutant[random.nextInt(Math.min(mutant.length, 200))] = (byte) random.nextInt();
                }
            } else {
                mutant = ByteMutator.mutate(payload, seed, 128);
            }
            use(new BytesFile(forge(original, chunk, mutant)));
        }
        assertThat(damaged).isPositive();
        assertThat(whole + damaged).isEqualTo(4L * (MUTANTS / 5));
    }

    private static byte[] payload(final byte[] file, final int chunk) {
        final int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(chunk + PAYLOAD_LENGTH_OFFSET);
        return Arrays.copyOfRange(file, chunk + CHUNK_HEADER_LENGTH, chunk + CHUNK_HEADER_LENGTH + length);
    }

    /** The file with another payload in its one chunk, and everything else so that it fits. */
    private static byte[] forge(final byte[] file, final int chunk, final byte[] payload) {
        final int oldFooter = chunk + CHUNK_HEADER_LENGTH + payload(file, chunk).length;
        final int footer = chunk + CHUNK_HEADER_LENGTH + payload.length;
        final byte[] bytes = Arrays.copyOf(file, footer + file.length - oldFooter);
        System.arraycopy(payload, 0, bytes, chunk + CHUNK_HEADER_LENGTH, payload.length);
        System.arraycopy(file, oldFooter, bytes, footer, file.length - oldFooter);
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(chunk + PAYLOAD_LENGTH_OFFSET, payload.length);
        buffer.putInt(chunk + PAYLOAD_CRC_OFFSET, crc(bytes, chunk + CHUNK_HEADER_LENGTH, payload.length));
        buffer.putInt(
                chunk + CHUNK_HEADER_CRC_OFFSET,
                crc(bytes, chunk + PAYLOAD_CRC_OFFSET, CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET));
        System.arraycopy(
                bytes,
                chunk + PAYLOAD_CRC_OFFSET,
                bytes,
                footer + FOOTER_HEAD_LENGTH + PAYLOAD_CRC_OFFSET,
                CHUNK_HEADER_LENGTH - PAYLOAD_CRC_OFFSET);
        final int tail = bytes.length - TAIL_LENGTH;
        buffer.putLong(tail + TAIL_INDEX_OFFSET_OFFSET, footer);
        buffer.putInt(tail + TAIL_CRC_OFFSET, crc(bytes, footer, tail + TAIL_CRC_OFFSET - footer));
        return bytes;
    }

    private static int crc(final byte[] bytes, final int offset, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** What is left out makes neither damage nor the lack of it, and nothing that is wanted goes with it. */
    private void useNarrowly(final BytesFile file) throws IOException {
        final boolean isWhole = isReadable(file, null, wantedSequences);
        assertThat(isReadable(file, ColumnMutantsTest::isWanted, narrowSequences))
                .isEqualTo(isWhole);
        if (isWhole) {
            assertThat(narrowSequences).isEqualTo(wantedSequences);
        }
    }

    private static boolean isWanted(final int instrumentId) {
        return (instrumentId & 3) == 1;
    }

    private static boolean isReadable(final BytesFile file, final IntPredicate wanted, final List<Long> sequences)
            throws IOException {
        sequences.clear();
        try (Format2Reader reader = Format2Reader.open(file);
                Format2Cursor cursor = reader.cursor().onlyInstruments(wanted)) {
            while (cursor.nextBatch() > 0) {
                for (long at = cursor.low(); at <= cursor.high(); at++) {
                    final DirectBuffer slots = cursor.slots().buffer();
                    final int offset = cursor.slots().offset(at);
                    if (isWanted(Format2Files.instrumentId(slots, offset))) {
                        sequences.add(slots.getLong(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN));
                    }
                }
            }
            return true;
        } catch (final CorruptDataException ex) {
            return false;
        }
    }

    private void use(final BytesFile file) throws IOException {
        attempt(() -> {
            try (Format2Reader reader = Format2Reader.open(file)) {
                assertThat(Format2Files.read(reader)).hasSize((int) reader.recordCount() * SLOT_LENGTH);
            }
        });
        attempt(() -> {
            try (Format2Reader reader = Format2Reader.open(file);
                    Format2Cursor cursor = reader.cursor()) {
                while (cursor.nextEvents(events) > 0) {
                    sum++;
                }
            }
        });
        attempt(() -> {
            try (Format2Reader reader = Format2Reader.open(file);
                    Format2Cursor cursor = reader.cursor()) {
                final long[] timesNs = new long[100];
                while (cursor.nextTimes(timesNs) > 0) {
                    sum++;
                }
                cursor.seekTime(34_200_000_000_000L).nextBatch();
            }
        });
        useNarrowly(file);
        attempt(() -> {
            try (Format2Reader reader = Format2Reader.recover(file)) {
                final boolean isWhole = reader.losses().isEmpty();
                assertThat(Format2Files.read(reader)).hasSize((int) reader.recordCount() * SLOT_LENGTH);
                assertThat(reader.chunkCount()).isEqualTo(isWhole ? 1 : 0);
            }
        });
    }

    /** Work that may fail as columns that are wrong may make it fail. */
    private interface Work {
        void run() throws IOException;
    }

    private void attempt(final Work work) throws IOException {
        try {
            work.run();
            whole++;
        } catch (final CorruptDataException ex) {
            damaged++;
            assertThat(ex).hasMessageContaining(BytesFile.PATH.toString());
        }
    }
}
