package io.tapedeck.engine.record;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes records into the slots of a sink and numbers them without a gap. Slots are claimed in batches; what was
 * written is visible to the sink's readers when a batch is full, and after {@link #flush()}.
 *
 * <p>Once the sink is closed, records go nowhere: whoever writes looks at {@link #isClosed()} when it suits him.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public final class RecordWriter {
    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;
    private static final int TYPE_SHIFT = 32;
    private static final int SIDE_SHIFT = 40;

    private final RecordSink sink;
    private final int claimSize;
    private SlotArray slots;
    private UnsafeBuffer buffer;
    private long claimLow;
    private long next;
    private long claimLimit;
    private long sequence;
    private boolean isClosed;

    /**
     * A writer that has claimed nothing yet.
     *
     * @param sink lends the slots; nobody else claims from it.
     */
    public RecordWriter(final RecordSink sink) {
        this.sink = sink;
        claimSize = sink.claimSize();
    }

    /** Starts a new numbering: the next record has the sequence 1. */
    public void restart() {
        sequence = 0;
    }

    /**
     * Takes the next slot for a record that the caller encodes, sequence included.
     *
     * @return byte offset of the slot in {@link #buffer()}; its old content is still there.
     */
    public int nextOffset() {
        if (next == claimLimit) {
            turnOver();
        }
        sequence++;
        return slots.offset(next++);
    }

    /**
     * The memory that the last {@link #nextOffset()} lies in.
     *
     * @return may change with every slot.
     */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /**
     * The number of the last record.
     *
     * @return 0 when there was none.
     */
    public long sequence() {
        return sequence;
    }

    /**
     * Writes an order event; fields that it does not name are zero.
     *
     * @param timeNs       since midnight.
     * @param type         one of {@link io.tapedeck.codecs.record.EventTypeCode}.
     * @param side         one of {@link io.tapedeck.codecs.record.SideCode}.
     * @param flags        bits of {@link io.tapedeck.codecs.record.EventFlags}.
     * @param orderId      of the order.
     * @param auxId        match number, or 0.
     * @param instrumentId from 1.
     * @param priceTicks   of the order.
     * @param quantity     in shares.
     */
    public void event(
            final long timeNs,
            final int type,
            final int side,
            final int flags,
            final long orderId,
            final long auxId,
            final int instrumentId,
            final int priceTicks,
            final int quantity) {
        final int offset = nextOffset();
        final UnsafeBuffer to = buffer;
        // Eight whole words, each holding the neighbours of one descriptor line: no byte of the old content remains.
        to.putLong(offset, EVENT_HEADER, LITTLE_ENDIAN);
        to.putLong(offset + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        to.putLong(offset + EVENT_TIME_OFFSET, timeNs, LITTLE_ENDIAN);
        to.putLong(offset + ORDER_ID_OFFSET, orderId, LITTLE_ENDIAN);
        to.putLong(offset + AUX_ID_OFFSET, auxId, LITTLE_ENDIAN);
        to.putLong(offset + INSTRUMENT_ID_OFFSET, instrumentId | (long) priceTicks << Integer.SIZE, LITTLE_ENDIAN);
        to.putLong(offset + QUANTITY_OFFSET, quantity & UNSIGNED_INT, LITTLE_ENDIAN);
        to.putLong(offset + FLAGS_OFFSET, flags | (long) type << TYPE_SHIFT | (long) side << SIDE_SHIFT, LITTLE_ENDIAN);
    }

    /**
     * Writes a record as it lies elsewhere, with a sequence of its own.
     *
     * @param from   that holds the record.
     * @param offset of its 64 bytes.
     */
    public void copy(final DirectBuffer from, final int offset) {
        final int to = nextOffset();
        buffer.putLong(to, from.getLong(offset));
        buffer.putLong(to + SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        for (int at = EVENT_TIME_OFFSET; at < SLOT_LENGTH; at += Long.BYTES) {
            buffer.putLong(to + at, from.getLong(offset + at));
        }
    }

    /** Hands over what has been written. */
    public void flush() {
        if (!isClosed && next > claimLow) {
            sink.publish(claimLow, next - 1);
            claimLow = next;
            claimLimit = next;
        }
    }

    /**
     * Whether the sink takes nothing more.
     *
     * @return true from the first claim on that it refused.
     */
    public boolean isClosed() {
        return isClosed;
    }

    private void turnOver() {
        flush();
        claimLow = isClosed ? RecordSink.CLOSED : sink.claim(claimSize);
        if (claimLow == RecordSink.CLOSED) {
            close();
            return;
        }
        slots = sink.slots();
        buffer = slots.buffer();
        next = claimLow;
        claimLimit = claimLow + claimSize;
    }

    /** From now on a slot that nobody reads takes every record. */
    private void close() {
        isClosed = true;
        slots = new SlotArray(1);
        buffer = slots.buffer();
        next = 0;
        claimLimit = Long.MAX_VALUE;
    }
}
