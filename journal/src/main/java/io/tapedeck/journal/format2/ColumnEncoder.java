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
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.ColumnDescriptor.*;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes columns of slots, in three passes: what each record is and what it needs, as they come; which widths and forms
 * are best for that; the bits. Allocates nothing after the first chunk, but for more instruments than ever before.
 *
 * <p>Slots are read, and sections written, at addresses: the caller vouches for the slots, and the sections have room
 * for the worst that so many records can be.
 */
final class ColumnEncoder implements AutoCloseable {
    /** Index of the form of a record that is raw. */
    private static final int RAW = ChunkForms.NONE;

    /** Mask of the records that are counted for the choice of widths and forms: 256 of 1,024, the same branch each time. */
    private static final int SAMPLE = 0x300;

    private static final int MAX_PRICE_DELTA = 1 << MAX_ARGUMENT_WIDTH - 1;

    private final ChunkForms forms = new ChunkForms();
    private final ChunkInstruments instruments = new ChunkInstruments();
    private final OrderNumbers orderNumbers;
    private final ColumnClasses timeClasses = new ColumnClasses(MAX_TIME_WIDTH);
    private final ColumnClasses priceClasses = new ColumnClasses(MAX_ARGUMENT_WIDTH);
    private final ColumnClasses ageClasses = new ColumnClasses(MAX_ARGUMENT_WIDTH);
    private final UnsafeBuffer sections;
    private final int[] sectionOffsets = new int[SECTION_COUNT];
    private final int[] sectionLengths = new int[SECTION_COUNT];
    private final ByteCursor extras = new ByteCursor();
    private final ByteCursor directory = new ByteCursor();
    private final UnsafeBuffer slots = new UnsafeBuffer(0, 0);

    /** Of each record: the index of its form's key, its instrument's number, and what goes into the bits. */
    private final byte[] keyIndexes;

    private final int[] numbers;
    private final long[] timeDeltas;
    private final int[] arguments;
    private final int[] quantities;

    /** The records with a price delta. */
    private final int[] priced;

    private int pricedCount;

    /** Where the classes of a key's arguments begin: those of ages come first, then those of prices. */
    private final int[] firstClasses = new int[MAX_FORMS];

    private final int[] argumentOffsets = new int[2 * CLASSES];
    private final int[] argumentWidths = new int[2 * CLASSES];

    /** Of each order that the chunk makes or refers to: which one it is of its instrument, below 0 if carried. */
    private final int[] orderPlaces;

    private final int[] orderPrices;
    private final int[] orderInstruments;
    private int orderCount;
    private final long[] newOrderIds;
    private int newOrderCount;
    private final long[] auxIds;
    private int auxIdCount;

    /** Of each carried order, as they come: its number and its id. */
    private final int[] carried;

    private final long[] carriedIds;
    private int carriedCount;
    private final int[] sorted;
    private int[] ends = new int[0];
    private final ChunkContents.Collector contents = new ChunkContents.Collector();
    private int count;
    private long firstSequence;
    private long firstTimeNs;
    private long lastTimeNs;
    private long leastTimeNs;
    private long greatestTimeNs;
    private boolean areOrderIdsExplicit;
    private boolean areAuxIdsExplicit;

    ColumnEncoder(final int capacity) {
        orderNumbers = new OrderNumbers(capacity);
        keyIndexes = new byte[capacity];
        numbers = new int[capacity];
        timeDeltas = new long[capacity];
        arguments = new int[capacity];
        quantities = new int[capacity];
        priced = new int[capacity];
        orderPlaces = new int[capacity];
        orderPrices = new int[capacity];
        orderInstruments = new int[capacity];
        newOrderIds = new long[capacity];
        auxIds = new long[capacity];
        carried = new int[capacity];
        carriedIds = new long[capacity];
        sorted = new int[capacity];
        int length = 0;
        for (int section = 0; section < SECTION_COUNT; section++) {
            sectionOffsets[section] = length;
            length += maxLength(section, capacity) + IdList.PADDING;
        }
        sections = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
    }

    /** Begins with no record. */
    void begin() {
        clear();
        extras.wrap(address(EXTRAS), maxLength(EXTRAS, keyIndexes.length));
    }

    /**
     * Adds records: looks once at each, while it is still near.
     *
     * @param source holds their slots, one behind the other.
     * @param added  how many; all together no more than the capacity.
     */
    void add(final UnsafeBuffer source, final int added) {
        slots.wrap(source, 0, added * SLOT_LENGTH);
        if (count == 0) {
            firstSequence = slots.getLong(SEQUENCE_OFFSET, BYTE_ORDER);
            firstTimeNs = slots.getLong(EVENT_TIME_OFFSET, BYTE_ORDER);
            lastTimeNs = firstTimeNs;
            leastTimeNs = firstTimeNs;
            greatestTimeNs = firstTimeNs;
        }
        examine(added);
        count += added;
    }

    /** Makes columns of the records, of which there is at least one. */
    void finish() {
        collectContents();
        choose();
        sectionLengths[EXTRAS] = extras.position();
        sectionLengths[CONTROLS] = count;
        sectionLengths[BITS] = pack();
        sectionLengths[ORDER_IDS] =
                areOrderIdsExplicit ? IdList.encode(newOrderIds, newOrderCount, address(ORDER_IDS)) : 0;
        sectionLengths[AUX_IDS] = areAuxIdsExplicit ? IdList.encode(auxIds, auxIdCount, address(AUX_IDS)) : 0;
        sectionLengths[DIRECTORY] = writeDirectory();
    }

    private void collectContents() {
        for (int i = 0; i < forms.keyCount(); i++) {
            contents.addEventType(FormKey.type(forms.keyOf(i)));
        }
        for (int i = 0; i < instruments.count(); i++) {
            contents.addInstrument(instruments.ids[i]);
        }
    }

    private void clear() {
        forms.clear();
        instruments.clear();
        orderNumbers.clear();
        timeClasses.clear();
        priceClasses.clear();
        ageClasses.clear();
        pricedCount = 0;
        orderCount = 0;
        newOrderCount = 0;
        auxIdCount = 0;
        carriedCount = 0;
        areOrderIdsExplicit = false;
        areAuxIdsExplicit = false;
        contents.clear();
        count = 0;
    }

    private long address(final int section) {
        return sections.addressOffset() + sectionOffsets[section];
    }

    /** The first pass: what each record is. */
    private void examine(final int added) {
        long address = slots.addressOffset();
        long previousNs = lastTimeNs;
        long leastNs = leastTimeNs;
        long greatestNs = greatestTimeNs;
        final int end = count + added;
        for (int i = count; i < end; i++, address += SLOT_LENGTH) {
            final long timeNs = UnsafeApi.getLong(address + EVENT_TIME_OFFSET);
            final long delta = timeNs - previousNs;
            previousNs = timeNs;
            leastNs = Math.min(leastNs, timeNs);
            greatestNs = Math.max(greatestNs, timeNs);
            final int keyIndex = delta >>> MAX_TIME_WIDTH == 0 ? form(address, i) : RAW;
            keyIndexes[i] = (byte) keyIndex;
            timeDeltas[i] = delta;
            if (keyIndex == RAW) {
                final int at = (i - count) * SLOT_LENGTH;
                contents.add(slots, at);
                extras.putBytes(slots, at + EVENT_TIME_OFFSET, RAW_LENGTH);
            } else {
                timeClasses.cover(delta);
                if ((i & SAMPLE) == 0) {
                    timeClasses.count(delta);
                }
            }
        }
        lastTimeNs = previousNs;
        leastTimeNs = leastNs;
        greatestTimeNs = greatestNs;
    }

    /** The index of the record's key, or {@link #RAW}: then no later record is told from it. */
    private int form(final long address, final int record) {
        final long tail = UnsafeApi.getLong(address + FLAGS_OFFSET);
        final int type = (int) (tail >>> 32) & 0xFF;
        final int side = (int) (tail >>> 40) & 0xFF;
        final int quantity = UnsafeApi.getInt(address + QUANTITY_OFFSET);
        if (UnsafeApi.getLong(address) != EVENT_HEADER
                || side >= FormKey.SIDE_LIMIT
                || quantity >>> MAX_QUANTITY_WIDTH != 0) {
            return RAW;
        }
        final int attributes = (int) tail;
        final int mpid = UnsafeApi.getInt(address + MPID_OFFSET);
        int key = type | side << FormKey.SIDE_SHIFT;
        key |= mpid == 0 && attributes >>> 2 == 0 ? attributes << FormKey.FLAGS_SHIFT : FormKey.ATTRIBUTES;
        final int keyIndex;
        switch (type) {
            case EventTypeCode.ADD:
                keyIndex = add(address, record, key, side);
                break;
            case EventTypeCode.TRADE:
                keyIndex = trade(address, record, key, side);
                break;
            case EventTypeCode.REPLACE:
                keyIndex = replace(address, record, key);
                break;
            case EventTypeCode.REDUCE:
            case EventTypeCode.DELETE:
            case EventTypeCode.EXECUTE:
            case EventTypeCode.EXECUTE_AT_PRICE:
                keyIndex = refer(address, record, key);
                break;
            default:
                return RAW;
        }
        if (keyIndex != RAW) {
            quantities[record] = quantity;
            forms.cover(keyIndex, quantity);
            if ((record & SAMPLE) == 0) {
                forms.count(keyIndex, quantity);
            }
            if ((key & FormKey.ATTRIBUTES) != 0) {
                extras.putLong(Integer.toUnsignedLong(mpid) | (long) attributes << 32);
            }
        }
        return keyIndex;
    }

    private int add(final long address, final int record, final int sharedKey, final int side) {
        final int number = number(address);
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        if (orderCount == orderPlaces.length
                || UnsafeApi.getLong(address + AUX_ID_OFFSET) != 0
                || !hasPriceDelta(number, side, price)) {
            return RAW;
        }
        final int keyIndex = forms.indexOf(sharedKey | FormKey.PRICE_DELTA << FormKey.PRICE_SHIFT | FormKey.NEW_ORDER);
        if (keyIndex != RAW) {
            takePrice(record, number, side, price);
            addOrder(number, UnsafeApi.getLong(address + ORDER_ID_OFFSET), price);
        }
        return keyIndex;
    }

    private int trade(final long address, final int record, final int sharedKey, final int side) {
        final int number = number(address);
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        if (UnsafeApi.getLong(address + ORDER_ID_OFFSET) != 0 || !hasPriceDelta(number, side, price)) {
            return RAW;
        }
        final long auxId = UnsafeApi.getLong(address + AUX_ID_OFFSET);
        final int keyIndex = forms.indexOf(
                sharedKey | FormKey.PRICE_DELTA << FormKey.PRICE_SHIFT | (auxId == 0 ? 0 : FormKey.AUX_ID));
        if (keyIndex != RAW) {
            takePrice(record, number, side, price);
            takeAuxId(number, auxId);
        }
        return keyIndex;
    }

    private int refer(final long address, final int record, final int sharedKey) {
        final int number = number(address);
        final long orderId = UnsafeApi.getLong(address + ORDER_ID_OFFSET);
        final long auxId = UnsafeApi.getLong(address + AUX_ID_OFFSET);
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        final int order = orderNumbers.get(orderId);
        if (!canRefer(order, number)) {
            return RAW;
        }
        final int priceMode;
        if (price == 0) {
            priceMode = FormKey.PRICE_ZERO;
        } else {
            // Of an order that came before the chunk the price is what the chunk says first.
            priceMode = order == OrderNumbers.NONE || orderPrices[order] == price
                    ? FormKey.PRICE_OF_ORDER
                    : FormKey.PRICE_IN_EXTRAS;
        }
        final int keyIndex =
                forms.indexOf(sharedKey | priceMode << FormKey.PRICE_SHIFT | (auxId == 0 ? 0 : FormKey.AUX_ID));
        if (keyIndex != RAW) {
            takeOrder(record, number, order, orderId, price);
            takeAuxId(number, auxId);
            if (priceMode == FormKey.PRICE_IN_EXTRAS) {
                extras.putSigned((long) price - orderPrices[order]);
            }
        }
        return keyIndex;
    }

    private int replace(final long address, final int record, final int sharedKey) {
        final int number = number(address);
        final long orderId = UnsafeApi.getLong(address + ORDER_ID_OFFSET);
        final int price = UnsafeApi.getInt(address + PRICE_OFFSET);
        final int order = orderNumbers.get(orderId);
        if (!canRefer(order, number) || orderCount >= orderPlaces.length - 1) {
            return RAW;
        }
        final int keyIndex =
                forms.indexOf(sharedKey | FormKey.PRICE_IN_EXTRAS << FormKey.PRICE_SHIFT | FormKey.NEW_ORDER);
        if (keyIndex != RAW) {
            final int taken = takeOrder(record, number, order, orderId, price);
            extras.putSigned((long) price - orderPrices[taken]);
            addOrder(number, UnsafeApi.getLong(address + AUX_ID_OFFSET), price);
        }
        return keyIndex;
    }

    private int number(final long address) {
        return instruments.numberOf(UnsafeApi.getInt(address + INSTRUMENT_ID_OFFSET));
    }

    private boolean hasPriceDelta(final int number, final int side, final int price) {
        return !instruments.hasPrice[number]
                || Math.abs((long) price - instruments.lastPrices[lastPrice(number, side)]) < MAX_PRICE_DELTA;
    }

    private static int lastPrice(final int number, final int side) {
        return 2 * number + (side == SideCode.SELL ? 1 : 0);
    }

    private void takePrice(final int record, final int number, final int side, final int price) {
        instruments.offerBasePrice(number, price);
        final int at = lastPrice(number, side);
        final int delta = price - instruments.lastPrices[at];
        instruments.lastPrices[at] = price;
        instruments.divide(number, delta);
        numbers[record] = number;
        arguments[record] = delta;
        priced[pricedCount++] = record;
    }

    /** Whether a record can name its order by its age: the order is of the same instrument, or can still be carried. */
    private boolean canRefer(final int order, final int number) {
        return order == OrderNumbers.NONE ? orderCount < orderPlaces.length : orderInstruments[order] == number;
    }

    /** Names the order of a record by its age, and carries it into the chunk if the chunk does not know it. */
    private int takeOrder(
            final int record, final int number, final int knownOrder, final long orderId, final int price) {
        final int order = knownOrder == OrderNumbers.NONE ? carryOrder(number, orderId, price) : knownOrder;
        final int age = instruments.newOrders[number] - orderPlaces[order] - 1;
        numbers[record] = number;
        arguments[record] = age;
        ageClasses.cover(age);
        if ((record & SAMPLE) == 0) {
            ageClasses.count(age);
        }
        return order;
    }

    private int carryOrder(final int number, final long orderId, final int price) {
        if (price != 0) {
            instruments.offerBasePrice(number, price);
        }
        carried[carriedCount++] = orderCount;
        carriedIds[carriedCount - 1] = orderId;
        return remember(number, orderId, price, - ++instruments.carriedOrders[number]);
    }

    private void addOrder(final int number, final long orderId, final int price) {
        final int place = instruments.newOrders[number]++;
        if (place == 0) {
            instruments.firstOrderIds[number] = orderId;
        }
        areOrderIdsExplicit |= orderId != instruments.firstOrderIds[number] + place;
        newOrderIds[newOrderCount++] = orderId;
        remember(number, orderId, price, place);
    }

    private int remember(final int number, final long orderId, final int price, final int place) {
        orderPlaces[orderCount] = place;
        orderPrices[orderCount] = price;
        orderInstruments[orderCount] = number;
        orderNumbers.put(orderId, orderCount);
        return orderCount++;
    }

    private void takeAuxId(final int number, final long auxId) {
        if (auxId != 0) {
            final int place = instruments.auxIds[number]++;
            if (place == 0) {
                instruments.firstAuxIds[number] = auxId;
            }
            areAuxIdsExplicit |= auxId != instruments.firstAuxIds[number] + place;
            auxIds[auxIdCount++] = auxId;
        }
    }

    /** The second pass: which widths and forms are best. */
    private void choose() {
        for (int i = 0; i < pricedCount; i++) {
            final int record = priced[i];
            final int delta = arguments[record];
            final int unit = instruments.priceUnits[numbers[record]];
            final int units = unit > 1 ? delta / unit : delta;
            final int zigzag = units << 1 ^ units >> 31;
            arguments[record] = zigzag;
            priceClasses.cover(zigzag);
            if ((i & SAMPLE) == 0) {
                priceClasses.count(zigzag);
            }
        }
        timeClasses.choose();
        priceClasses.choose();
        ageClasses.choose();
        forms.choose();
        for (int i = 0; i < forms.keyCount(); i++) {
            firstClasses[i] = FormKey.price(forms.keyOf(i)) == FormKey.PRICE_DELTA ? CLASSES : 0;
        }
        for (int i = 0; i < CLASSES; i++) {
            argumentOffsets[i] = (int) ageClasses.offset(i);
            argumentOffsets[CLASSES + i] = (int) priceClasses.offset(i);
            argumentWidths[i] = ageClasses.width(i);
            argumentWidths[CLASSES + i] = priceClasses.width(i);
        }
    }

    private int instrumentWidth() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, instruments.count() - 1));
    }

    /** The third pass: the control bytes and the bits; gives the length of the bits. */
    private int pack() {
        final long controls = address(CONTROLS);
        final long bits = address(BITS);
        final int instrumentWidth = instrumentWidth();
        long at = bits;
        // Bits that do not make a byte yet, at most seven, and those that come to them: all fit into 64.
        long pending = 0;
        int width = 0;
        for (int i = 0; i < count; i++) {
            final int keyIndex = keyIndexes[i];
            if (keyIndex == RAW) {
                UnsafeApi.putByte(controls + i, (byte) RAW_FORM);
                continue;
            }
            final int quantity = quantities[i];
            final int form = forms.formOf(keyIndex, quantity);
            final long delta = timeDeltas[i];
            final int argument = arguments[i];
            final int timeClass = timeClasses.classOf(delta);
            // Without a branch: whether it is a price is a toss of a coin.
            final int classes = firstClasses[keyIndex];
            final int argumentClass = (argumentOffsets[classes + 1] - 1 - argument >>> 31)
                    + (argumentOffsets[classes + 2] - 1 - argument >>> 31)
                    + (argumentOffsets[classes + 3] - 1 - argument >>> 31);
            UnsafeApi.putByte(controls + i, (byte)
                    (form | timeClass << TIME_CLASS_SHIFT | argumentClass << ARGUMENT_CLASS_SHIFT));

            pending |= (numbers[i] | delta - timeClasses.offset(timeClass) << instrumentWidth) << width;
            width += instrumentWidth + timeClasses.width(timeClass);
            UnsafeApi.putLong(at, pending);
            at += width >>> 3;
            pending = pending >>> (width & 0x38);
            width &= 7;

            final int argumentWidth = argumentWidths[classes + argumentClass];
            pending |= (argument - argumentOffsets[classes + argumentClass]
                            | (long) (quantity - forms.quantityBase(form)) << argumentWidth)
                    << width;
            width += argumentWidth + forms.quantityWidth(form);
            UnsafeApi.putLong(at, pending);
            at += width >>> 3;
            pending = pending >>> (width & 0x38);
            width &= 7;
        }
        return (int) (at - bits) + (width + 7 >>> 3);
    }

    private int writeDirectory() {
        directory.wrap(address(DIRECTORY), maxLength(DIRECTORY, keyIndexes.length));
        sortCarried();
        int order = 0;
        for (int number = 0; number < instruments.count(); number++) {
            final int basePrice = instruments.basePrices[number];
            directory.putVarint(Integer.toUnsignedLong(instruments.ids[number]));
            directory.putVarint(instruments.carriedOrders[number]);
            directory.putVarint(instruments.newOrders[number]);
            directory.putSigned(basePrice);
            directory.putVarint(Math.max(1, instruments.priceUnits[number]));
            long previousId = 0;
            if (!areOrderIdsExplicit) {
                previousId = instruments.firstOrderIds[number];
                directory.putVarint(previousId);
            }
            if (!areAuxIdsExplicit) {
                directory.putVarint(instruments.firstAuxIds[number]);
            }
            for (int i = 0; i < instruments.carriedOrders[number]; i++, order++) {
                final int index = sorted[order];
                directory.putSigned(carriedIds[index] - previousId);
                directory.putSigned((long) orderPrices[carried[index]] - basePrice);
                previousId = carriedIds[index];
            }
        }
        return directory.position();
    }

    /** Puts carried orders in the order of instruments, and of each the one that came last first: so do ages count. */
    private void sortCarried() {
        int start = 0;
        if (ends.length < instruments.count()) {
            ends = new int[instruments.ids.length];
        }
        for (int number = 0; number < instruments.count(); number++) {
            start += instruments.carriedOrders[number];
            ends[number] = start;
        }
        for (int i = 0; i < carriedCount; i++) {
            sorted[--ends[orderInstruments[carried[i]]]] = i;
        }
    }

    /** The bytes of a section of the chunk encoded last. */
    UnsafeBuffer sections() {
        return sections;
    }

    int sectionOffset(final int section) {
        return sectionOffsets[section];
    }

    int sectionLength(final int section) {
        return sectionLengths[section];
    }

    /** Writes head and forms of the chunk encoded last, all but the stored lengths of the sections. */
    void putHead(final UnsafeBuffer payload, final int offset) {
        payload.putInt(offset + INSTRUMENT_COUNT_OFFSET, instruments.count(), BYTE_ORDER);
        payload.putInt(offset + CARRIED_COUNT_OFFSET, carriedCount, BYTE_ORDER);
        payload.putInt(offset + NEW_ORDER_COUNT_OFFSET, newOrderCount, BYTE_ORDER);
        payload.putInt(offset + ORDER_ID_COUNT_OFFSET, areOrderIdsExplicit ? newOrderCount : 0, BYTE_ORDER);
        payload.putInt(offset + AUX_ID_COUNT_OFFSET, areAuxIdsExplicit ? auxIdCount : 0, BYTE_ORDER);
        payload.putByte(offset + FORM_COUNT_OFFSET, (byte) forms.formCount());
        payload.putByte(offset + INSTRUMENT_WIDTH_OFFSET, (byte) instrumentWidth());
        payload.putByte(offset + ID_FLAGS_OFFSET, (byte) ((areOrderIdsExplicit ? FLAG_EXPLICIT_ORDER_IDS : 0)
                | (areAuxIdsExplicit ? FLAG_EXPLICIT_AUX_IDS : 0)));
        payload.putByte(offset + RESERVED_OFFSET, (byte) 0);
        for (int i = 0; i < CLASSES; i++) {
            payload.putByte(offset + TIME_WIDTHS_OFFSET + i, (byte) timeClasses.width(i));
            payload.putByte(offset + PRICE_WIDTHS_OFFSET + i, (byte) priceClasses.width(i));
            payload.putByte(offset + AGE_WIDTHS_OFFSET + i, (byte) ageClasses.width(i));
        }
        for (int form = 0; form < forms.formCount(); form++) {
            final int at = offset + HEAD_LENGTH + form * FORM_LENGTH;
            payload.putShort(at, (short) forms.key(form), BYTE_ORDER);
            payload.putByte(at + FORM_QUANTITY_WIDTH_OFFSET, (byte) forms.quantityWidth(form));
            payload.putByte(at + FORM_RESERVED_OFFSET, (byte) 0);
            payload.putInt(at + FORM_QUANTITY_BASE_OFFSET, forms.quantityBase(form), BYTE_ORDER);
        }
    }

    int formCount() {
        return forms.formCount();
    }

    long firstSequence() {
        return firstSequence;
    }

    long firstTimeNs() {
        return firstTimeNs;
    }

    long lastTimeNs() {
        return lastTimeNs;
    }

    long leastTimeNs() {
        return leastTimeNs;
    }

    long greatestTimeNs() {
        return greatestTimeNs;
    }

    /** Types and instruments of the chunk encoded last. */
    ChunkContents.Collector contents() {
        return contents;
    }

    @Override
    public void close() {
        BufferUtil.free(sections);
    }
}
