package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.RESERVED_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import net.jpountz.xxhash.XXHashFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash of slots is XXH64, however they come. */
class SlotHashTest {
    private static final int COUNT = 300;

    @Test
    void shouldBeXxh64WhateverTheParts() {
        final SplittableRandom random = new SplittableRandom(1);
        final byte[] bytes = new byte[COUNT * SLOT_LENGTH];
        random.nextBytes(bytes);
        final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        slots.putBytes(0, bytes);
        final SlotHash hash = new SlotHash();
        for (int count = 1; count <= COUNT; count++) {
            hash.clear();
            while (hash.count() < count) {
                final int taken = 1 + random.nextInt(count - hash.count());
                hash.update(slots.addressOffset() + hash.count() * SLOT_LENGTH, taken);
            }
            assertThat(hash.value())
                    .as("%d slots", count)
                    .isEqualTo(XXHashFactory.safeInstance().hash64().hash(bytes, 0, count * SLOT_LENGTH, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, SEQUENCE_OFFSET, RESERVED_OFFSET})
    void shouldTakeInNothingIfOneSlotIsNotTheNextEvent(final int wrongByte) {
        final UnsafeBuffer slots = new UnsafeBuffer(ByteBuffer.allocateDirect(COUNT * SLOT_LENGTH));
        for (int i = 0; i < COUNT; i++) {
            slots.putLong(i * SLOT_LENGTH, EVENT_HEADER, ByteOrder.LITTLE_ENDIAN);
            slots.putLong(i * SLOT_LENGTH + SEQUENCE_OFFSET, 7 + i, ByteOrder.LITTLE_ENDIAN);
        }
        final SlotHash hash = new SlotHash();
        assertThat(hash.updateEvents(slots.addressOffset(), 1, 7)).isTrue();
        final long before = hash.value();
        for (int i = 1; i < COUNT; i++) {
            final int at = i * SLOT_LENGTH + wrongByte;
            slots.putByte(at, (byte) (slots.getByte(at) ^ 1));
            assertThat(hash.updateEvents(slots.addressOffset() + SLOT_LENGTH, COUNT - 1, 8))
                    .isFalse();
            slots.putByte(at, (byte) (slots.getByte(at) ^ 1));
        }
        assertThat(hash.value()).isEqualTo(before);
        assertThat(hash.count()).isEqualTo(1);
        assertThat(hash.updateEvents(slots.addressOffset() + SLOT_LENGTH, COUNT - 1, 8))
                .isTrue();
    }
}
