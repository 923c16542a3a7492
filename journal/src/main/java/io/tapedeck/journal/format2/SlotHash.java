package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import org.agrona.UnsafeApi;

/**
 * XXH64 with seed 0 of slots that come in parts: a slot is two of its stripes, so that nothing is ever left over between
 * them and slots are read where they are.
 *
 * <p>Slots are read at addresses: the caller vouches for them. Not thread safe.
 */
final class SlotHash {
    private static final long PRIME_1 = 0x9E37_79B1_85EB_CA87L;
    private static final long PRIME_2 = 0xC2B2_AE3D_27D4_EB4FL;
    private static final long PRIME_3 = 0x1656_67B1_9E37_79F9L;
    private static final long PRIME_4 = 0x85EB_CA77_C2B2_AE63L;

    /** Where the reserved bytes are in the last eight of a slot. */
    private static final int RESERVED_SHIFT = 48;

    private long lane1;
    private long lane2;
    private long lane3;
    private long lane4;
    private int count;

    SlotHash() {
        clear();
    }

    /** Begins with no slot. */
    void clear() {
        lane1 = PRIME_1 + PRIME_2;
        lane2 = PRIME_2;
        lane3 = 0;
        lane4 = -PRIME_1;
        count = 0;
    }

    /** Slots so far. */
    int count() {
        return count;
    }

    /** Takes in slots, whatever they are. */
    void update(final long address, final int slots) {
        take(address, slots, 0, 0);
    }

    /**
     * Takes in slots if all are events of these sequences with reserved bytes 0, and else none: the one look at them that
     * waits for memory finds out both.
     *
     * @return whether they were taken in.
     */
    boolean updateEvents(final long address, final int slots, final long firstSequence) {
        return take(address, slots, firstSequence, -1);
    }

    private boolean take(final long address, final int slots, final long firstSequence, final long mask) {
        final long end = address + (long) slots * SLOT_LENGTH;
        long a = lane1;
        long b = lane2;
        long c = lane3;
        long d = lane4;
        long sequence = firstSequence;
        long wrong = 0;
        for (long at = address; at < end; at += SLOT_LENGTH) {
            final long header = UnsafeApi.getLong(at);
            final long found = UnsafeApi.getLong(at + SEQUENCE_OFFSET);
            final long last = UnsafeApi.getLong(at + FLAGS_OFFSET);
            wrong |= header ^ EVENT_HEADER | found ^ sequence++ | last >>> RESERVED_SHIFT;
            a = round(round(a, header), UnsafeApi.getLong(at + 32));
            b = round(round(b, found), UnsafeApi.getLong(at + 40));
            c = round(round(c, UnsafeApi.getLong(at + 16)), UnsafeApi.getLong(at + 48));
            d = round(round(d, UnsafeApi.getLong(at + 24)), last);
        }
        if ((wrong & mask) != 0) {
            return false;
        }
        lane1 = a;
        lane2 = b;
        lane3 = c;
        lane4 = d;
        count += slots;
        return true;
    }

    private static long round(final long lane, final long value) {
        return Long.rotateLeft(lane + value * PRIME_2, 31) * PRIME_1;
    }

    /** The hash of the slots so far, of which there is at least one. */
    long value() {
        long hash = Long.rotateLeft(lane1, 1)
                + Long.rotateLeft(lane2, 7)
                + Long.rotateLeft(lane3, 12)
                + Long.rotateLeft(lane4, 18);
        hash = merge(merge(merge(merge(hash, lane1), lane2), lane3), lane4);
        hash += (long) count * SLOT_LENGTH;
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    private static long merge(final long hash, final long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
}
