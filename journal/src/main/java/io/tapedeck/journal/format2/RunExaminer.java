package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_QUANTITY_WIDTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_TIME_WIDTH;
import static io.tapedeck.journal.format2.StagedColumns.ARGUMENT_OFFSET;
import static io.tapedeck.journal.format2.StagedColumns.KEY_INDEX_OFFSET;
import static io.tapedeck.journal.format2.StagedColumns.KEY_INDEX_SHIFT;
import static io.tapedeck.journal.format2.StagedColumns.NUMBER_SHIFT;
import static io.tapedeck.journal.format2.StagedColumns.QUANTITY_OFFSET_IN_ROW;
import static io.tapedeck.journal.format2.StagedColumns.RAW;
import static io.tapedeck.journal.format2.StagedColumns.SAMPLE;
import static io.tapedeck.journal.format2.StagedColumns.TIME_MASK;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Looks at records in runs of those that are alike: orders that are added, and events that refer to one. Which of the two
 * comes next is a toss of a coin, and a processor that guesses it wrongly half of the time waits longer than all else
 * takes. So one loop without a guess tells them apart, and then each kind has a loop of its own. A record that is
 * neither, or the first of its kind or instrument, ends the run and is left to the {@link RecordExaminer}; what is found
 * out is the same as if all were.
 *
 * <p>Slots are read at addresses: the caller vouches for them. Not thread safe.
 */
final class RunExaminer implements AutoCloseable {
    /** The most records of a run. It lies within as many as are counted together, or not counted together. */
    private static final int MAX_RUN = 256;

    /** Behind a run that is shorter than this, so many records are looked at one by one. */
    private static final int SHORT_RUN = 4;

    private static final int SINGLES = 16;

    /** Bits of flags, tracking number, type and side that must be 0. */
    private static final long ODD_TAIL = 0xFFFF_FCF8_FFFF_FFFCL;

    /** Bits of quantity and participant that must be 0. */
    private static final long ODD_QUANTITY = -1L << MAX_QUANTITY_WIDTH;

    /** From the offset of a slot to the number of its record, and to the offset of its row. */
    private static final int RECORD_SHIFT = 6;

    private static final int ROW_SHIFT = 2;

    private static final int LIST_LENGTH = (MAX_RUN + 1) * Integer.BYTES;

    private final StagedColumns staged;
    private final RecordExaminer single;

    /** Lists of the slots of a run of each kind, as offsets from the first one. One more is written over again and again. */
    private final ByteBuffer memory = ByteBuffer.allocateDirect(2 * LIST_LENGTH);

    private final long adds = BufferUtil.address(memory);
    private final long references = adds + LIST_LENGTH;
    private long addsEnd;
    private long referencesEnd;
    private long seenNs;
    private int singles;

    RunExaminer(final StagedColumns staged) {
        this.staged = staged;
        single = new RecordExaminer(staged);
    }

    /** Begins a chunk. */
    void clear() {
        single.clear();
        singles = 0;
    }

    /**
     * Looks at the next records.
     *
     * @param address of their slots, one behind the other.
     * @param added   how many; all together no more than the capacity.
     */
    void examine(final long address, final int added) {
        if (staged.count == 0) {
            staged.begin(address);
        }
        final long end = address + (long) added * SLOT_LENGTH;
        long at = address;
        while (at < end) {
            final int window = (int) Math.min((end - at) / SLOT_LENGTH, MAX_RUN - (staged.count & MAX_RUN - 1));
            if (singles == 0 && single.arePricesNarrow() && staged.orders.count() + window <= staged.capacity) {
                final int length = classify(at, window);
                take(at, length);
                at += (long) length * SLOT_LENGTH;
                if (length < window) {
                    single.examine(at);
                    at += SLOT_LENGTH;
                    singles = length < SHORT_RUN ? SINGLES : 0;
                }
            } else {
                single.examine(at);
                at += SLOT_LENGTH;
                singles = Math.max(0, singles - 1);
            }
        }
    }

    /** Tells the kinds apart until one is neither; gives how many there are, and begins their rows. */
    private int classify(final long address, final int window) {
        final ChunkForms forms = staged.forms;
        final ChunkInstruments instruments = staged.instruments;
        final long row = staged.row(staged.count);
        final int end = window * SLOT_LENGTH;
        long previousNs = staged.lastTimeNs;
        long seenNs = 0;
        long add = adds;
        long reference = references;
        int at = 0;
        for (; at < end; at += SLOT_LENGTH) {
            final long slot = address + at;
            final long timeNs = UnsafeApi.getLong(slot + EVENT_TIME_OFFSET);
            final long deltaNs = timeNs - previousNs;
            final long tail = UnsafeApi.getLong(slot + FLAGS_OFFSET);
            final long quantityAndMpid = UnsafeApi.getLong(slot + QUANTITY_OFFSET);
            if ((UnsafeApi.getLong(slot) ^ EVENT_HEADER
                            | tail & ODD_TAIL
                            | quantityAndMpid & ODD_QUANTITY
                            | deltaNs >>> MAX_TIME_WIDTH)
                    != 0) {
                break;
            }
            // The index of a key, or below 0: then all bits of the upper half say that it is none.
            final int kind = forms.kindOf(tail);
            final int instrumentId = UnsafeApi.getInt(slot + INSTRUMENT_ID_OFFSET);
            final long instrument = instruments.firstEntry(instrumentId);
            final long oddAdd = RecordExaminer.beyondNarrow(UnsafeApi.getInt(slot + PRICE_OFFSET))
                    | UnsafeApi.getLong(slot + AUX_ID_OFFSET);
            if (kind == ChunkForms.OTHER
                    || !ChunkInstruments.isPriced(instrument, instrumentId)
                    || (oddAdd & ~(long) (kind >> Integer.SIZE - 1)) != 0) {
                break;
            }
            final int isReference = kind >>> Integer.SIZE - 1;
            final int number = ChunkInstruments.number(instrument);
            final int place = instruments.addNewOrders(number, 1 - isReference);
            final long target = row + (at >> ROW_SHIFT);
            UnsafeApi.putLong(
                    target, deltaNs | (long) (kind & 0xFF) << KEY_INDEX_SHIFT | (long) number << NUMBER_SHIFT);
            UnsafeApi.putLong(target + ARGUMENT_OFFSET, place | quantityAndMpid << Integer.SIZE);
            UnsafeApi.putInt(add, at);
            UnsafeApi.putInt(reference, at);
            add += Integer.BYTES - (isReference << 2);
            reference += isReference << 2;
            previousNs = timeNs;
            seenNs |= deltaNs;
        }
        if (at > 0) {
            // Times do not fall within a run.
            staged.leastTimeNs = Math.min(staged.leastTimeNs, UnsafeApi.getLong(address + EVENT_TIME_OFFSET));
            staged.greatestTimeNs = Math.max(staged.greatestTimeNs, previousNs);
            staged.lastTimeNs = previousNs;
        }
        this.seenNs = seenNs;
        addsEnd = add;
        referencesEnd = reference;
        return at >> RECORD_SHIFT;
    }

    /** Takes the records of a run, each kind in its order: nothing that one leaves depends on the others between. */
    private void take(final long address, final int length) {
        final int first = staged.count;
        takeAdds(address, first);
        final boolean areAllNamed = takeReferences(address, first);
        if ((first & SAMPLE) == 0) {
            count(first, length);
        }
        staged.timeClasses.cover(areAllNamed ? seenNs : seenNs(first, length));
        staged.count = first + length;
    }

    private void takeAdds(final long address, final int first) {
        final StagedColumns staged = this.staged;
        final ChunkForms forms = staged.forms;
        final long rows = staged.row(first);
        for (long next = adds; next < addsEnd; next += Integer.BYTES) {
            final int at = UnsafeApi.getInt(next);
            final long slot = address + at;
            final int record = first + (at >> RECORD_SHIFT);
            final long row = rows + (at >> ROW_SHIFT);
            final int number = number(row);
            final int price = UnsafeApi.getInt(slot + PRICE_OFFSET);
            final int place = UnsafeApi.getInt(row + ARGUMENT_OFFSET);
            staged.movePrice(record, number, UnsafeApi.getByte(slot + SIDE_OFFSET), price);
            staged.addOrder(record, number, UnsafeApi.getLong(slot + ORDER_ID_OFFSET), price, place);
            forms.cover(UnsafeApi.getByte(row + KEY_INDEX_OFFSET), quantity(row));
        }
    }

    /** Gives whether all could name their orders; the others are raw. */
    private boolean takeReferences(final long address, final int first) {
        final StagedColumns staged = this.staged;
        final ChunkOrders orders = staged.orders;
        final ChunkForms forms = staged.forms;
        final long rows = staged.row(first);
        int seenAges = 0;
        boolean areAllNamed = true;
        for (long next = references; next < referencesEnd; next += Integer.BYTES) {
            final int at = UnsafeApi.getInt(next);
            final long slot = address + at;
            final int record = first + (at >> RECORD_SHIFT);
            final long row = rows + (at >> ROW_SHIFT);
            final int number = number(row);
            final int price = UnsafeApi.getInt(slot + PRICE_OFFSET);
            final int order = orders.find(UnsafeApi.getLong(slot + ORDER_ID_OFFSET));
            if (order == ChunkOrders.NONE
                    || orders.record(order) > record
                    || orders.instrument(order) != number
                    || price != 0 && price != orders.price(order)) {
                areAllNamed &= takeOddReference(slot, record);
                continue;
            }
            final long auxId = UnsafeApi.getLong(slot + AUX_ID_OFFSET);
            final int hasAuxId = (int) ((auxId | -auxId) >>> Long.SIZE - 1);
            final int priceMode = price == 0 ? FormKey.PRICE_ZERO : FormKey.PRICE_OF_ORDER;
            final int keyIndex = forms.find(key(slot, priceMode, hasAuxId));
            if (keyIndex == RAW) {
                areAllNamed &= takeOddReference(slot, record);
                continue;
            }
            final int age = UnsafeApi.getInt(row + ARGUMENT_OFFSET) - orders.place(order) - 1;
            UnsafeApi.putInt(row + ARGUMENT_OFFSET, age);
            UnsafeApi.putByte(row + KEY_INDEX_OFFSET, (byte) keyIndex);
            seenAges |= age;
            forms.cover(keyIndex, quantity(row));
            staged.takeAuxId(number, auxId, hasAuxId);
        }
        staged.ageClasses.cover(seenAges);
        return areAllNamed;
    }

    /** A reference of a kind that did not come yet, to a carried order, at a price of its own, or that is raw: false. */
    private boolean takeOddReference(final long slot, final int record) {
        final ChunkOrders orders = staged.orders;
        final long row = staged.row(record);
        final int number = number(row);
        final int price = UnsafeApi.getInt(slot + PRICE_OFFSET);
        final long orderId = UnsafeApi.getLong(slot + ORDER_ID_OFFSET);
        final long auxId = UnsafeApi.getLong(slot + AUX_ID_OFFSET);
        final int hasAuxId = auxId == 0 ? 0 : 1;
        int order = orders.find(orderId, record);
        final int orderPrice = order == ChunkOrders.NONE ? price : orders.price(order);
        final int priceMode = price == 0
                ? FormKey.PRICE_ZERO
                : price == orderPrice ? FormKey.PRICE_OF_ORDER : FormKey.PRICE_IN_EXTRAS;
        final boolean isOfInstrument = order == ChunkOrders.NONE || orders.instrument(order) == number;
        final int keyIndex = isOfInstrument ? staged.forms.indexOf(key(slot, priceMode, hasAuxId)) : RAW;
        if (keyIndex == RAW) {
            single.takeRaw(slot, record);
            return false;
        }
        if (order == ChunkOrders.NONE) {
            order = staged.carryOrder(number, orderId, price);
        }
        final int age = UnsafeApi.getInt(row + ARGUMENT_OFFSET) - orders.place(order) - 1;
        UnsafeApi.putInt(row + ARGUMENT_OFFSET, age);
        UnsafeApi.putByte(row + KEY_INDEX_OFFSET, (byte) keyIndex);
        staged.ageClasses.cover(age);
        staged.forms.cover(keyIndex, quantity(row));
        staged.takeAuxId(number, auxId, hasAuxId);
        if (priceMode == FormKey.PRICE_IN_EXTRAS) {
            staged.extras.putSigned((long) price - orderPrice);
        }
        return true;
    }

    private static int key(final long slot, final int priceMode, final int hasAuxId) {
        final long tail = UnsafeApi.getLong(slot + FLAGS_OFFSET);
        return (int) (tail >>> 32) & FormKey.TYPE_LIMIT - 1
                | (int) (tail >>> 40) << FormKey.SIDE_SHIFT
                | (int) tail << FormKey.FLAGS_SHIFT
                | priceMode << FormKey.PRICE_SHIFT
                | hasAuxId * FormKey.AUX_ID;
    }

    private static int number(final long row) {
        return UnsafeApi.getShort(row + NUMBER_SHIFT / Byte.SIZE) & 0xFFFF;
    }

    private static int quantity(final long row) {
        return UnsafeApi.getInt(row + QUANTITY_OFFSET_IN_ROW);
    }

    /** Counts what the choice of widths and forms is made from. */
    private void count(final int first, final int length) {
        for (int record = first; record < first + length; record++) {
            final long row = staged.row(record);
            if (UnsafeApi.getByte(row + KEY_INDEX_OFFSET) != RAW) {
                staged.timeClasses.count(UnsafeApi.getLong(row) & TIME_MASK);
            }
        }
        for (long next = adds; next < addsEnd; next += Integer.BYTES) {
            final long row = staged.row(first) + (UnsafeApi.getInt(next) >> ROW_SHIFT);
            staged.forms.count(UnsafeApi.getByte(row + KEY_INDEX_OFFSET), quantity(row));
        }
        for (long next = references; next < referencesEnd; next += Integer.BYTES) {
            final long row = staged.row(first) + (UnsafeApi.getInt(next) >> ROW_SHIFT);
            final int keyIndex = UnsafeApi.getByte(row + KEY_INDEX_OFFSET);
            if (keyIndex != RAW) {
                staged.forms.count(keyIndex, quantity(row));
                staged.ageClasses.count(UnsafeApi.getInt(row + ARGUMENT_OFFSET));
            }
        }
    }

    /** The union of the time deltas of those that are not raw. */
    private long seenNs(final int first, final int length) {
        long seen = 0;
        for (int record = first; record < first + length; record++) {
            final long row = staged.row(record);
            if (UnsafeApi.getByte(row + KEY_INDEX_OFFSET) != RAW) {
                seen |= UnsafeApi.getLong(row) & TIME_MASK;
            }
        }
        return seen;
    }

    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
