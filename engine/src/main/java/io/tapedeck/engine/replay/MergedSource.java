package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One session that several units recorded, in one order: event time, then unit, then the unit's own order. A unit's own
 * order is never changed: where its times fall, the late record comes at once.
 *
 * <p>A record is delivered only when every unit has shown its next one or has ended, so the order does not depend on
 * when a live unit writes. The records keep the sequences of their units.
 */
public final class MergedSource implements EventSource {
    private static final int CAPACITY = 256;
    private static final long NO_BOUND_NS = Long.MAX_VALUE;

    private final Lane[] lanes;
    private final List<Instrument> instruments = new ArrayList<>();
    private final SlotArray slots = new SlotArray(CAPACITY);
    private long delivered;
    private LocalDate date;
    private boolean isAnnounced;
    private SourceState state = SourceState.ACTIVE;

    /** The next records of one unit. */
    private final class Lane implements ReplayHandler {
        private final EventSource source;
        private final SlotArray ahead = new SlotArray(CAPACITY);
        private int next;
        private int size;

        /** The greatest time that the unit had before, among records that it has left out. */
        private long leastTimeNs = Long.MIN_VALUE;

        Lane(final EventSource source) {
            this.source = source;
        }

        @Override
        public void onSession(final LocalDate sessionDate) {
            if (date != null && !date.equals(sessionDate)) {
                throw new IllegalArgumentException(
                        "only units of one session can be merged: " + date + " and " + sessionDate);
            }
            date = sessionDate;
        }

        @Override
        public void onBatch(final SlotArray batch, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                Slots.copy(batch.buffer(), batch.offset(at), ahead.buffer(), ahead.offset(size++));
            }
        }

        /** Makes sure that the next record is there; if it is not, the source has ended or is caught up. */
        boolean isReady() throws IOException {
            while (next == size) {
                next = 0;
                size = 0;
                if (source.poll(this, CAPACITY) == 0 && source.state() != SourceState.ACTIVE) {
                    return false;
                }
                leastTimeNs = Math.max(leastTimeNs, source.skippedTimeNs());
            }
            return true;
        }

        boolean isEnded() {
            return next == size && source.state() == SourceState.ENDED;
        }

        long timeNs() {
            return Math.max(leastTimeNs, ahead.buffer().getLong(ahead.offset(next) + EVENT_TIME_OFFSET, LITTLE_ENDIAN));
        }
    }

    /**
     * Merges.
     *
     * @param units sources of one session, in the order of their units; closed with this one.
     */
    public MergedSource(final List<? extends EventSource> units) {
        lanes = new Lane[units.size()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(units.get(i));
            instruments.addAll(units.get(i).instruments());
        }
    }

    @Override
    public int poll(final ReplayHandler handler, final int limit) throws IOException {
        final int most = Math.min(limit, CAPACITY);
        int count = 0;
        // Lanes are filled only here: what was taken is delivered before a source can fail.
        boolean isCertain = fillLanes();
        while (isCertain && count < most) {
            final Lane lane = firstLane();
            count += take(lane, boundNs(lane), delivered + count, most - count);
            isCertain = lane.next < lane.size;
        }
        if (!isAnnounced && date != null) {
            isAnnounced = true;
            handler.onSession(date);
        }
        if (count > 0) {
            final long first = delivered;
            delivered += count;
            handler.onBatch(slots, first, delivered - 1);
        }
        return count;
    }

    /** Whether it is certain which record comes next. */
    private boolean fillLanes() throws IOException {
        boolean isAnyReady = false;
        for (final Lane lane : lanes) {
            if (lane.isReady()) {
                isAnyReady = true;
            } else if (!lane.isEnded()) {
                state = SourceState.CAUGHT_UP;
                return false;
            }
        }
        state = isAnyReady ? SourceState.ACTIVE : SourceState.ENDED;
        return isAnyReady;
    }

    private Lane firstLane() {
        Lane first = null;
        for (final Lane lane : lanes) {
            if (lane.next < lane.size && (first == null || lane.timeNs() < first.timeNs())) {
                first = lane;
            }
        }
        return first;
    }

    /** Up to which time a lane that comes first stays first. */
    private long boundNs(final Lane first) {
        long boundNs = NO_BOUND_NS;
        boolean isBeforeFirst = true;
        for (final Lane lane : lanes) {
            if (lane == first) {
                isBeforeFirst = false;
            } else if (lane.next < lane.size) {
                // A lower unit goes first at the same time, a higher one goes second.
                boundNs = Math.min(boundNs, isBeforeFirst ? lane.timeNs() - 1 : lane.timeNs());
            }
        }
        return boundNs;
    }

    /** Takes the lane's next record, and those behind it that are not later than the bound. */
    private int take(final Lane lane, final long boundNs, final long at, final int most) {
        int count = 0;
        do {
            Slots.copy(lane.ahead.buffer(), lane.ahead.offset(lane.next), slots.buffer(), slots.offset(at + count));
            lane.next++;
            count++;
        } while (count < most && lane.next < lane.size && lane.timeNs() <= boundNs);
        return count;
    }

    @Override
    public SourceState state() {
        return state;
    }

    /** Moves every unit that can; where one cannot, it stays, and the answer is false. */
    @Override
    public boolean seekTime(final long timeNs) throws IOException {
        boolean canAll = true;
        for (final Lane lane : lanes) {
            if (lane.source.seekTime(timeNs)) {
                lane.next = 0;
                lane.size = 0;
                lane.leastTimeNs = Long.MIN_VALUE;
            } else {
                canAll = false;
            }
        }
        state = SourceState.ACTIVE;
        return canAll;
    }

    @Override
    public void narrow(final Selection selection) throws IOException {
        for (final Lane lane : lanes) {
            lane.source.narrow(selection);
        }
    }

    @Override
    public long leftOutCount() {
        long count = 0;
        for (final Lane lane : lanes) {
            count += lane.source.leftOutCount();
        }
        return count;
    }

    @Override
    public List<SourcePlan> plan() throws IOException {
        final List<SourcePlan> plan = new ArrayList<>();
        for (final Lane lane : lanes) {
            plan.addAll(lane.source.plan());
        }
        return plan;
    }

    @Override
    public List<Instrument> instruments() {
        return instruments;
    }

    @Override
    public Path fileOf(final LocalDate date, final int instrumentId) {
        return Origin.onlyOne(Stream.of(lanes)
                .filter(lane -> lanes.length == 1 || Origin.has(lane.source.instruments(), instrumentId))
                .map(lane -> lane.source.fileOf(date, instrumentId))
                .collect(Collectors.toList()));
    }

    @Override
    public long eventCount() {
        long count = 0;
        for (final Lane lane : lanes) {
            if (lane.source.eventCount() < 0) {
                return -1;
            }
            count += lane.source.eventCount();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        for (final Lane lane : lanes) {
            lane.source.close();
        }
    }
}
