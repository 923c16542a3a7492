package io.tapedeck.codecs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.ItchMessageDecoder;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.Side;
import io.tapedeck.testing.AllocationMeter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotArrayTest {
    private final EventEncoder encoder = new EventEncoder();
    private final EventDecoder decoder = new EventDecoder();
    private final SlotArray slots = new SlotArray(8);

    @Test
    void shouldPutEachSlotOnACacheLineOfItsOwn() {
        assertThat(slots.buffer().addressOffset() % EventSlotDescriptor.SLOT_ALIGNMENT)
                .isZero();
        assertThat(slots.buffer().capacity()).isEqualTo(8 * EventSlotDescriptor.SLOT_LENGTH);
        assertThat(slots.offset(0)).isZero();
        assertThat(slots.offset(7)).isEqualTo(448);
        assertThat(slots.offset(8)).isZero();
        assertThat(slots.offset(Long.MAX_VALUE)).isEqualTo(448);
    }

    @Test
    void shouldGiveBackWhatWasWrittenWhenASlotIsWrappedAgain() {
        slots.wrap(encoder, 13)
                .sequence(14)
                .eventTimeNs(34_200_000_000_001L)
                .orderId(-1)
                .auxId(Long.MIN_VALUE)
                .instrumentId(65_535)
                .price(-7)
                .quantity(Integer.MAX_VALUE)
                .mpid(0x4E534451)
                .flags(EventFlags.OPENING | EventFlags.ATTRIBUTED)
                .tracking(65_535)
                .eventType(EventType.ADD)
                .side(Side.SELL)
                .reserved(0);

        assertThat(slots.templateId(13)).isEqualTo(EventDecoder.TEMPLATE_ID);
        assertThat(slots.templateId(12)).isZero();
        slots.wrap(decoder, 5);
        assertThat(decoder.sequence()).isEqualTo(14);
        assertThat(decoder.eventTimeNs()).isEqualTo(34_200_000_000_001L);
        assertThat(decoder.orderId()).isEqualTo(-1);
        assertThat(decoder.auxId()).isEqualTo(Long.MIN_VALUE);
        assertThat(decoder.instrumentId()).isEqualTo(65_535);
        assertThat(decoder.price()).isEqualTo(-7);
        assertThat(decoder.quantity()).isEqualTo(Integer.MAX_VALUE);
        assertThat(decoder.mpid()).isEqualTo(0x4E534451);
        assertThat(decoder.flags()).isEqualTo(9);
        assertThat(decoder.tracking()).isEqualTo(65_535);
        assertThat(decoder.eventTypeRaw()).isEqualTo((short) EventTypeCode.ADD);
        assertThat(decoder.sideRaw()).isEqualTo((short) SideCode.SELL);
        assertThat(decoder.reserved()).isZero();
    }

    @Test
    void shouldTellACarriedMessageFromAnEvent() {
        slots.wrap(new ItchMessageEncoder(), 3)
                .sequence(4)
                .itchType((short) 'h')
                .bodySize((short) 10);

        assertThat(slots.templateId(3)).isEqualTo(ItchMessageDecoder.TEMPLATE_ID);
        final ItchMessageDecoder carried = slots.wrap(new ItchMessageDecoder(), 3);
        assertThat(carried.sequence()).isEqualTo(4);
        assertThat(carried.itchType()).isEqualTo((short) 'h');
        assertThat(carried.bodySize()).isEqualTo((short) 10);
    }

    @Test
    void shouldAllocateNothingWhenSlotsAreWrittenAndRead() {
        final long[] sum = new long[1];
        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (long i = 0; i < 100_000; i++) {
                        slots.wrap(encoder, i)
                                .sequence(i)
                                .eventType(EventType.DELETE)
                                .side(Side.BUY);
                        sum[0] += slots.wrap(decoder, i).sequence() + decoder.eventTypeRaw();
                    }
                },
                5);

        assertThat(sum[0]).isEqualTo(5 * (99_999L * 50_000 + 3L * 100_000));
        assertThat(bytes).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3, 100, Integer.MIN_VALUE, 1 << 25, 1 << 30})
    void shouldRefuseACapacityThatIsNoPowerOfTwoOrTooLarge(final int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlotArray(capacity))
                .withMessageContaining("capacity=" + capacity);
    }
}
