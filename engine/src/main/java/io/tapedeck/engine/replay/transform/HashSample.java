package io.tapedeck.engine.replay.transform;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.RecordFilter;
import org.agrona.DirectBuffer;

/**
 * Keeps about one in M events: those whose sequence, mixed by the finalizer of SplitMix64, leaves the remainder R when
 * divided by M as an unsigned number. The same records are kept however a tape is read, whole, in parts or in parallel.
 * Records that are no events are all kept.
 */
public final class HashSample implements Transform, RecordFilter {
    private final int modulus;
    private final int remainder;

    /**
     * A sampler.
     *
     * @param modulus   M, 1 or more.
     * @param remainder R, 0 to M - 1.
     * @throws IllegalArgumentException if they are out of range.
     */
    public HashSample(final int modulus, final int remainder) {
        if (modulus < 1 || remainder < 0 || remainder >= modulus) {
            throw new IllegalArgumentException(
                    "a hash sample needs a modulus of at least 1 and a remainder below it: modulus=" + modulus
                            + ", remainder=" + remainder);
        }
        this.modulus = modulus;
        this.remainder = remainder;
    }

    @Override
    public boolean keeps(final DirectBuffer buffer, final int slotOffset) {
        if (!EventSlotDescriptor.isEvent(buffer, slotOffset)) {
            return true;
        }
        long z = buffer.getLong(slotOffset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return Long.remainderUnsigned(z ^ (z >>> 31), modulus) == remainder;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        for (long at = low; at <= high; at++) {
            if (keeps(slots.buffer(), slots.offset(at))) {
                out.pass(slots.buffer(), slots.offset(at));
            } else {
                out.drop(1);
            }
        }
    }

    @Override
    public boolean isStateful() {
        return false;
    }

    @Override
    public boolean isSampler() {
        return true;
    }
}
