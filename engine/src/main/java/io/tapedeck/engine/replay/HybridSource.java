package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * A session's past from one source and its present from another, handed over by sequence: every record once, in order,
 * without a gap. Both sources give the same records under the same sequences, so which of them a record came from cannot
 * be seen.
 *
 * <p>The live source is asked first, so nothing can fall between the two. The past is read until it reaches what waits in
 * the live source; from there on the live source is read alone. Should that one leave sequences out, because its ring was
 * full, the past is read on until it has closed the gap. A past that ends without doing so is an error.
 *
 * <p><b>Note:</b> belongs to one thread. It does not seek: it begins where it is told.
 */
public final class HybridSource implements EventSource {
    private static final int CAPACITY = 256;

    private final EventSource past;
    private final EventSource live;
    private final SlotArray waiting = new SlotArray(CAPACITY);
    private final Keeper keeper = new Keeper();
    private final Follower follower = new Follower();
    private ReplayHandler handler;
    private int waitingNext;
    private int waitingEnd;
    private LocalDate date;
    private long lastSequence;
    private int deliveredCount;
    private boolean isLive;
    private SourceState state = SourceState.ACTIVE;

    /**
     * Hands over from one source to another.
     *
     * @param past         of one session, at the first record wanted or before it: a closed journal, or the tail of one that
     *                     is being written; closed with this source.
     * @param live         of the same session; closed with this source.
     * @param fromSequence sequence of the first record wanted, from 1.
     */
    public HybridSource(final EventSource past, final EventSource live, final long fromSequence) {
        this.past = past;
        this.live = live;
        lastSequence = fromSequence - 1;
    }

    /** Keeps what the live source has until its turn comes. */
    private final class Keeper implements ReplayHandler {
        @Override
        public void onSession(final LocalDate session) {
            announce(session);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                Slots.copy(slots.buffer(), slots.offset(at), waiting.buffer(), waiting.offset(waitingEnd++));
            }
        }
    }

    /** Hands on what follows, and leaves out what was delivered before. */
    private final class Follower implements ReplayHandler {
        @Override
        public void onSession(final LocalDate session) {
            announce(session);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            final long sequence = Slots.sequence(slots, low);
            if (sequence > lastSequence + 1) {
                throw gap(sequence);
            }
            final long first = low + lastSequence + 1 - sequence;
            if (first <= high) {
                deliver(slots, first, high);
            }
        }
    }

    @Override
    public int poll(final ReplayHandler next, final int limit) throws IOException {
        handler = next;
        deliveredCount = 0;
        fillWaiting();
        if (waitingNext < waitingEnd && Slots.sequence(waiting, waitingNext) == lastSequence + 1) {
            isLive = true;
            state = SourceState.ACTIVE;
            final long first = waitingNext;
            waitingNext += run(limit);
            deliver(waiting, first, waitingNext - 1L);
        } else if (!isLive || waitingNext < waitingEnd || live.state() == SourceState.ENDED) {
            isLive = false;
            pollPast(limit);
        } else {
            state = live.state();
        }
        return deliveredCount;
    }

    /** Makes sure that what waits is what was not delivered yet. */
    private void fillWaiting() throws IOException {
        do {
            while (waitingNext < waitingEnd && Slots.sequence(waiting, waitingNext) <= lastSequence) {
                waitingNext++;
            }
            if (waitingNext < waitingEnd) {
                return;
            }
            waitingNext = 0;
            waitingEnd = 0;
        } while (live.poll(keeper, CAPACITY) > 0);
    }

    /** How many of those that wait follow each other. */
    private int run(final int limit) {
        final int most = Math.min(limit, waitingEnd - waitingNext);
        int count = 1;
        while (count < most && Slots.sequence(waiting, waitingNext + count) == lastSequence + 1 + count) {
            count++;
        }
        return count;
    }

    private void pollPast(final int limit) throws IOException {
        past.poll(follower, limit);
        state = past.state();
        if (state != SourceState.ENDED || deliveredCount > 0) {
            state = deliveredCount > 0 ? SourceState.ACTIVE : state;
        } else if (waitingNext < waitingEnd) {
            throw gap(Slots.sequence(waiting, waitingNext));
        } else {
            state = live.state() == SourceState.ENDED ? SourceState.ENDED : SourceState.CAUGHT_UP;
        }
    }

    private IllegalStateException gap(final long sequence) {
        return new IllegalStateException("the records " + (lastSequence + 1) + " to " + (sequence - 1)
                + " are missing between past and present, and the past has ended; give it the journal itself, or a larger"
                + " ring to the live source");
    }

    private void deliver(final SlotArray slots, final long low, final long high) {
        deliveredCount += (int) (high - low + 1);
        lastSequence = Slots.sequence(slots, high);
        handler.onBatch(slots, low, high);
    }

    private void announce(final LocalDate session) {
        if (date == null) {
            date = session;
            handler.onSession(session);
        } else if (!date.equals(session)) {
            throw new IllegalArgumentException("past and present must be of one session: " + date + " and " + session);
        }
    }

    /**
     * Whether the present has been reached.
     *
     * @return false while the past is read.
     */
    public boolean isLive() {
        return isLive;
    }

    @Override
    public SourceState state() {
        return state;
    }

    @Override
    public List<Instrument> instruments() {
        return past.instruments();
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        return past.fileOf(date, instrumentId);
    }

    @Override
    public void close() throws IOException {
        try (past) {
            live.close();
        }
    }
}
