package io.tapedeck.engine.text;

import static io.tapedeck.codecs.record.EventSlotDescriptor.AUX_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.FLAGS_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.ORDER_ID_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.QUANTITY_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Records as rows {@link #HEADER}.
 *
 * <ul>
 *   <li>{@code type} as {@link RecordTypeName} has it; {@code side} is B, S or empty.
 *   <li>{@code price} is ticks x tick size / 10,000 with four decimals, in whole numbers all the way: exact, also below
 *       zero. It is what the record has; imported events that ITCH gives no price have 0.0000.
 *   <li>{@code order_id} and {@code aux_id} are unsigned; of a cross {@code order_id} is the number of shares.
 *   <li>{@code flags} is a sum of {@link io.tapedeck.codecs.record.EventFlags}.
 *   <li>Of a message that is carried as it is the fields from {@code side} on are empty, as is {@code symbol} where the
 *       record is about no instrument or about one that the directory does not know.
 * </ul>
 *
 * <p><b>Note:</b> used by one thread; no allocation after construction.
 */
public final class RecordCsv {
    /** The first row. */
    public static final String HEADER = "sequence,timestamp_ns,symbol,type,side,price,quantity,order_id,aux_id,flags";

    private static final int FIELDS_OF_AN_EVENT = 6;

    private final CsvRow row = new CsvRow();
    private final CsvChannel out;
    private final InstrumentDirectory directory;

    /**
     * Writes the header.
     *
     * @param out       to write to; stays open.
     * @param directory with symbols and tick sizes.
     * @throws IOException if the channel cannot be written.
     */
    public RecordCsv(final CsvChannel out, final InstrumentDirectory directory) throws IOException {
        this.out = out;
        this.directory = directory;
        out.writeHeader(HEADER + "\n");
    }

    /**
     * Writes a row.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes.
     * @throws IOException if the channel cannot be written.
     */
    public void write(final DirectBuffer buffer, final int slotOffset) throws IOException {
        row.start()
                .unsigned(buffer.getLong(slotOffset + SEQUENCE_OFFSET, LITTLE_ENDIAN))
                .number(buffer.getLong(slotOffset + EVENT_TIME_OFFSET, LITTLE_ENDIAN));
        if (EventSlotDescriptor.isEvent(buffer, slotOffset)) {
            addEvent(buffer, slotOffset);
        } else {
            addCarried(buffer, slotOffset);
        }
        out.write(row.end());
    }

    /**
     * Writes the rows that wait for more of them.
     *
     * @return how many bytes that were.
     * @throws IOException if the channel cannot be written.
     */
    public int flush() throws IOException {
        return out.flush();
    }

    private void addEvent(final DirectBuffer buffer, final int slotOffset) {
        final int instrumentId = buffer.getInt(slotOffset + INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
        final boolean isKnown = addSymbol(instrumentId);
        final long tickSize = isKnown ? directory.tickSize(instrumentId) : 1;
        row.text(RecordTypeName.bytes(buffer.getByte(slotOffset + EVENT_TYPE_OFFSET)));
        addSide(buffer.getByte(slotOffset + SIDE_OFFSET));
        row.price(buffer.getInt(slotOffset + PRICE_OFFSET, LITTLE_ENDIAN) * tickSize)
                .number(buffer.getInt(slotOffset + QUANTITY_OFFSET, LITTLE_ENDIAN))
                .unsigned(buffer.getLong(slotOffset + ORDER_ID_OFFSET, LITTLE_ENDIAN))
                .unsigned(buffer.getLong(slotOffset + AUX_ID_OFFSET, LITTLE_ENDIAN))
                .number(buffer.getShort(slotOffset + FLAGS_OFFSET, LITTLE_ENDIAN) & 0xFFFF);
    }

    private void addCarried(final DirectBuffer buffer, final int slotOffset) {
        addSymbol(buffer.getInt(slotOffset + ItchSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN));
        row.text(RecordTypeName.itchBytes(buffer.getByte(slotOffset + ItchSlotDescriptor.ITCH_TYPE_OFFSET)));
        for (int i = 0; i < FIELDS_OF_AN_EVENT; i++) {
            row.empty();
        }
    }

    private boolean addSymbol(final int instrumentId) {
        final boolean isKnown = directory.stockLocate(instrumentId) != InstrumentDirectory.UNKNOWN
                && directory.symbol(instrumentId) != InstrumentDirectory.NO_SYMBOL;
        if (isKnown) {
            row.symbol(directory.symbol(instrumentId));
        } else {
            row.empty();
        }
        return isKnown;
    }

    private void addSide(final int side) {
        if (side == SideCode.BUY) {
            row.letter('B');
        } else if (side == SideCode.SELL) {
            row.letter('S');
        } else {
            row.empty();
        }
    }
}
