package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchSamples;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.ItchMessageDecoder;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.TestData;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that goes through a record is the same message, byte for byte. */
class TranslationRoundTripTest {
    private static final String EVENT_TYPES = "AFECXDUPQB";

    private final LocateDirectory directory = new LocateDirectory();
    private final ItchToRecord toRecord = new ItchToRecord(directory);
    private final RecordToItch toItch = new RecordToItch(directory);
    private final SlotArray slots = new SlotArray(4);

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void shouldGiveBackEverySyntheticMessage(final long seed) {
        assertRoundTrip(ItchSamples.plausible(seed, 200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itch/all-23-types.itch50",
                "itch/nasdaq-start-of-day.itch50",
                "itch/nasdaq-20191230-open.itch50",
                "itch/aapl-20120621-0930-1030.itch50"
            })
    void shouldGiveBackEveryRealMessage(final String file) {
        assertRoundTrip(ItchSamples.split(TestData.bytes(file)));
    }

    @Test
    void shouldMakeTheSameRecordAgainFromTheMessageThatARecordGave() {
        final UnsafeBuffer buffer = slots.buffer();
        final List<byte[]> messages = ItchSamples.plausible(24, 50);
        messages.forEach(this::learn);
        for (final byte[] message : messages) {
            buffer.setMemory(0, SLOT_LENGTH, (byte) 0x5A);
            buffer.setMemory(SLOT_LENGTH, SLOT_LENGTH, (byte) 0xA5);
            final UnsafeBuffer again = new UnsafeBuffer(new byte[message.length]);
            toRecord.translate(new UnsafeBuffer(message), 0, message.length, buffer, 0, 9);
            toItch.translate(buffer, 0, again, 0);
            toRecord.translate(again, 0, message.length, buffer, SLOT_LENGTH, 9);

            for (int i = 0; i < SLOT_LENGTH; i++) {
                assertThat(buffer.getByte(SLOT_LENGTH + i)).isEqualTo(buffer.getByte(i));
            }
        }
    }

    @Test
    void shouldAllocateNothingWhenMessagesAreTranslatedThereAndBack() {
        final List<byte[]> messages = ItchSamples.plausible(25, 20);
        messages.forEach(this::learn);
        final UnsafeBuffer file = new UnsafeBuffer(ItchSamples.join(messages));
        final UnsafeBuffer target = new UnsafeBuffer(new byte[64]);
        final long[] translated = new long[1];
        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < 100; i++) {
                        int offset = 0;
                        for (int m = 0; m < messages.size(); m++) {
                            final int length = file.getShort(offset, BIG_ENDIAN);
                            toRecord.translate(file, offset + 2, length, slots.buffer(), slots.offset(m), m);
                            translated[0] += toItch.translate(slots.buffer(), slots.offset(m), target, 0);
                            offset += 2 + length;
                        }
                    }
                },
                5);

        assertThat(translated[0])
                .isEqualTo(5 * 100 * messages.stream().mapToLong(m -> m.length).sum());
        assertThat(bytes).isZero();
    }

    private void assertRoundTrip(final List<byte[]> messages) {
        assertThat(messages).isNotEmpty();
        long sequence = 1;
        for (final byte[] message : messages) {
            learn(message);
            assertRoundTrip(message, sequence++);
        }
    }

    private void assertRoundTrip(final byte[] message, final long sequence) {
        final int slot = slots.offset(sequence);
        slots.buffer().setMemory(slot, SLOT_LENGTH, (byte) 0x5A);
        final UnsafeBuffer itch = new UnsafeBuffer(message);
        final int template =
                EVENT_TYPES.indexOf(message[0]) >= 0 ? EventDecoder.TEMPLATE_ID : ItchMessageDecoder.TEMPLATE_ID;
        assertThat(toRecord.translate(itch, 0, message.length, slots.buffer(), slot, sequence))
                .isEqualTo(template);
        assertThat(slots.templateId(sequence)).isEqualTo(template);
        assertThat(slots.buffer().getLong(slot + EventSlotDescriptor.SEQUENCE_OFFSET))
                .isEqualTo(sequence);
        assertThat(slots.buffer().getLong(slot + EventSlotDescriptor.EVENT_TIME_OFFSET))
                .isEqualTo(ItchHeaderDescriptor.timestampNs(itch, 0));

        final UnsafeBuffer target = new UnsafeBuffer(new byte[message.length + 2]);
        assertThat(toItch.length(slots.buffer(), slot)).isEqualTo(message.length);
        assertThat(toItch.translate(slots.buffer(), slot, target, 1)).isEqualTo(message.length);
        assertThat(Arrays.copyOfRange(target.byteArray(), 1, 1 + message.length))
                .isEqualTo(message);
        assertThat(target.getByte(0)).isZero();
        assertThat(target.getByte(1 + message.length)).isZero();
    }

    private void learn(final byte[] message) {
        final int locate = ItchHeaderDescriptor.stockLocate(new UnsafeBuffer(message), 0);
        final long stock = ItchSamples.stock(message);
        if (0 != locate && 0 != stock) {
            directory.define(locate, stock, 1);
        }
    }
}
