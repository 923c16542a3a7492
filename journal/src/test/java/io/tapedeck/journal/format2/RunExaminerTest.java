package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SlotArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are looked at in runs become the columns that they become one by one. */
class RunExaminerTest {
    private static final int MARKETS = Integer.getInteger("tapedeck.markets", 60);

    @TempDir
    private Path folder;

    @Test
    void shouldFindOutInRunsWhatItFindsOutOneByOne() {
        for (long seed = 0; seed < MARKETS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int count = 1 + random.nextInt(1 << random.nextInt(1, 13));
            // With fewer places than records some orders of replacements have none.
            requireSame(random.nextBoolean() ? tangled(count, seed) : Format2Files.market(count, seed), random, seed);
            requireSame(Format2Files.plausible(count, seed), random, seed);
            requireSame(Format2Files.extreme(count, seed), random, seed);
        }
    }

    private static void requireSame(final byte[] slots, final SplittableRandom random, final long seed) {
        final int count = slots.length / SLOT_LENGTH;
        final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(slots.length));
        memory.putBytes(0, slots);
        assertThat(inRuns(memory, count, random)).as("seed %d", seed).isEqualTo(oneByOne(memory, count));
    }

    private static List<String> inRuns(final UnsafeBuffer memory, final int count, final SplittableRandom random) {
        try (StagedColumns staged = new StagedColumns(count);
                RunExaminer examiner = new RunExaminer(staged);
                ColumnPacker packer = new ColumnPacker(staged)) {
            staged.clear();
            examiner.clear();
            final int mostAtOnce = 1 << random.nextInt(12);
            int at = 0;
            while (at < count) {
                final int taken = Math.min(count - at, 1 + random.nextInt(mostAtOnce));
                examiner.examine(memory.addressOffset() + at * SLOT_LENGTH, taken);
                at += taken;
            }
            return columns(staged, packer);
        }
    }

    private static List<String> oneByOne(final UnsafeBuffer memory, final int count) {
        try (StagedColumns staged = new StagedColumns(count);
                ColumnPacker packer = new ColumnPacker(staged)) {
            final RecordExaminer examiner = new RecordExaminer(staged);
            staged.clear();
            examiner.clear();
            staged.begin(memory.addressOffset());
            for (int i = 0; i < count; i++) {
                examiner.examine(memory.addressOffset() + i * SLOT_LENGTH);
            }
            return columns(staged, packer);
        }
    }

    /** All that a chunk is made of. */
    private static List<String> columns(final StagedColumns staged, final ColumnPacker packer) {
        packer.pack();
        final List<String> columns = new ArrayList<>();
        final UnsafeBuffer head = new UnsafeBuffer(new byte[1024]);
        packer.putHead(head, 0);
        staged.contents.put(head, 512);
        columns.add(hex(head, 0, head.capacity()));
        for (int section = 0; section < ColumnDescriptor.SECTION_COUNT; section++) {
            columns.add(
                    hex(packer.sectionMemory(section), packer.sectionOffset(section), packer.sectionLength(section)));
        }
        columns.add(staged.firstSequence + " " + staged.firstTimeNs + " " + staged.lastTimeNs + " " + staged.leastTimeNs
                + " " + staged.greatestTimeNs);
        return columns;
    }

    private static String hex(final UnsafeBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return ContentHash.toHex(bytes);
    }

    @Test
    void shouldWriteOneFileWhateverTheBatchesAndReadItBack() throws IOException {
        for (long seed = 0; seed < MARKETS / 3; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int count = 1 + random.nextInt(1 << random.nextInt(1, 13));
            final int chunkCapacity = 1 + random.nextInt(1 << random.nextInt(1, 13));
            final byte[] slots = tangled(count, seed);
            final Path single = folder.resolve("single" + seed);
            Format2Files.write(single, chunkCapacity, slots);
            final Path batched = folder.resolve("batched" + seed);
            writeInBatches(batched, chunkCapacity, slots, random);
            assertThat(batched).as("seed %d", seed).hasSameBinaryContentAs(single);
            assertThat(Format2Files.read(batched)).as("seed %d", seed).isEqualTo(slots);
            Files.delete(single);
            Files.delete(batched);
        }
    }

    private static void writeInBatches(
            final Path path, final int chunkCapacity, final byte[] bytes, final SplittableRandom random)
            throws IOException {
        final SlotArray slots = new SlotArray(1 << 13);
        slots.buffer().putBytes(0, bytes);
        final int count = bytes.length / SLOT_LENGTH;
        final int mostAtOnce = 1 << random.nextInt(12);
        try (Format2Writer writer =
                Format2Writer.create(path, Format2Files.metadata(), chunkCapacity, Format2Files.NO_SYNC)) {
            int at = 0;
            while (at < count) {
                final int taken = Math.min(count - at, 1 + random.nextInt(mostAtOnce));
                writer.append(slots, at, at + taken - 1);
                at += taken;
            }
        }
    }

    /**
     * Runs of orders and of what refers to them, from few ids and so that nothing is in its place: orders that are named
     * before they are made, made twice, and named by another instrument; more kinds than there are forms; prices that
     * leap; now and then a record of any other kind.
     */
    private static byte[] tangled(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(~seed);
        final byte[] slots = Format2Files.plausible(count, seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final byte[] others = Format2Files.market(count, seed);
        final int ids = 1 + random.nextInt(1 << random.nextInt(1, 13));
        final int instruments = 1 + random.nextInt(1 << random.nextInt(1, 10));
        final int flags = 1 + random.nextInt(4);
        final int seldom = 1 << random.nextInt(2, 9);
        final boolean haveReferencesPrices = random.nextBoolean();
        final boolean doPricesLeap = random.nextInt(4) == 0;
        final int mostLate = random.nextInt(1, 40);
        long lateNs = 0;
        for (int i = 0, at = 0; i < count; i++, at += SLOT_LENGTH) {
            if (random.nextInt(seldom) == 0) {
                buffer.putBytes(at, others, at, SLOT_LENGTH);
                continue;
            }
            final int id = random.nextInt(ids);
            final boolean isAdd = random.nextBoolean();
            final boolean isOdd = random.nextInt(seldom) == 0;
            final int type = isAdd ? EventTypeCode.ADD : EventTypeCode.REDUCE + random.nextInt(4);
            final int price = (isOdd ? random.nextInt(100) : id % 11)
                    + (doPricesLeap && isOdd ? random.nextInt(-1 << 25, 1 << 25) : 0);
            lateNs += isOdd ? random.nextLong(1L << mostLate) : 0;
            final long timeNs = buffer.getLong(at + EVENT_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN) + lateNs;
            buffer.putLong(at + EVENT_TIME_OFFSET, timeNs, ByteOrder.LITTLE_ENDIAN);
            buffer.putByte(at + EVENT_TYPE_OFFSET, (byte) type);
            buffer.putByte(at + SIDE_OFFSET, (byte) random.nextInt(3));
            buffer.putShort(at + FLAGS_OFFSET, (short) random.nextInt(flags), ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(at + ORDER_ID_OFFSET, id, ByteOrder.LITTLE_ENDIAN);
            buffer.putLong(
                    at + AUX_ID_OFFSET,
                    isAdd || random.nextBoolean() ? 0 : random.nextInt(100),
                    ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(
                    at + INSTRUMENT_ID_OFFSET,
                    isOdd ? random.nextInt(instruments) : id % instruments,
                    ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(at + PRICE_OFFSET, isAdd || haveReferencesPrices ? price : 0, ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(
                    at + QUANTITY_OFFSET, random.nextBoolean() ? 100 : random.nextInt(1_000), ByteOrder.LITTLE_ENDIAN);
        }
        return slots;
    }
}
