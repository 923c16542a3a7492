package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_HEADER;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.MPID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_ARGUMENT_WIDTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_QUANTITY_WIDTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.MAX_TIME_WIDTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.RAW_LENGTH;
import static io.tapedeck.journal.format2.StagedColumns.RAW;
import static io.tapedeck.journal.format2.StagedColumns.SAMPLE;

import io.tapedeck.codecs.record.EventTypeCode;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at records one by one, whatever they are: which form each has, or that it is raw, and what goes into its row.
 * {@link RunExaminer} does the same for the many that are alike.
 */
final class RecordExaminer {
    private static final int MAX_PRICE_DELTA = 1 << MAX_ARGUMENT_WIDTH - 1;
    private static final int MAX_NARROW_PRICE = MAX_PRICE_DELTA >> 1;

    private final StagedColumns staged;
    private final UnsafeBuffer slot = new UnsafeBuffer(0, 0);
    private boolean arePricesNarrow;

    RecordExaminer(final StagedColumns staged) {
        this.staged = staged;
    }

    /** Begins a chunk. */
    void clear() {
        arePricesNarrow = true;
    }

    /** 0 for prices of which two are nearer to each other than the most that a price delta can be. */
    static int beyondNarrow(final int price) {
        return price + MAX_NARROW_PRICE >>> MAX_ARGUMENT_WIDTH - 1;
    }

    /** Whether all last prices are such. */
    boolean arePricesNarrow() {
        return arePricesNarrow;
    }

    /** Looks at the next record, whose slot is at an address. */
    void examine(final long address) {
        final int record = staged.count++;
        final long timeNs = UnsafeApi.getLong(address + EVENT_TIME_OFFSET);
        final long deltaNs = timeNs - staged.lastTimeNs;
        staged.lastTimeNs = timeNs;
        staged.leastTimeNs = Math.min(staged.leastTimeNs, timeNs);
        staged.greatestTimeNs = Math.max(staged.greatestTimeNs, timeNs);
        final int keyIndex = deltaNs >>> MAX_TIME_WIDTH == 0 ? form(address, record, deltaNs) : RAW;
        if (keyIndex == RAW) {
            takeRaw(address, record);
        } else {
            staged.timeClasses.cover(deltaNs);
            if ((record & SAMPLE) == 0) {
                staged.timeClasses.count(deltaNs);
            }
        }
    }

    /** Leaves a record as it is. */
    void takeRaw(final long address, final int record) {
        staged.putRow(record, 0, RAW, 0, 0);
        slot.wrap(address, SLOT_LENGTH);
        staged.contents.add(slot, 0);
        staged.extras.putBytes(address + EVENT_TIME_OFFSET, RAW_LENGTH);
    }

    /** The index of the record's key, or {@link StagedColumns#RAW}: then no later record is told from it. */
    private int form(final long address, final int record, final long deltaNs) {
        final long tail = UnsafeApi.getLong(address + FLAGS_OFFSET);
        final int type = (int) (tail >>> 32) & 0xFF;
        final int side = (int) (tail >>> 40) & 0xFF;
        final int quantity = UnsafeApi.getInt(address + QUANTITY_OFFSET);
        if (UnsafeApi.getLong(address) != EVENT_HEADER
                || side >= FormKey.SIDE_LIMIT
                || quantity >>> MAX_QUANTITY_WIDTH != 0
                || type < EventTypeCode.ADD
                || type > EventTypeCode.TRADE) {
            return RAW;
        }
        final int attributes = (int) tail;
        final int mpid = UnsafeApi.getInt(address + MPID_OFFSET);
        int key = type | side << FormKey.SIDE_SHIFT;
        key |= mpid == 0 && attributes >>> 2 == 0 ? attributes << FormKey.FLAGS_SHIFT : FormKey.ATTRIBUTES;
        final int number = staged.instruments.numberOf(UnsafeApi.getInt(address + INSTRUMENT_ID_OFFSET));
        final int keyIndex;
        switch (type) {
            case EventTypeCode.ADD:
                keyIndex = add(address, record, key, number, side);
                break;
            case EventTypeCode.TRADE:
                keyIndex = trade(address, record, key, number, side);
                break;
            case EventTypeCode.REPLACE:
                keyIndex = replace(address, record, key, number);
                break;
            default:
                keyIndex = refer(address, record, key, number);
        }
        if (keyIndex != RAW) {
            staged.putRow(record, deltaNs, keyIndex, number, quantity);
            staged.forms.cover(keyIndex, quantity);
            if ((record & SAMPLE) == 0) {
                staged.forms.count(keyIndex, quantity);
            }
            if ((key & FormKey.ATTRIBUTES) != 0) {
                staged.extras.putLong(Integer.toUnsignedLong(mpid) | (long) attributes << 32);
            }
        }
        return keyIndex;
    }

    private int add(final long address, final int record, final int sharedKey, final int number, final int side) {
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        if (staged.orders.count() == staged.capacity
                || UnsafeApi.getLong(address + AUX_ID_OFFSET) != 0
                || !hasPriceDelta(number, side, price)) {
            return RAW;
        }
        final int keyIndex =
                staged.forms.indexOf(sharedKey | FormKey.PRICE_DELTA << FormKey.PRICE_SHIFT | FormKey.NEW_ORDER);
        if (keyIndex != RAW) {
            takePrice(record, number, side, price);
            addOrder(record, number, UnsafeApi.getLong(address + ORDER_ID_OFFSET), price);
        }
        return keyIndex;
    }

    private int trade(final long address, final int record, final int sharedKey, final int number, final int side) {
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        if (UnsafeApi.getLong(address + ORDER_ID_OFFSET) != 0 || !hasPriceDelta(number, side, price)) {
            return RAW;
        }
        final long auxId = UnsafeApi.getLong(address + AUX_ID_OFFSET);
        final int keyIndex = staged.forms.indexOf(
                sharedKey | FormKey.PRICE_DELTA << FormKey.PRICE_SHIFT | (auxId == 0 ? 0 : FormKey.AUX_ID));
        if (keyIndex != RAW) {
            takePrice(record, number, side, price);
            staged.takeAuxId(number, auxId, auxId == 0 ? 0 : 1);
        }
        return keyIndex;
    }

    private int refer(final long address, final int record, final int sharedKey, final int number) {
        final long orderId = UnsafeApi.getLong(address + ORDER_ID_OFFSET);
        final long auxId = UnsafeApi.getLong(address + AUX_ID_OFFSET);
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        final int order = staged.orders.find(orderId);
        if (!canRefer(order, number)) {
            return RAW;
        }
        final int priceMode;
        if (price == 0) {
            priceMode = FormKey.PRICE_ZERO;
        } else {
            // Of an order that came before the chunk the price is what the chunk says first.
            priceMode = order == ChunkOrders.NONE || staged.orders.price(order) == price
                    ? FormKey.PRICE_OF_ORDER
                    : FormKey.PRICE_IN_EXTRAS;
        }
        final int keyIndex =
                staged.forms.indexOf(sharedKey | priceMode << FormKey.PRICE_SHIFT | (auxId == 0 ? 0 : FormKey.AUX_ID));
        if (keyIndex != RAW) {
            takeOrder(record, number, order, orderId, price);
            staged.takeAuxId(number, auxId, auxId == 0 ? 0 : 1);
            if (priceMode == FormKey.PRICE_IN_EXTRAS) {
                staged.extras.putSigned((long) price - staged.orders.price(order));
            }
        }
        return keyIndex;
    }

    private int replace(final long address, final int record, final int sharedKey, final int number) {
        final long orderId = UnsafeApi.getLong(address + ORDER_ID_OFFSET);
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        final int order = staged.orders.find(orderId);
        if (!canRefer(order, number) || staged.orders.count() >= staged.capacity - 1) {
            return RAW;
        }
        final int keyIndex =
                staged.forms.indexOf(sharedKey | FormKey.PRICE_IN_EXTRAS << FormKey.PRICE_SHIFT | FormKey.NEW_ORDER);
        if (keyIndex != RAW) {
            final int taken = takeOrder(record, number, order, orderId, price);
            staged.extras.putSigned((long) price - staged.orders.price(taken));
            addOrder(record, number, UnsafeApi.getLong(address + AUX_ID_OFFSET), price);
        }
        return keyIndex;
    }

    private boolean hasPriceDelta(final int number, final int side, final int price) {
        return !staged.instruments.hasPrice(number)
                || Math.abs((long) price - staged.instruments.lastPrice(number, side)) < MAX_PRICE_DELTA;
    }

    private void takePrice(final int record, final int number, final int side, final int price) {
        arePricesNarrow &= beyondNarrow(price) == 0;
        staged.takePrice(record, number, side, price);
    }

    private void addOrder(final int record, final int number, final long orderId, final int price) {
        staged.addOrder(record, number, orderId, price, staged.instruments.addNewOrders(number, 1));
    }

    /** Whether a record can name its order by its age: the order is of the same instrument, or can still be carried. */
    private boolean canRefer(final int order, final int number) {
        return order == ChunkOrders.NONE
                ? staged.orders.count() < staged.capacity
                : staged.orders.instrument(order) == number;
    }

    /** Names the order of a record by its age, and carries it into the chunk if the chunk does not know it. */
    private int takeOrder(
            final int record, final int number, final int knownOrder, final long orderId, final int price) {
        final int order = knownOrder == ChunkOrders.NONE ? carryOrder(number, orderId, price) : knownOrder;
        final int age = staged.instruments.newOrders(number) - staged.orders.place(order) - 1;
        staged.putArgument(record, age);
        staged.ageClasses.cover(age);
        if ((record & SAMPLE) == 0) {
            staged.ageClasses.count(age);
        }
        return order;
    }

    private int carryOrder(final int number, final long orderId, final int price) {
        if (price != 0) {
            arePricesNarrow &= beyondNarrow(price) == 0;
            staged.instruments.offerBasePrice(number, price);
        }
        return staged.carryOrder(number, orderId, price);
    }
}
