package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever records are made into columns come back bit for bit. */
class ColumnsTest {
    private static final int MARKETS = Integer.getInteger("tapedeck.markets", 60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void shouldGiveBackEveryBitOfAnyMarketInChunksOfAnySize(final Compression compression) throws IOException {
        for (int i = 0; i < MARKETS / 3; i++) {
            final long seed = 3L * i + compression.ordinal();
            final SplittableRandom random = new SplittableRandom(seed);
            final int count = 1 + random.nextInt(1 << random.nextInt(1, 14));
            final int chunkCapacity = 1 + random.nextInt(1 << random.nextInt(1, 14));
            assertThat(roundTrip(Format2Files.market(count, seed), chunkCapacity, compression))
                    .as("seed %d, chunks of %d", seed, chunkCapacity)
                    .isEqualTo(Format2Files.market(count, seed));
        }
    }

    private byte[] roundTrip(final byte[] slots, final int chunkCapacity, final Compression compression)
            throws IOException {
        final Path path = folder.resolve("file");
        Files.deleteIfExists(path);
        try (Format2Writer writer =
                Format2Writer.create(path, Format2Files.metadata(), chunkCapacity, Format2Files.NO_SYNC, compression)) {
            Format2Files.append(writer, slots);
        }
        return Format2Files.read(path);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, (1L << 40) - 1, 1L << 40, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 56})
    void shouldKeepTimesThatStandStillLeapAndGoBack(final long stepNs) throws IOException {
        final byte[] slots = Format2Files.plausible(100, 1);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        long timeNs = 5;
        for (int i = 0; i < 100; i++) {
            timeNs += i % 3 == 0 ? stepNs : 7;
            buffer.putLong(i * SLOT_LENGTH + EVENT_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
        }
        assertThat(roundTrip(slots, 40, Compression.LZ4)).isEqualTo(slots);
    }

    @Test
    void shouldKeepOneOrderIdThatIsOfTwoInstrumentsAndPricesAtBothEnds() throws IOException {
        final byte[] slots = Format2Files.plausible(1_000, 2);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        for (int i = 0; i < 1_000; i++) {
            final int at = i * SLOT_LENGTH;
            buffer.putInt(at + INSTRUMENT_ID_OFFSET, i % 7, ByteOrder.LITTLE_ENDIAN);
            if (i % 11 == 0) {
                buffer.putInt(
                        at + PRICE_OFFSET, i % 2 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE, ByteOrder.LITTLE_ENDIAN);
            }
            if (i % 13 == 0) {
                buffer.putLong(at + ORDER_ID_OFFSET, i % 2 == 0 ? -1 : 0, ByteOrder.LITTLE_ENDIAN);
            }
        }
        assertThat(roundTrip(slots, 300, Compression.LZ4)).isEqualTo(slots);
    }

    @Test
    void shouldKeepAnInstrumentForEveryRecordOfTheLargestChunk() throws IOException {
        final int count = Format2Descriptor.MAX_CHUNK_CAPACITY;
        final byte[] slots = Format2Files.plausible(count, 3);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        for (int i = 0; i < count; i++) {
            buffer.putInt(i * SLOT_LENGTH + INSTRUMENT_ID_OFFSET, i * 0x9E37_79B1, ByteOrder.LITTLE_ENDIAN);
        }
        assertThat(roundTrip(slots, count, Compression.LZ4)).isEqualTo(slots);
    }

    @Test
    void shouldTakeASimulatedRecordInSixBytesAndNoMoreWithoutLz4() throws IOException {
        final byte[] slots = Format2Files.plausible(100_000, 4);
        for (final Compression compression : Compression.values()) {
            roundTrip(slots, 16_384, compression);
            assertThat(Files.size(folder.resolve("file")) / 100_000.0)
                    .as("%s", compression)
                    .isLessThan(6.0);
        }
    }

    @Test
    void shouldReadTheNamesOfCompressionsAndRefuseOthers() {
        for (final Compression compression : Compression.values()) {
            assertThat(Compression.parse(compression.toString())).isSameAs(compression);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Compression.parse("zstd"))
                .withMessage("compression is \"zstd\", must be lz4, lz4hc or none");
    }
}
