package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import java.util.List;

/**
 * The records that another thread hands over while they happen, for example a ring's consumer, from the moment that it is
 * added there. They wait in a bounded ring; what finds it full is left out, so the sequences then have a gap, which
 * {@link HybridSource} closes from the journal.
 *
 * <p><b>Note:</b> what makes it a consumer belongs to one thread, what makes it a source to another.
 */
public final class LiveSource implements EventSource, BatchConsumer {
    private final SlotRing ring;
    private final LocalDate date;
    private final List<Instrument> instruments;
    private volatile boolean isClosed;
    private boolean isAnnounced;
    private boolean isEnded;

    /**
     * An empty source.
     *
     * @param capacity    records that can wait, a power of two.
     * @param date        of the session.
     * @param instruments of the unit.
     */
    public LiveSource(final int capacity, final LocalDate date, final List<Instrument> instruments) {
        ring = new SlotRing(capacity);
        this.date = date;
        this.instruments = List.copyOf(instruments);
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        ring.offer(slots, low, high);
    }

    @Override
    public void onClose() {
        isClosed = true;
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) {
        if (!isAnnounced) {
            isAnnounced = true;
            handler.onSession(date);
        }
        final boolean isLast = isClosed;
        final int count = ring.contiguous(limit);
        if (count > 0) {
            handler.onBatch(ring.slots(), ring.consumed(), ring.consumed() + count - 1);
            ring.consume(count);
        } else {
            isEnded = isLast;
        }
        return count;
    }

    @Override
    public SourceState state() {
        return isEnded ? SourceState.ENDED : ring.size() == 0 ? SourceState.CAUGHT_UP : SourceState.ACTIVE;
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    /** Nothing to give back; the thread that hands over may go on, for nobody. */
    @Override
    public void close() {}
}
