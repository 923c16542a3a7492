package io.tapedeck.engine.pipeline;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.record.SlotArray;

/** Fills all 64 bytes of a slot from its sequence, so that a slot with a byte of any other write is told at once. */
final class SlotPattern {
    private SlotPattern() {}

    static void fill(final SlotArray slots, final long sequence) {
        final int offset = slots.offset(sequence);
        for (int i = 0; i < SLOT_LENGTH; i += Long.BYTES) {
            slots.buffer().putLong(offset + i, word(sequence, i));
        }
    }

    static void fill(final SlotArray slots, final long low, final long high) {
        for (long sequence = low; sequence <= high; sequence++) {
            fill(slots, sequence);
        }
    }

    static boolean isIntact(final SlotArray slots, final long sequence) {
        final int offset = slots.offset(sequence);
        long difference = 0;
        for (int i = 0; i < SLOT_LENGTH; i += Long.BYTES) {
            difference |= slots.buffer().getLong(offset + i) ^ word(sequence, i);
        }
        return difference == 0;
    }

    /** A running digest over what was written or read, in order. */
    static long digest(final long before, final SlotArray slots, final long low, final long high) {
        long digest = before;
        for (long sequence = low; sequence <= high; sequence++) {
            final int offset = slots.offset(sequence);
            for (int i = 0; i < SLOT_LENGTH; i += Long.BYTES) {
                digest = digest * 0x9E3779B97F4A7C15L + slots.buffer().getLong(offset + i);
            }
        }
        return digest;
    }

    private static long word(final long sequence, final int i) {
        final long mixed = (sequence * SLOT_LENGTH + i) * 0xBF58476D1CE4E5B9L;
        return mixed ^ mixed >>> 31;
    }
}
