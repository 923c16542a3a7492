package io.tapedeck.codecs.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SlotArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records translated together give the bytes of records translated one by one, and nothing is written elsewhere. */
@Tag("campaign")
class TranslateBlocksTest {
    private static final int RECORDS = Integer.getInteger("tapedeck.mutants", 20_000);
    private static final int SLOT = 64;
    private static final int BATCH = 64;
    private static final int MARGIN = 64;
    private static final int LIMIT = 1_472;
    private static final byte UNTOUCHED = 0x5A;
    private static final String ORDINARY = "AFEXDUP";

    private final LocateDirectory directory = new LocateDirectory();
    private final RecordToItch translator = new RecordToItch(directory);
    private final SlotArray slots = new SlotArray(BATCH);
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[SLOT]);
    private final UnsafeBuffer blocks =
            new UnsafeBuffer(ByteBuffer.allocateDirect(MARGIN + LIMIT + RecordToItch.SPARE + MARGIN));
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[ItchMessageType.MAX_LENGTH]);

    TranslateBlocksTest() {
        directory.define(1, Alpha.toLong("AAPL"), 100);
        directory.define(2, Alpha.toLong("MSFT"), 1);
        directory.define(3, 0x8000_0000_0000_0000L, 1_000_000);
        directory.define(40_000, Alpha.toLong("LATE"), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveTheSameBytesWhateverTheRecord(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] byType = new int[256];
        int alone = 0;
        for (int made = 0; made < RECORDS; made += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                makeRecord(random, 1 + i);
                final int flaws = random.nextInt(3) - 1;
                for (int flaw = 0; flaw < flaws; flaw++) {
                    addFlaw(random);
                }
                slots.buffer().putBytes(slots.offset(i), slot, 0, SLOT);
            }
            int next = 0;
            while (next < BATCH) {
                final int limit = random.nextInt(LIMIT);
                final int translated = translate(next, limit);
                assertWritten(next, translated, limit, byType);
                next += translated;
                if (translated == 0) {
                    alone++;
                    next++;
                }
            }
        }
        assertThat(alone).isPositive();
        for (final char type : ORDINARY.toCharArray()) {
            assertThat(byType[type]).as("messages of type %s", type).isPositive();
        }
    }

    /** What they say of the resting order, or do not say, makes no difference. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                EventTypeCode.ADD,
                EventTypeCode.REDUCE,
                EventTypeCode.DELETE,
                EventTypeCode.EXECUTE,
                EventTypeCode.REPLACE,
                EventTypeCode.TRADE
            })
    void shouldTakeEveryOrderAndTradeThatHasNoFlaw(final int type) {
        final SplittableRandom random = new SplittableRandom(type);
        for (int i = 0; i < BATCH; i++) {
            makeRecord(random, 1 + i);
            slot.putByte(EventSlotDescriptor.EVENT_TYPE_OFFSET, (byte) type);
            slot.putInt(EventSlotDescriptor.INSTRUMENT_ID_OFFSET, 1 + i % 2, ByteOrder.LITTLE_ENDIAN);
            slots.buffer().putBytes(slots.offset(i), slot, 0, SLOT);
        }
        int next = 0;
        while (next < BATCH) {
            final int translated = translate(next, LIMIT);
            assertThat(translated).isPositive();
            next += translated;
        }
    }

    @Test
    void shouldStopWhereNumbersAreLeftOut() {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < BATCH; i++) {
            makeRecord(random, i < 7 ? 1 + i : 2 + i);
            slot.putByte(EventSlotDescriptor.EVENT_TYPE_OFFSET, (byte) EventTypeCode.DELETE);
            slot.putInt(EventSlotDescriptor.INSTRUMENT_ID_OFFSET, 1, ByteOrder.LITTLE_ENDIAN);
            slots.buffer().putBytes(slots.offset(i), slot, 0, SLOT);
        }

        assertThat(translate(0, LIMIT)).isEqualTo(7);
        assertThat(translator.blocksEnd()).isEqualTo(MARGIN + 7 * (2 + OrderDelete.LENGTH));
        assertThat(translate(7, LIMIT)).isZero();
        assertThat(translator.blocksEnd()).isEqualTo(MARGIN);
    }

    private int translate(final int next, final int limit) {
        blocks.setMemory(0, blocks.capacity(), UNTOUCHED);
        return translator.translateBlocks(
                slots.buffer(), slots.offset(next), BATCH - next, 1 + next, blocks, MARGIN, MARGIN + limit);
    }

    private void assertWritten(final int first, final int translated, final int limit, final int[] byType) {
        int at = MARGIN;
        for (int i = first; i < first + translated; i++) {
            final int length = translator.translate(slots.buffer(), slots.offset(i), message, 0);
            assertThat((int) blocks.getShort(at, ByteOrder.BIG_ENDIAN)).isEqualTo(length);
            for (int b = 0; b < length; b++) {
                assertThat(blocks.getByte(at + 2 + b)).isEqualTo(message.getByte(b));
            }
            byType[message.getByte(0)]++;
            at += 2 + length;
        }
        assertThat(translator.blocksEnd()).isEqualTo(at).isLessThanOrEqualTo(MARGIN + limit);
        for (int i = 0; i < MARGIN; i++) {
            assertThat(blocks.getByte(i)).isEqualTo(UNTOUCHED);
        }
        for (int i = MARGIN + limit + RecordToItch.SPARE; i < blocks.capacity(); i++) {
            assertThat(blocks.getByte(i)).isEqualTo(UNTOUCHED);
        }
    }

    private void makeRecord(final SplittableRandom random, final long sequence) {
        slot.putLong(0, EventSlotDescriptor.EVENT_HEADER, ByteOrder.LITTLE_ENDIAN);
        slot.putLong(EventSlotDescriptor.SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
        slot.putLong(EventSlotDescriptor.EVENT_TIME_OFFSET, random.nextLong(1L << 48), ByteOrder.LITTLE_ENDIAN);
        slot.putLong(EventSlotDescriptor.ORDER_ID_OFFSET, random.nextLong());
        slot.putLong(EventSlotDescriptor.AUX_ID_OFFSET, random.nextLong());
        slot.putInt(
                EventSlotDescriptor.INSTRUMENT_ID_OFFSET,
                random.nextInt(20) == 0 ? 40_000 : 1 + random.nextInt(3),
                ByteOrder.LITTLE_ENDIAN);
        slot.putInt(EventSlotDescriptor.PRICE_OFFSET, random.nextInt(20_000), ByteOrder.LITTLE_ENDIAN);
        slot.putInt(EventSlotDescriptor.QUANTITY_OFFSET, random.nextInt() >>> 1, ByteOrder.LITTLE_ENDIAN);
        slot.putInt(EventSlotDescriptor.MPID_OFFSET, random.nextInt());
        slot.putShort(EventSlotDescriptor.FLAGS_OFFSET, (short) random.nextInt());
        slot.putShort(EventSlotDescriptor.TRACKING_OFFSET, (short) random.nextInt());
        slot.putByte(EventSlotDescriptor.EVENT_TYPE_OFFSET, (byte)
                (EventTypeCode.ADD + random.nextInt(EventTypeCode.BROKEN)));
        slot.putByte(EventSlotDescriptor.SIDE_OFFSET, (byte) (1 + random.nextInt(2)));
    }

    /** A value at an edge, or any, in one of the fields. */
    private void addFlaw(final SplittableRandom random) {
        final int offset = 4 * random.nextInt(SLOT / 4);
        switch (random.nextInt(4)) {
            case 0:
                slot.putInt(offset, random.nextInt());
                break;
            case 1:
                slot.putInt(offset, -1);
                break;
            case 2:
                slot.putInt(offset, 0);
                break;
            default:
                slot.putByte(offset + random.nextInt(4), (byte) random.nextInt());
                break;
        }
    }
}
