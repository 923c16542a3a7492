package io.tapedeck.codecs.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.InstrumentDefinitionEncoder;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.MessageHeaderEncoder;
import io.tapedeck.codecs.sbe.SessionEndEncoder;
import io.tapedeck.codecs.sbe.SessionStartEncoder;
import io.tapedeck.codecs.sbe.Side;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The descriptors are written by hand, the codecs by the schema: they must be the same layout. */
class EventSlotDescriptorTest {
    private static final int HEADER = EventSlotDescriptor.HEADER_LENGTH;
    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventSlotDescriptor.SLOT_LENGTH]);

    @Test
    void shouldNameTheOffsetsThatTheSchemaGivesAnEvent() {
        final Map<Integer, Integer> offsets = new LinkedHashMap<>();
        offsets.put(EventSlotDescriptor.SEQUENCE_OFFSET, EventDecoder.sequenceEncodingOffset());
        offsets.put(EventSlotDescriptor.EVENT_TIME_OFFSET, EventDecoder.eventTimeNsEncodingOffset());
        offsets.put(EventSlotDescriptor.ORDER_ID_OFFSET, EventDecoder.orderIdEncodingOffset());
        offsets.put(EventSlotDescriptor.AUX_ID_OFFSET, EventDecoder.auxIdEncodingOffset());
        offsets.put(EventSlotDescriptor.INSTRUMENT_ID_OFFSET, EventDecoder.instrumentIdEncodingOffset());
        offsets.put(EventSlotDescriptor.PRICE_OFFSET, EventDecoder.priceEncodingOffset());
        offsets.put(EventSlotDescriptor.QUANTITY_OFFSET, EventDecoder.quantityEncodingOffset());
        offsets.put(EventSlotDescriptor.MPID_OFFSET, EventDecoder.mpidEncodingOffset());
        offsets.put(EventSlotDescriptor.FLAGS_OFFSET, EventDecoder.flagsEncodingOffset());
        offsets.put(EventSlotDescriptor.TRACKING_OFFSET, EventDecoder.trackingEncodingOffset());
        offsets.put(EventSlotDescriptor.EVENT_TYPE_OFFSET, EventDecoder.eventTypeEncodingOffset());
        offsets.put(EventSlotDescriptor.SIDE_OFFSET, EventDecoder.sideEncodingOffset());
        offsets.put(EventSlotDescriptor.RESERVED_OFFSET, EventDecoder.reservedEncodingOffset());

        assertThat(offsets)
                .hasSize(13)
                .allSatisfy((slotOffset, blockOffset) -> assertThat(slotOffset).isEqualTo(HEADER + blockOffset));
        assertThat(HEADER + EventEncoder.BLOCK_LENGTH).isEqualTo(EventSlotDescriptor.SLOT_LENGTH);
    }

    @Test
    void shouldNameTheOffsetsThatTheSchemaGivesACarriedMessage() {
        assertThat(EventSlotDescriptor.SEQUENCE_OFFSET).isEqualTo(HEADER + ItchMessageEncoder.sequenceEncodingOffset());
        assertThat(EventSlotDescriptor.EVENT_TIME_OFFSET)
                .isEqualTo(HEADER + ItchMessageEncoder.eventTimeNsEncodingOffset());
        assertThat(ItchSlotDescriptor.BODY_OFFSET).isEqualTo(HEADER + ItchMessageEncoder.bodyEncodingOffset());
        assertThat(ItchSlotDescriptor.BODY_CAPACITY).isEqualTo(ItchMessageEncoder.bodyLength());
        assertThat(ItchSlotDescriptor.INSTRUMENT_ID_OFFSET)
                .isEqualTo(HEADER + ItchMessageEncoder.instrumentIdEncodingOffset());
        assertThat(ItchSlotDescriptor.TRACKING_OFFSET).isEqualTo(HEADER + ItchMessageEncoder.trackingEncodingOffset());
        assertThat(ItchSlotDescriptor.ITCH_TYPE_OFFSET).isEqualTo(HEADER + ItchMessageEncoder.itchTypeEncodingOffset());
        assertThat(ItchSlotDescriptor.BODY_SIZE_OFFSET).isEqualTo(HEADER + ItchMessageEncoder.bodySizeEncodingOffset());
        assertThat(HEADER + ItchMessageEncoder.BLOCK_LENGTH).isEqualTo(EventSlotDescriptor.SLOT_LENGTH);
    }

    @Test
    void shouldHaveTheHeaderNumbersThatTheCodecsWrite() {
        new EventEncoder().wrapAndApplyHeader(slot, 0, new MessageHeaderEncoder());
        assertThat(slot.getLong(0)).isEqualTo(EventSlotDescriptor.EVENT_HEADER);
        assertThat(EventSlotDescriptor.isEvent(slot, 0)).isTrue();
        assertThat(ItchSlotDescriptor.isItchMessage(slot, 0)).isFalse();

        new ItchMessageEncoder().wrapAndApplyHeader(slot, 0, new MessageHeaderEncoder());
        assertThat(slot.getLong(0)).isEqualTo(ItchSlotDescriptor.ITCH_MESSAGE_HEADER);
        assertThat(EventSlotDescriptor.isEvent(slot, 0)).isFalse();
        assertThat(ItchSlotDescriptor.isItchMessage(slot, 0)).isTrue();
    }

    @Test
    void shouldHaveTheCodesOfTheSchema() {
        final Map<String, Integer> types = new LinkedHashMap<>();
        for (final EventType type : EventType.values()) {
            types.put(type.name(), (int) type.value());
        }
        types.remove(EventType.NULL_VAL.name());
        final Map<String, Integer> sides = new LinkedHashMap<>();
        for (final Side side : Side.values()) {
            sides.put(side.name(), (int) side.value());
        }
        sides.remove(Side.NULL_VAL.name());

        assertThat(constantsOf(EventTypeCode.class)).isEqualTo(types).hasSize(9);
        assertThat(constantsOf(SideCode.class)).isEqualTo(sides).hasSize(3);
    }

    @Test
    void shouldFitEveryMessageOfTheSchemaIntoASlot() {
        assertThat(SessionStartEncoder.BLOCK_LENGTH).isLessThanOrEqualTo(EventEncoder.BLOCK_LENGTH);
        assertThat(InstrumentDefinitionEncoder.BLOCK_LENGTH).isLessThanOrEqualTo(EventEncoder.BLOCK_LENGTH);
        assertThat(SessionEndEncoder.BLOCK_LENGTH).isLessThanOrEqualTo(EventEncoder.BLOCK_LENGTH);
    }

    private static Map<String, Integer> constantsOf(final Class<?> constants) {
        final Map<String, Integer> values = new LinkedHashMap<>();
        for (final var field : constants.getFields()) {
            try {
                values.put(field.getName(), field.getInt(null));
            } catch (final IllegalAccessException ex) {
                throw new AssertionError(ex);
            }
        }
        return values;
    }
}
