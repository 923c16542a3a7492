package io.tapedeck.journal.format2;

import org.agrona.DirectBuffer;

/**
 * Takes records one by one from inside the loop that decodes them, fields in registers: for the reader that wants speed
 * above all, and only of the fields that decide. Whoever wants all of a record, or batches, takes
 * {@link SlotBatchHandler}.
 */
public interface EventHandler {
    /**
     * Takes an event. What each field means for each type is in
     * {@link io.tapedeck.codecs.record.EventSlotDescriptor}; participant and tracking number are left out.
     *
     * @param sequence     of the record, from 1.
     * @param timeNs       nanoseconds since midnight of the session date.
     * @param eventType    one of {@link io.tapedeck.codecs.record.EventTypeCode}.
     * @param side         one of {@link io.tapedeck.codecs.record.SideCode}.
     * @param flags        bits of {@link io.tapedeck.codecs.record.EventFlags}.
     * @param instrumentId from 1.
     * @param orderId      unsigned.
     * @param auxId        match number or new order id, unsigned.
     * @param priceTicks   signed, in ticks of the instrument.
     * @param quantity     in shares.
     */
    void onEvent(
            long sequence,
            long timeNs,
            int eventType,
            int side,
            int flags,
            int instrumentId,
            long orderId,
            long auxId,
            int priceTicks,
            int quantity);

    /**
     * Takes a carried message.
     *
     * @param slots  holds it, as {@link io.tapedeck.codecs.record.ItchSlotDescriptor} says; valid during the call.
     * @param offset of its slot.
     */
    void onItchMessage(DirectBuffer slots, int offset);
}
