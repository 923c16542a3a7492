package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;

import java.nio.ByteOrder;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;

/** Adds up the sequences of the records that it is given, events and messages of the instruments that are wanted. */
final class SequenceSum implements EventHandler {
    private final IntPredicate wanted;
    private long count;
    private long sum;

    /** Adds up for the instruments that a predicate of ids wants. */
    SequenceSum(final IntPredicate wanted) {
        this.wanted = wanted;
    }

    @Override
    public void onEvent(
            final long sequence,
            final long timeNs,
            final int eventType,
            final int side,
            final int flags,
            final int instrumentId,
            final long orderId,
            final long auxId,
            final int priceTicks,
            final int quantity) {
        add(instrumentId, sequence);
    }

    @Override
    public void onItchMessage(final DirectBuffer slots, final int offset) {
        add(Format2Files.instrumentId(slots, offset), slots.getLong(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN));
    }

    private void add(final int instrumentId, final long sequence) {
        if (wanted.test(instrumentId)) {
            count++;
            sum += sequence;
        }
    }

    /** How many records there were. */
    long count() {
        return count;
    }

    long sum() {
        return sum;
    }
}
