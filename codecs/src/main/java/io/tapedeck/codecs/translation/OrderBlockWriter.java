package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.MPID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.codecs.record.EventSlotDescriptor.TRACKING_OFFSET;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Makes the messages that a feed consists of nearly alone, A, F, E, X, D, U and P, without asking which of them it is:
 * their types follow each other like tosses of a coin, and a wrong guess costs more than a message. Up to the order's
 * number all are alike. Behind it every field that any of them has is written, each where the layout of the message has
 * it, and a field that the message does not have behind its end, where the next message goes:
 *
 * <pre>
 *   0        2      3        5          7      13       21
 *  +--------+------+--------+----------+------+--------+- - - - - - -
 *  | length | type | locate | tracking | time | order  | side, price, mpid, shares, stock, aux id
 *  +--------+------+--------+----------+------+--------+- - - - - - -
 * </pre>
 *
 * <p>The side goes first, because where it does not belong another field does; the mpid goes behind the price, which is
 * where F has it. A record that has anything wrong or unusual about it is left to others, who say what.
 *
 * <p>It reads and writes memory outside the heap by address, within bounds that are checked once for many records: only
 * so does the compiler see that what it writes to packets changes no field of this.
 */
final class OrderBlockWriter {
    /** Bytes behind the limit that may be written: a block is written first, and does not fit then. */
    static final int SPARE = OrderBlockLayouts.MAX_WRITTEN_LENGTH;

    private static final int NOT_WRITTEN = 0;
    private static final int BLOCK_TRACKING_OFFSET = 5;
    private static final int BLOCK_ORDER_OFFSET = 13;
    private static final int BLOCK_SIDE_OFFSET = 21;
    private static final int LOCATE_SHIFT = 24;
    private static final int TIME_BITS = 48;
    private static final boolean IS_LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /** A field of the object: a constant of the class would be folded into every offset that is added to it. */
    private final long layouts = OrderBlockLayouts.address();

    private final LocateDirectory directory;
    private int end;

    /** Writes nothing when the directory is of another kind than {@link LocateDirectory}. */
    OrderBlockWriter(final InstrumentDirectory directory) {
        this.directory = directory instanceof LocateDirectory ? (LocateDirectory) directory : new LocateDirectory();
    }

    /** As {@link RecordToItch#translateBlocks} says. */
    int write(
            final DirectBuffer slots,
            final int slotOffset,
            final int count,
            final long sequence,
            final MutableDirectBuffer blocks,
            final int offset,
            final int limit) {
        end = offset;
        if (!IS_LITTLE_ENDIAN || slots.byteArray() != null || blocks.byteArray() != null) {
            return 0;
        }
        slots.boundsCheck(slotOffset, count * SLOT_LENGTH);
        blocks.boundsCheck(offset, limit - offset + SPARE);
        final long blocksAddress = blocks.addressOffset();
        final long limitAddress = blocksAddress + limit;
        long slot = slots.addressOffset() + slotOffset;
        long block = blocksAddress + offset;
        int written = 0;
        while (written < count && UnsafeApi.getLong(slot + SEQUENCE_OFFSET) == sequence + written) {
            final int length = write(slot, block);
            if (length == NOT_WRITTEN || block + length > limitAddress) {
                break;
            }
            block += length;
            slot += SLOT_LENGTH;
            written++;
        }
        end = (int) (block - blocksAddress);
        return written;
    }

    /** Where the last block ends that {@link #write} wrote. */
    int end() {
        return end;
    }

    private int write(final long slot, final long block) {
        final int kind = UnsafeApi.getShort(slot + EVENT_TYPE_OFFSET);
        final long layout = layouts + OrderBlockLayouts.offset(kind, UnsafeApi.getByte(slot + FLAGS_OFFSET));
        final long head = UnsafeApi.getLong(layout);
        final int instrumentId = UnsafeApi.getInt(slot + INSTRUMENT_ID_OFFSET);
        if (head == 0
                || !OrderBlockLayouts.isOrdinary(kind)
                || UnsafeApi.getLong(slot) != EVENT_HEADER
                || !directory.isDefined(instrumentId)) {
            return NOT_WRITTEN;
        }
        final long priceTerms = directory.priceTerms(instrumentId);
        if (!isSound(slot, LocateDirectory.maxPriceTicks(priceTerms))) {
            return NOT_WRITTEN;
        }
        putHead(slot, block, head, instrumentId);
        putBody(slot, block, layout, directory.symbol(instrumentId), (int) priceTerms);
        return UnsafeApi.getByte(layout + OrderBlockLayouts.LENGTH_OFFSET);
    }

    /** A bit of a sign or of a time too long is set for each thing that may not be: one test for all of them. */
    private static boolean isSound(final long slot, final int maxPriceTicks) {
        final int price = UnsafeApi.getInt(slot + PRICE_OFFSET);
        final int wrongSigns = UnsafeApi.getInt(slot + QUANTITY_OFFSET) | price | maxPriceTicks - price;
        return (UnsafeApi.getLong(slot + EVENT_TIME_OFFSET) >>> TIME_BITS | wrongSigns >>> Integer.SIZE - 1) == 0;
    }

    private static void putHead(final long slot, final long block, final long head, final int stockLocate) {
        final long tracking = UnsafeApi.getShort(slot + TRACKING_OFFSET);
        final long timeNs = UnsafeApi.getLong(slot + EVENT_TIME_OFFSET);
        UnsafeApi.putLong(block, head | Long.reverseBytes((long) stockLocate << LOCATE_SHIFT));
        UnsafeApi.putLong(block + BLOCK_TRACKING_OFFSET, Long.reverseBytes(tracking << TIME_BITS | timeNs));
        UnsafeApi.putLong(block + BLOCK_ORDER_OFFSET, Long.reverseBytes(UnsafeApi.getLong(slot + ORDER_ID_OFFSET)));
    }

    private static void putBody(
            final long slot, final long block, final long layout, final long symbol, final int tickSize) {
        final long price = UnsafeApi.getInt(slot + PRICE_OFFSET) * tickSize;
        final long priceAndMpid = price << Integer.SIZE | UnsafeApi.getInt(slot + MPID_OFFSET) & 0xFFFF_FFFFL;
        UnsafeApi.putByte(block + BLOCK_SIDE_OFFSET, UnsafeApi.getByte(layout + OrderBlockLayouts.SIDE_OFFSET));
        UnsafeApi.putLong(
                block + UnsafeApi.getByte(layout + OrderBlockLayouts.PRICE_OFFSET), Long.reverseBytes(priceAndMpid));
        UnsafeApi.putInt(
                block + UnsafeApi.getByte(layout + OrderBlockLayouts.SHARES_OFFSET),
                Integer.reverseBytes(UnsafeApi.getInt(slot + QUANTITY_OFFSET)));
        UnsafeApi.putLong(
                block + UnsafeApi.getByte(layout + OrderBlockLayouts.STOCK_OFFSET), Long.reverseBytes(symbol));
        UnsafeApi.putLong(
                block + UnsafeApi.getByte(layout + OrderBlockLayouts.AUX_ID_OFFSET),
                Long.reverseBytes(UnsafeApi.getLong(slot + AUX_ID_OFFSET)));
    }
}
