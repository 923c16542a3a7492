package io.tapedeck.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.journal.format2.ChunkContents;
import io.tapedeck.journal.manifest.Instrument;
import java.util.Collection;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;

/** Keeps the records of some instruments. Records about no instrument, the system events, are not among them. */
public final class SymbolFilter implements RecordFilter {
    private static final int NO_INSTRUMENT = 0;

    private final IntHashSet instrumentIds = new IntHashSet();

    /**
     * Wants some symbols.
     *
     * @param symbols     to keep.
     * @param instruments that there are.
     * @throws IllegalArgumentException if one of the symbols is none of theirs.
     */
    public SymbolFilter(final Collection<String> symbols, final List<Instrument> instruments) {
        for (final String symbol : symbols) {
            instrumentIds.add(idOf(symbol, instruments));
        }
    }

    @Override
    public boolean keeps(final DirectBuffer buffer, final int slotOffset) {
        return instrumentIds.contains(instrumentId(buffer, slotOffset));
    }

    /** Whether the records about an instrument are kept. */
    boolean keeps(final int instrumentId) {
        return instrumentIds.contains(instrumentId);
    }

    /**
     * Instrument that a record is about.
     *
     * @param buffer     that holds the slot.
     * @param slotOffset of the slot in the buffer, in bytes.
     * @return 0 if it is about none.
     */
    public static int instrumentId(final DirectBuffer buffer, final int slotOffset) {
        if (EventSlotDescriptor.isEvent(buffer, slotOffset)) {
            return buffer.getInt(slotOffset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN);
        }
        return ItchSlotDescriptor.isItchMessage(buffer, slotOffset)
                ? buffer.getInt(slotOffset + ItchSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN)
                : NO_INSTRUMENT;
    }

    /** Whether a chunk may have records about one of the instruments. */
    boolean mayKeepAnyOf(final ChunkContents contents) {
        final IntHashSet.IntIterator ids = instrumentIds.iterator();
        while (ids.hasNext()) {
            if (contents.mayHaveInstrument(ids.nextValue())) {
                return true;
            }
        }
        return false;
    }

    private static int idOf(final String symbol, final List<Instrument> instruments) {
        for (final Instrument instrument : instruments) {
            if (instrument.symbol().equals(symbol)) {
                return instrument.id();
            }
        }
        throw new IllegalArgumentException("no instrument has the symbol " + symbol + "; the tape has "
                + instruments.size() + ": "
                + String.join(
                        ", ",
                        instruments.stream().limit(8).map(Instrument::symbol).toList())
                + (instruments.size() > 8 ? ", ..." : ""));
    }
}
