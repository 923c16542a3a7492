package io.tapedeck.feed.glimpse;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.pipeline.BatchConsumer;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.NanoClock;

/**
 * Keeps the books of a feed, beside its publisher, and takes snapshots of them for a {@link GlimpseServer}. It is a
 * consumer like any other, behind a ring or a tape.
 *
 * <p>A snapshot is of one moment between two records, which the feed had reached when it was asked for. It is copied in
 * slices of about {@value #SLICE_ORDERS} orders, one for each batch or idle turn, and a book that a record is about to
 * change goes first. So whoever drives this waits for one slice and one book at a time. One snapshot is taken at a time, and the next one not before nine times as long has gone by as copying took:
 * all clients together cost a tenth of the time at most.
 *
 * <p><b>Note:</b> used by the thread that drives it; once it is closed the server's thread takes over. Allocates nothing
 * per record but for what grows with the books.
 */
public final class SnapshotTaker implements BatchConsumer {
    /** A slice is complete when it has so many orders, and its last book is whole. */
    static final int SLICE_ORDERS = 1_024;

    private static final int REST_FACTOR = 9;

    private final NanoClock clock;
    private final SnapshotBooks books;

    /** Put here by the server, to be filled. */
    private final AtomicReference<Snapshot> ordered = new AtomicReference<>();

    /** Put here for the server when it is whole. */
    private final AtomicReference<Snapshot> ready = new AtomicReference<>();

    private Snapshot current;
    private long workNs;
    private long restUntilNs;
    private volatile long neededLength;
    private volatile boolean isClosed;
    private volatile boolean hasFailed;

    /**
     * Starts with empty books.
     *
     * @param directory of the unit's instruments, as the publisher's.
     * @param clock     monotonic, with any origin.
     */
    public SnapshotTaker(final InstrumentDirectory directory, final NanoClock clock) {
        this.clock = clock;
        books = new SnapshotBooks(directory);
        restUntilNs = clock.nanoTime();
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        try {
            begin();
            final long startNs = current == null ? 0 : clock.nanoTime();
            for (long sequence = low; sequence <= high; sequence++) {
                books.apply(slots.buffer(), slots.offset(sequence));
            }
            copy(startNs);
        } catch (final RuntimeException | Error ex) {
            hasFailed = true;
            throw ex;
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        begin();
        return copy(nowNs);
    }

    /** Finishes what was begun; from now on the server's thread takes the snapshots. */
    @Override
    public void onClose() {
        while (current != null && !hasFailed) {
            copy();
        }
        isClosed = true;
    }

    /** Asks for a snapshot; one at a time. */
    void order(final Snapshot snapshot) {
        ordered.set(snapshot);
    }

    /** The snapshot that was asked for, once it is whole; null before. */
    Snapshot poll() {
        if (isClosed && !hasFailed && ordered.get() != null) {
            // Nothing moves any more: there is nobody to keep waiting but the clients.
            current = ordered.getAndSet(null);
            books.begin(current);
            while (current != null) {
                copy();
            }
        }
        return ready.getAndSet(null);
    }

    /** How many bytes a snapshot would take about now. */
    long neededLength() {
        return isClosed ? books.snapshotLength() : neededLength;
    }

    /** Whether the books are lost, and no snapshot will come any more. */
    boolean hasFailed() {
        return hasFailed && isClosed;
    }

    /** Begins the snapshot that was asked for, if its time has come. */
    private void begin() {
        final Snapshot snapshot = ordered.get();
        if (snapshot == null || books.lastSequence() + 1 < snapshot.leastSequence()) {
            return;
        }
        final long startNs = clock.nanoTime();
        if (startNs - restUntilNs < 0) {
            return;
        }
        ordered.set(null);
        current = snapshot;
        books.begin(snapshot);
        workNs = clock.nanoTime() - startNs;
    }

    /** Copies a slice; what was done since the given time counts as copying. */
    private int copy(final long startNs) {
        if (current == null) {
            neededLength = books.snapshotLength();
            return 0;
        }
        copy();
        final long nowNs = clock.nanoTime();
        workNs += nowNs - startNs;
        restUntilNs = nowNs + REST_FACTOR * workNs;
        return 1;
    }

    private void copy() {
        if (books.copy(SLICE_ORDERS)) {
            ready.set(current);
            current = null;
        }
    }
}
