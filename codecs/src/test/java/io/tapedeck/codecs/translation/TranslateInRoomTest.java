package io.tapedeck.codecs.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways to translate a record give the same bytes, or refuse it for the same reason. */
@Tag("campaign")
class TranslateInRoomTest {
    private static final int RECORDS = Integer.getInteger("tapedeck.mutants", 20_000);
    private static final int SLOT = 64;

    private final LocateDirectory directory = new LocateDirectory();
    private final RecordToItch translator = new RecordToItch(directory);
    private final UnsafeBuffer slot = new UnsafeBuffer(ByteBuffer.allocateDirect(SLOT));
    private final byte[] expected = new byte[RecordToItch.ROOM];
    private final byte[] actual = new byte[RecordToItch.ROOM];

    TranslateInRoomTest() {
        directory.define(1, Alpha.toLong("AAPL"), 100);
        directory.define(2, Alpha.toLong("MSFT"), 1);
        directory.define(3, 0x8000_0000_0000_0000L, 1_000_000);
        directory.define(40_000, Alpha.toLong("LATE"), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveTheSameBytesWhateverTheRecord(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] byLength = new int[RecordToItch.ROOM + 1];
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            makeRecord(random);
            final int flaws = random.nextInt(3) - 1;
            for (int flaw = 0; flaw < flaws; flaw++) {
                addFlaw(random);
            }
            Arrays.fill(expected, (byte) 0);
            final int length = translator.translate(slot, 0, new UnsafeBuffer(expected), 0);

            assertThat(translator.translateInRoom(slot, 0, new UnsafeBuffer(actual), 0))
                    .isEqualTo(length);
            if (length < 0) {
                refused++;
            } else {
                byLength[length]++;
                assertThat(Arrays.copyOf(actual, length)).isEqualTo(Arrays.copyOf(expected, length));
            }
        }
        assertThat(refused).isPositive();
        // D, X, E, A, F and a longer one.
        for (final int length : new int[] {19, 23, 31, 36, 40, 44}) {
            assertThat(byLength[length]).as("messages of %d bytes", length).isPositive();
        }
    }

    private void makeRecord(final SplittableRandom random) {
        slot.putLong(0, EVENT_HEADER, ByteOrder.LITTLE_ENDIAN);
        slot.putLong(EventSlotDescriptor.SEQUENCE_OFFSET, random.nextLong());
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

    private static final long EVENT_HEADER;

    static {
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[SLOT]);
        new io.tapedeck.codecs.sbe.EventEncoder()
                .wrapAndApplyHeader(slot, 0, new io.tapedeck.codecs.sbe.MessageHeaderEncoder());
        EVENT_HEADER = slot.getLong(0, ByteOrder.LITTLE_ENDIAN);
    }
}
