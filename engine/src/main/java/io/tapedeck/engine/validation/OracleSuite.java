package io.tapedeck.engine.validation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import java.time.LocalDate;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * All oracles over the records of a simulated run, from its first record on, whatever delivers them. All instruments and
 * days go into the same statistics: they follow the same law and share no random numbers.
 *
 * <p>Memory does not grow with the number of records.
 *
 * <p><b>Note:</b> belongs to the thread that drives it.
 */
public final class OracleSuite implements ReplayHandler {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final byte SYSTEM_EVENT = 'S';
    private static final byte END_OF_MARKET_HOURS = 'M';

    private final OracleStatistics statistics;
    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
    private final Int2ObjectHashMap<InstrumentOracles> instruments = new Int2ObjectHashMap<>();
    private final long openNs;
    private LocalDate date;

    private OracleSuite(final OracleModel model, final List<Instrument> tradedInstruments, final long openNs) {
        this.openNs = openNs;
        statistics = new OracleStatistics(model);
        for (final Instrument instrument : tradedInstruments) {
            instruments.put(instrument.id(), new InstrumentOracles(statistics, model, instrument, builder.books()));
        }
    }

    /**
     * Oracles for a tape.
     *
     * @param recipe      of the tape.
     * @param instruments of the tape.
     * @return a suite that waits for the first record.
     * @throws IllegalArgumentException if there are no oracles for the recipe's model, or the recipe lacks a number.
     */
    public static OracleSuite of(final Recipe recipe, final List<Instrument> instruments) {
        final RecipeNumbers numbers = new RecipeNumbers(recipe);
        return new OracleSuite(
                OracleModels.of(recipe), instruments, numbers.integer("market_open_seconds") * NS_PER_SECOND);
    }

    /**
     * Whether there are oracles for a tape.
     *
     * @param recipe of the tape.
     * @return false for real data, and for models that nobody has written oracles for.
     */
    public static boolean isApplicable(final Recipe recipe) {
        return OracleModels.isKnown(recipe);
    }

    @Override
    public void onSession(final LocalDate newDate) {
        builder.books().clear();
        date = newDate;
        instruments.values().forEach(oracles -> oracles.open(newDate, openNs));
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        final DirectBuffer buffer = slots.buffer();
        for (long sequence = low; sequence <= high; sequence++) {
            onRecord(buffer, slots.offset(sequence));
        }
    }

    private void onRecord(final DirectBuffer buffer, final int offset) {
        if (EventSlotDescriptor.isEvent(buffer, offset)) {
            final InstrumentOracles oracles =
                    instruments.get(buffer.getInt(offset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, LITTLE_ENDIAN));
            if (oracles != null && oracles.isOpen()) {
                oracles.onRecord(buffer, offset);
            }
            builder.apply(buffer, offset);
        } else if (ItchSlotDescriptor.isItchMessage(buffer, offset)
                && buffer.getByte(offset + ItchSlotDescriptor.ITCH_TYPE_OFFSET) == SYSTEM_EVENT
                && buffer.getByte(offset + ItchSlotDescriptor.BODY_OFFSET) == END_OF_MARKET_HOURS) {
            final long closeNs = buffer.getLong(offset + EventSlotDescriptor.EVENT_TIME_OFFSET, LITTLE_ENDIAN);
            instruments.values().forEach(each -> each.close(closeNs));
        }
    }

    /**
     * What the oracles say about the records so far; to be asked after a session's last record.
     *
     * @return the results, and what there is to plot.
     */
    public OracleReport report() {
        return new OracleReport(
                statistics.results(),
                statistics.waitingTimes().sample(),
                statistics.ranks().sample(),
                statistics.rateCells().scores(),
                statistics.fillChances().shares(),
                statistics.lifetimes().survival());
    }
}
