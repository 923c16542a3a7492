package io.tapedeck.feed.glimpse;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.MPID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.soup.SoupDescriptor;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.OrderCursor;
import io.tapedeck.engine.replay.RecordBookBuilder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The market as the records leave it, and a copy of it as it was at one moment, made piece by piece while it goes on: a
 * book is copied when its turn comes, or else before the first record that changes it. So the copy is of one moment, and
 * no record waits for more than one book.
 *
 * <p><b>Note:</b> belongs to one thread; allocates only what grows with books, attributed orders and copies.
 */
final class SnapshotBooks {
    private static final long ORDER_LENGTH = SoupDescriptor.HEADER_LENGTH + AddOrderMpid.LENGTH;
    private static final long END_LENGTH = SoupDescriptor.HEADER_LENGTH + EndOfSnapshot.LENGTH;

    private final RecordBookBuilder books = new RecordBookBuilder(new OrderBooks());
    private final DayState day;

    /** Attribution by order, of those orders that have one. */
    private final Long2LongHashMap mpids = new Long2LongHashMap(OrderMessages.NO_MPID);

    private final OrderMessages messages;
    private final OrderCursor cursor = new OrderCursor();

    /** By instrument: the last copy that has its book. */
    private int[] copies = new int[16];

    private int copy;
    private int instrumentLimit;
    private int nextInstrumentId;
    private Snapshot target;
    private long nextSequence;
    private long copyTimestampNs;
    private long timestampNs;
    private long lastSequence;

    SnapshotBooks(final InstrumentDirectory directory) {
        day = new DayState(directory);
        messages = new OrderMessages(directory, mpids);
    }

    /** Number of the last record. */
    long lastSequence() {
        return lastSequence;
    }

    boolean isCopying() {
        return target != null;
    }

    /** How many bytes a snapshot takes now, at most. */
    long snapshotLength() {
        return day.length() + ORDER_LENGTH * books.books().orderCount() + END_LENGTH;
    }

    /** Takes a record. */
    void apply(final DirectBuffer slots, final int slotOffset) {
        if (EventSlotDescriptor.isEvent(slots, slotOffset)) {
            if (target != null) {
                keep(slots, slotOffset);
            }
            if (books.apply(slots, slotOffset) == BookOutcome.APPLIED) {
                attribute(slots, slotOffset);
            } else if (!mpids.isEmpty()) {
                forgetIfGone(slots.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN));
            }
        } else if (ItchSlotDescriptor.isItchMessage(slots, slotOffset)) {
            day.apply(slots, slotOffset);
        }
        lastSequence = slots.getLong(slotOffset + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        timestampNs = slots.getLong(slotOffset + EventSlotDescriptor.EVENT_TIME_OFFSET, LITTLE_ENDIAN);
    }

    /** Begins a copy of what stands now. */
    void begin(final Snapshot snapshot) {
        target = snapshot;
        copy++;
        instrumentLimit = books.books().instrumentLimit();
        if (copies.length < instrumentLimit) {
            copies = Arrays.copyOf(copies, Math.max(instrumentLimit, copies.length * 2));
        }
        nextInstrumentId = 0;
        nextSequence = lastSequence + 1;
        copyTimestampNs = timestampNs;
        day.addTo(snapshot);
    }

    /** Copies on, until so many orders were copied, and whole books; answers true when the copy is complete. */
    boolean copy(final int leastOrders) {
        int orders = 0;
        while (nextInstrumentId < instrumentLimit && orders < leastOrders) {
            orders += 1 + copyOnce(nextInstrumentId++);
        }
        if (nextInstrumentId < instrumentLimit) {
            return false;
        }
        target.end(nextSequence);
        target = null;
        return true;
    }

    /** Copies the book that a record is about to change, if it was not copied. */
    private void keep(final DirectBuffer slots, final int slotOffset) {
        switch (slots.getByte(slotOffset + EVENT_TYPE_OFFSET)) {
            case EventTypeCode.ADD:
                keep(slots.getInt(slotOffset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN));
                break;
            case EventTypeCode.REDUCE:
            case EventTypeCode.DELETE:
            case EventTypeCode.EXECUTE:
            case EventTypeCode.EXECUTE_AT_PRICE:
            case EventTypeCode.REPLACE:
                if (cursor.toOrder(books.books(), slots.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN))) {
                    keep(cursor.instrumentId());
                }
                break;
            default:
                break;
        }
    }

    private void keep(final int instrumentId) {
        if (instrumentId >= 0 && instrumentId < instrumentLimit) {
            copyOnce(instrumentId);
        }
    }

    private int copyOnce(final int instrumentId) {
        if (copies[instrumentId] == copy) {
            return 0;
        }
        copies[instrumentId] = copy;
        if (!books.books().hasBook(instrumentId)) {
            return 0;
        }
        return messages.add(books.books().book(instrumentId), copyTimestampNs, target);
    }

    /** An attribution stays with the order, and with the one that replaces it. */
    private void attribute(final DirectBuffer slots, final int slotOffset) {
        final byte type = slots.getByte(slotOffset + EVENT_TYPE_OFFSET);
        final long orderId = slots.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN);
        if (type == EventTypeCode.ADD) {
            if ((slots.getShort(slotOffset + FLAGS_OFFSET, LITTLE_ENDIAN) & EventFlags.ATTRIBUTED) != 0) {
                mpids.put(orderId, slots.getInt(slotOffset + MPID_OFFSET, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
            }
        } else if (mpids.isEmpty()) {
            return;
        } else if (type == EventTypeCode.REPLACE) {
            final long mpid = mpids.remove(orderId);
            if (mpid != OrderMessages.NO_MPID) {
                mpids.put(slots.getLong(slotOffset + AUX_ID_OFFSET, LITTLE_ENDIAN), mpid);
            }
        } else {
            forgetIfGone(orderId);
        }
    }

    private void forgetIfGone(final long orderId) {
        if (mpids.containsKey(orderId) && !cursor.toOrder(books.books(), orderId)) {
            mpids.remove(orderId);
        }
    }
}
