package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to take records from a cursor gives the same records. */
class Format2CursorTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    private Path folder;

    /** Makes slots again of what an event handler is given; participant and tracking number are taken from the original. */
    private static final class Collector implements EventHandler {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final UnsafeBuffer slot = new UnsafeBuffer(new byte[SLOT_LENGTH]);
        private final byte[] original;

        Collector(final byte[] original) {
            this.original = original;
        }

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
            slot.putBytes(0, original, (int) (sequence - 1) * SLOT_LENGTH, SLOT_LENGTH);
            slot.putLong(SEQUENCE_OFFSET, sequence, ORDER);
            slot.putLong(EVENT_TIME_OFFSET, timeNs, ORDER);
            slot.putByte(EVENT_TYPE_OFFSET, (byte) eventType);
            slot.putByte(SIDE_OFFSET, (byte) side);
            slot.putShort(FLAGS_OFFSET, (short) flags, ORDER);
            slot.putInt(INSTRUMENT_ID_OFFSET, instrumentId, ORDER);
            slot.putLong(ORDER_ID_OFFSET, orderId, ORDER);
            slot.putLong(AUX_ID_OFFSET, auxId, ORDER);
            slot.putInt(PRICE_OFFSET, priceTicks, ORDER);
            slot.putInt(QUANTITY_OFFSET, quantity, ORDER);
            assertThat(eventType).isBetween(0, 255);
            assertThat(side).isBetween(0, 255);
            assertThat(flags).isBetween(0, 65_535);
            bytes.writeBytes(slot.byteArray());
        }

        @Override
        public void onItchMessage(final DirectBuffer slots, final int offset) {
            slots.getBytes(offset, slot, 0, SLOT_LENGTH);
            bytes.writeBytes(slot.byteArray());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 9", "2, 64, 1000", "3, 300, 3000", "4, 4096, 5000", "5, 1000, 1000"})
    void shouldGiveTheSameRecordsInEveryWayAndInAnyOrderOfWays(
            final long seed, final int chunkCapacity, final int count) throws IOException {
        final byte[] slots = seed % 2 == 0 ? Format2Files.extreme(count, seed) : Format2Files.plausible(count, seed);
        final UnsafeBuffer original = new UnsafeBuffer(slots);
        final Path path = Format2Files.write(folder.resolve("file"), chunkCapacity, slots);
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] timesNs = new long[100];
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor()) {
            for (int pass = 0; pass < 20; pass++) {
                final int from = 1 + random.nextInt(count);
                cursor.seekSequence(from);
                int next = from;
                while (next <= count) {
                    final int taken;
                    final int way = random.nextInt(3);
                    if (way == 0) {
                        taken = cursor.nextBatch();
                        final ByteArrayOutputStream batch = new ByteArrayOutputStream();
                        Format2Files.collect(batch, cursor.slots(), cursor.low(), cursor.high());
                        assertThat(batch.toByteArray()).isEqualTo(Format2Files.part(slots, next - 1, next - 1 + taken));
                    } else if (way == 1) {
                        final Collector collector = new Collector(slots);
                        taken = cursor.nextEvents(collector);
                        assertThat(collector.bytes.toByteArray())
                                .isEqualTo(Format2Files.part(slots, next - 1, next - 1 + taken));
                    } else {
                        taken = cursor.nextTimes(timesNs);
                        for (int i = 0; i < taken; i++) {
                            assertThat(timesNs[i])
                                    .isEqualTo(
                                            original.getLong((next - 1 + i) * SLOT_LENGTH + EVENT_TIME_OFFSET, ORDER));
                        }
                    }
                    assertThat(taken).isPositive();
                    assertThat(cursor.low()).isEqualTo(next - 1);
                    assertThat(cursor.high()).isEqualTo(next + taken - 2);
                    next += taken;
                }
                assertThat(cursor.nextBatch()).isZero();
                assertThat(cursor.nextEvents(new Collector(slots))).isZero();
                assertThat(cursor.nextTimes(timesNs)).isZero();
            }
            assertThatIllegalArgumentException().isThrownBy(() -> cursor.nextTimes(new long[0]));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 7", "3, 100"})
    void shouldLeaveOutChunksWithoutLosingARecordThatIsWanted(final long seed, final int chunkCapacity)
            throws IOException {
        final int count = 1_000;
        final byte[] slots = Format2Files.extreme(count, seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            final boolean isEvent = isEvent(buffer, i * SLOT_LENGTH);
            buffer.putInt(
                    i * SLOT_LENGTH + (isEvent ? INSTRUMENT_ID_OFFSET : ItchSlotDescriptor.INSTRUMENT_ID_OFFSET),
                    (i / 50 * 37) & 0x3FF,
                    ORDER);
            if (isEvent) {
                buffer.putByte(i * SLOT_LENGTH + EVENT_TYPE_OFFSET, (byte) (1 + random.nextInt(9)));
            }
        }
        final Path path = Format2Files.write(folder.resolve("file"), chunkCapacity, slots);
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor()) {
            for (int i = 0; i < 100; i++) {
                final int wanted = random.nextInt(1024);
                final int type = 1 + random.nextInt(9);
                final int letter = 1 + random.nextInt(255);
                cursor.skipChunksUnless(chunk -> chunk.contents().mayHaveInstrument(wanted)
                        && (chunk.contents().mayHaveEventType(type)
                                || chunk.contents().mayHaveItchType(letter)));
                final int from = 1 + random.nextInt(count);
                cursor.seekSequence(from);
                assertThat(matches(cursor, wanted, type, letter))
                        .isEqualTo(matches(new UnsafeBuffer(slots), from, count, wanted, type, letter));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 3000", "2, 100, 3000", "3, 1000, 3000", "4, 16384, 20000"})
    void shouldLeaveOutInstrumentsWithoutLosingARecordThatIsWanted(
            final long seed, final int chunkCapacity, final int count) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        for (final byte[] slots : List.of(Format2Files.plausible(count, seed, 20), Format2Files.market(count, seed))) {
            final Path path = Format2Files.write(folder.resolve("file"), chunkCapacity, slots);
            for (int i = 0; i < 10; i++) {
                final long wanted = random.nextLong() & random.nextLong();
                final int from = 1 + random.nextInt(count);
                requireSame(path, slots, id -> (wanted >>> id & 1) != 0, from);
            }
            Files.delete(path);
        }
    }

    private static void requireSame(final Path path, final byte[] slots, final IntPredicate wanted, final int from)
            throws IOException {
        final ByteArrayOutputStream expected = new ByteArrayOutputStream();
        long expectedSum = 0;
        for (int at = (from - 1) * SLOT_LENGTH; at < slots.length; at += SLOT_LENGTH) {
            if (wanted.test(Format2Files.instrumentId(new UnsafeBuffer(slots), at))) {
                expected.write(slots, at, SLOT_LENGTH);
                expectedSum += at / SLOT_LENGTH + 1;
            }
        }
        final ByteArrayOutputStream actual = new ByteArrayOutputStream();
        final SequenceSum sum = new SequenceSum(wanted);
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor().onlyInstruments(wanted)) {
            cursor.seekSequence(from);
            long delivered = 0;
            while (cursor.nextBatch() > 0) {
                delivered += cursor.high() - cursor.low() + 1;
                for (long at = cursor.low(); at <= cursor.high(); at++) {
                    final int offset = cursor.slots().offset(at);
                    if (wanted.test(Format2Files.instrumentId(cursor.slots().buffer(), offset))) {
                        Format2Files.collect(actual, cursor.slots(), at, at);
                    }
                }
            }
            assertThat(delivered + cursor.leftOutCount()).isEqualTo(reader.recordCount() - from + 1);
            cursor.seekSequence(from);
            long handled = 0;
            for (int part = cursor.nextEvents(sum); part > 0; part = cursor.nextEvents(sum)) {
                handled += part;
            }
            assertThat(handled).isEqualTo(delivered);
        }
        assertThat(actual.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(sum.sum()).isEqualTo(expectedSum);
    }

    @Test
    void shouldDecodeNothingOfInstrumentsThatAreLeftOut() throws IOException {
        final byte[] slots = Format2Files.plausible(2_000, 1, 50);
        final Path path = Format2Files.write(folder.resolve("file"), 500, slots);
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor().onlyInstruments(id -> id == 7)) {
            while (cursor.nextBatch() > 0) {
                for (long at = cursor.low(); at <= cursor.high(); at++) {
                    assertThat(Format2Files.instrumentId(
                                    cursor.slots().buffer(), cursor.slots().offset(at)))
                            .isEqualTo(7);
                }
            }
            assertThat(cursor.leftOutCount()).isBetween(1_800L, 1_999L);
            cursor.onlyInstruments(null).seekSequence(0);
            assertThat(cursor.nextBatch()).isEqualTo(256);
            assertThat(cursor.low()).isZero();
        }
    }

    private static long matches(final Format2Cursor cursor, final int instrument, final int type, final int letter)
            throws IOException {
        long sum = 0;
        while (cursor.nextBatch() > 0) {
            final SlotArray slots = cursor.slots();
            for (long at = cursor.low(); at <= cursor.high(); at++) {
                sum += match(slots.buffer(), slots.offset(at), instrument, type, letter);
            }
        }
        return sum;
    }

    private static long matches(
            final DirectBuffer slots,
            final int from,
            final int to,
            final int instrument,
            final int type,
            final int letter) {
        long sum = 0;
        for (int sequence = from; sequence <= to; sequence++) {
            sum += match(slots, (sequence - 1) * SLOT_LENGTH, instrument, type, letter);
        }
        return sum;
    }

    /** The sequence of a record that is looked for, and 0 of another one. */
    private static long match(
            final DirectBuffer slots, final int offset, final int instrument, final int type, final int letter) {
        final boolean isOfType = isEvent(slots, offset)
                ? slots.getByte(offset + EVENT_TYPE_OFFSET) == type
                : slots.getByte(offset + ItchSlotDescriptor.ITCH_TYPE_OFFSET) == (byte) letter;
        return isOfType && Format2Files.instrumentId(slots, offset) == instrument
                ? slots.getLong(offset + SEQUENCE_OFFSET, ORDER)
                : 0;
    }

    @Test
    void shouldRefuseToReadOnceClosed() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 100, Format2Files.plausible(300, 1));
        try (Format2Reader reader = Format2Reader.open(path)) {
            final Format2Cursor cursor = reader.cursor();
            cursor.nextBatch();
            cursor.close();
            cursor.close();
            assertThat(cursor.nextBatch()).isZero();
            cursor.seekSequence(1);
            assertThatIllegalStateException().isThrownBy(cursor::nextBatch).withMessageContaining("is closed");
        }
    }

    @Test
    void shouldGoFromTheRecordThatASeekFindsToTheNextChunkThatIsNotLeftOut() throws IOException {
        final byte[] slots = Format2Files.plausible(1_000, 1);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        for (int i = 0; i < 1_000; i++) {
            // One late record in chunk 2; all behind it are earlier.
            buffer.putLong(i * SLOT_LENGTH + EVENT_TIME_OFFSET, i == 250 ? 5_000 : i, ORDER);
        }
        final Path path = Format2Files.write(folder.resolve("file"), 100, slots);
        try (Format2Reader reader = Format2Reader.open(path);
                Format2Cursor cursor = reader.cursor()) {
            cursor.skipChunksUnless(chunk -> chunk.firstSequence() >= 401);
            cursor.seekTime(4_000).nextBatch();
            assertThat(cursor.low()).isEqualTo(400);
            cursor.skipChunksUnless(chunk -> chunk.greatestTimeNs() >= 1_000);
            assertThat(cursor.seekSequence(5).nextBatch()).isPositive();
            assertThat(cursor.low()).isEqualTo(200);
        }
    }
}
