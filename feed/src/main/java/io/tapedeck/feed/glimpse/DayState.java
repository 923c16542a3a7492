package io.tapedeck.feed.glimpse;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OperationalHalt;
import io.tapedeck.codecs.itch.RegShoRestriction;
import io.tapedeck.codecs.itch.RetailInterest;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.StockTradingAction;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What stands at a moment of the day beside the orders: the last system event, and the last message of each kind about
 * each instrument. They are kept as they were published.
 */
final class DayState {
    /** In the order in which a snapshot has them. */
    private static final byte[] TYPES = {
        StockDirectory.TYPE, StockTradingAction.TYPE, RegShoRestriction.TYPE, RetailInterest.TYPE, OperationalHalt.TYPE
    };

    private final RecordToItch translator;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[ItchMessageType.MAX_LENGTH]);
    private final UnsafeBuffer systemEvent = new UnsafeBuffer(new byte[SystemEvent.LENGTH]);
    private final LatestMessages[] latest = new LatestMessages[TYPES.length];
    private boolean hasSystemEvent;

    DayState(final InstrumentDirectory directory) {
        translator = new RecordToItch(directory);
        for (int i = 0; i < TYPES.length; i++) {
            latest[i] = new LatestMessages(ItchMessageType.length(TYPES[i]));
        }
    }

    /** Takes a slot that holds a carried message. */
    void apply(final DirectBuffer slots, final int slotOffset) {
        final byte type = slots.getByte(slotOffset + ItchSlotDescriptor.ITCH_TYPE_OFFSET);
        if (type == SystemEvent.TYPE) {
            if (translator.translate(slots, slotOffset, systemEvent, 0) > 0) {
                hasSystemEvent = true;
            }
            return;
        }
        for (int i = 0; i < TYPES.length; i++) {
            if (TYPES[i] == type && translator.translate(slots, slotOffset, message, 0) > 0) {
                latest[i].put(
                        slots.getInt(slotOffset + ItchSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN), message);
            }
        }
    }

    /** Adds all that stands to a snapshot. */
    void addTo(final Snapshot snapshot) {
        if (hasSystemEvent) {
            snapshot.buffer().putBytes(snapshot.claim(SystemEvent.LENGTH), systemEvent, 0, SystemEvent.LENGTH);
        }
        for (final LatestMessages messages : latest) {
            messages.addTo(snapshot);
        }
    }

    /** How many bytes that adds at most. */
    long length() {
        long length = SystemEvent.LENGTH;
        for (final LatestMessages messages : latest) {
            length += messages.length();
        }
        return length;
    }
}
