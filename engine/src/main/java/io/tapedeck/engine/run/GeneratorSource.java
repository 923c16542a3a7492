package io.tapedeck.engine.run;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Selection;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.engine.session.TradingCalendar;
import io.tapedeck.engine.session.UnitProducer;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import java.util.List;

/**
 * The records of a unit straight from its producer, day after day, without a tape: the same that a run with the same seed
 * would put on one. Each day opens where the day before closed. It does not seek.
 *
 * <p>No allocation per record once its buffer has grown to what a window of the producer needs.
 */
public final class GeneratorSource implements EventSource {
    private static final int BUFFER_RECORDS = 1 << 14;

    private final List<SymbolProducer> symbols;
    private final List<Instrument> instruments;
    private final RecordBuffer buffer = new RecordBuffer(BUFFER_RECORDS);
    private final UnitProducer producer;
    private final int[] openingPricesTicks;
    private final int days;
    private LocalDate date;
    private int begunDays;
    private long untilNs = Long.MAX_VALUE;
    private int next;
    private boolean isEnded;

    /**
     * A source before the opening of its first day.
     *
     * @param symbols            of the unit, in the order of their ids; used by this source alone.
     * @param instruments        that they are.
     * @param openingPricesTicks of the first day, in the same order.
     * @param startDate          the first trading day is this one or the next after it.
     * @param days               how many to generate, 1 or more.
     * @throws IllegalArgumentException if there is no day, or not one price for each instrument.
     */
    public GeneratorSource(
            final List<SymbolProducer> symbols,
            final List<Instrument> instruments,
            final int[] openingPricesTicks,
            final LocalDate startDate,
            final int days) {
        if (days < 1) {
            throw new IllegalArgumentException("a generator needs a day: days=" + days);
        }
        this.symbols = List.copyOf(symbols);
        this.instruments = List.copyOf(instruments);
        this.openingPricesTicks = openingPricesTicks.clone();
        this.days = days;
        date = TradingCalendar.onOrAfter(startDate);
        producer = new UnitProducer(symbols, buffer);
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) {
        while (next == buffer.size()) {
            if (!produceMore(handler)) {
                isEnded = true;
                return 0;
            }
        }
        final SlotArray slots = buffer.slots();
        final int first = next;
        next = Math.min(buffer.size(), first + limit);
        handler.onBatch(slots, first, next - 1L);
        return next - first;
    }

    /** Produces a window, or opens a day; false when all is done. */
    private boolean produceMore(final ReplayHandler handler) {
        buffer.clear();
        next = 0;
        final boolean isLastDay = begunDays == days;
        if (isLastDay && (producer.isClosed() || producer.nowNs() >= untilNs)) {
            return false;
        }
        if (producer.isClosed()) {
            openDay(handler);
        } else {
            producer.produce(Long.MAX_VALUE);
        }
        return true;
    }

    private void openDay(final ReplayHandler handler) {
        if (begunDays > 0) {
            date = TradingCalendar.onOrAfter(date.plusDays(1));
            for (int i = 0; i < openingPricesTicks.length; i++) {
                openingPricesTicks[i] = symbols.get(i).closePriceTicks();
            }
        }
        begunDays++;
        handler.onSession(date);
        producer.open(date, openingPricesTicks);
    }

    /** Of the last day, nothing is made behind the end of the time range; the other days are needed for their closes. */
    @Override
    public void narrow(final Selection selection) {
        untilNs = selection.time() == null ? Long.MAX_VALUE : selection.time().toNs();
    }

    @Override
    public SourceState state() {
        return isEnded ? SourceState.ENDED : SourceState.ACTIVE;
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public void close() {
        isEnded = true;
    }
}
