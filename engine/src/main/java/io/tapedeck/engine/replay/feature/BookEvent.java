package io.tapedeck.engine.replay.feature;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import org.agrona.DirectBuffer;

/** An event on its way into a book, with what only the book before it knew: on which side the order rested that traded. */
public final class BookEvent {
    /** The side is not known. */
    public static final int NO_SIDE = -1;

    private final OrderCursor order = new OrderCursor();
    private long sequence;
    private long timeNs;
    private int type;
    private int quantity;
    private int flags;
    private int restingSide;

    BookEvent() {}

    /** Points at an event that the books have not taken in yet. */
    void wrap(final DirectBuffer buffer, final int slotOffset, final OrderBooks books) {
        sequence = buffer.getLong(slotOffset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
        timeNs = buffer.getLong(slotOffset + EVENT_TIME_OFFSET, LITTLE_ENDIAN);
        type = buffer.getByte(slotOffset + EVENT_TYPE_OFFSET);
        quantity = buffer.getInt(slotOffset + QUANTITY_OFFSET, LITTLE_ENDIAN);
        flags = buffer.getShort(slotOffset + FLAGS_OFFSET, LITTLE_ENDIAN);
        restingSide = isExecution() && order.toOrder(books, buffer.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN))
                ? order.side()
                : NO_SIDE;
    }

    private boolean isExecution() {
        return type == EventTypeCode.EXECUTE || type == EventTypeCode.EXECUTE_AT_PRICE;
    }

    /**
     * Number of the record.
     *
     * @return from 1.
     */
    public long sequence() {
        return sequence;
    }

    /**
     * When it happened.
     *
     * @return nanoseconds since midnight.
     */
    public long timeNs() {
        return timeNs;
    }

    /**
     * What happened.
     *
     * @return one of {@link EventTypeCode}.
     */
    public int type() {
        return type;
    }

    /**
     * What traded in the continuous market: executions of displayed orders, but for those that an exchange reports a second
     * time in bulk, and trades against hidden ones. Crosses and broken trades are not among it.
     *
     * @return shares; 0 if nothing did.
     */
    public int tradedQuantity() {
        switch (type) {
            case EventTypeCode.EXECUTE:
            case EventTypeCode.TRADE:
                return quantity;
            case EventTypeCode.EXECUTE_AT_PRICE:
                return (flags & EventFlags.PRINTABLE) != 0 ? quantity : 0;
            default:
                return 0;
        }
    }

    /**
     * Which side the order rested on that traded; the other one took the initiative.
     *
     * @return {@link io.tapedeck.engine.book.Side#BID}, {@link io.tapedeck.engine.book.Side#ASK}, or {@link #NO_SIDE} for
     *     anything but an execution of an order that is in the book.
     */
    public int restingSide() {
        return restingSide;
    }
}
