package io.tapedeck.engine.replay.pipeline;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.Slots;
import io.tapedeck.engine.replay.transform.RecordOutput;
import io.tapedeck.engine.replay.transform.Transform;
import java.io.IOException;
import java.time.LocalDate;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** A transform at work: gathers what it puts out into batches, counts, and applies its error policy. */
final class TransformStage implements ReplayHandler, RecordOutput {
    private static final int CAPACITY = 256;

    /** From this length on a run of records is handed on where it is; shorter ones are gathered. */
    private static final int DIRECT_LENGTH = 32;

    private final String name;
    private final Transform transform;
    private final ReplayHandler next;
    private final ErrorGuard guard;
    private final SlotArray slots = new SlotArray(CAPACITY);
    private int count;
    private long takenCount;
    private long passedCount;
    private long droppedCount;
    private boolean isInSession;

    TransformStage(
            final String name,
            final Transform transform,
            final ErrorPolicy errorPolicy,
            final EventSource source,
            final ReplayHandler next) {
        this.name = name;
        this.transform = transform;
        this.next = next;
        guard = new ErrorGuard(name, errorPolicy, source);
    }

    @Override
    public void onSession(final LocalDate date) {
        endSession();
        isInSession = true;
        guard.onSession(date);
        try {
            transform.onSession(date);
        } catch (final RuntimeException ex) {
            throw guard.failed(ex);
        }
        next.onSession(date);
    }

    @Override
    public void onBatch(final SlotArray batch, final long batchLow, final long batchHigh) {
        takenCount += batchHigh - batchLow + 1;
        // Of a source that was moved back into a session the beginning is not told again.
        isInSession = true;
        if (guard.isRecordByRecord()) {
            onRecords(batch, batchLow, batchHigh);
        } else {
            try {
                transform.onBatch(batch, batchLow, batchHigh, this);
            } catch (final RuntimeException ex) {
                throw guard.failed(batch, batchLow, batchHigh, ex);
            }
        }
        flush();
    }

    private void onRecords(final SlotArray batch, final long batchLow, final long batchHigh) {
        for (long at = batchLow; at <= batchHigh; at++) {
            final int offset = batch.offset(at);
            if (guard.isHalted(batch.buffer(), offset)) {
                droppedCount++;
                continue;
            }
            // What a failed call has put out does not go further, nor is it counted.
            flush();
            final long passed = passedCount;
            final long dropped = droppedCount;
            try {
                transform.onBatch(batch, at, at, this);
            } catch (final RuntimeException ex) {
                count = 0;
                passedCount = passed;
                droppedCount = dropped;
                guard.onError(batch, at, ex);
            }
        }
    }

    @Override
    public void pass(final SlotArray batch, final long first, final long last) {
        if (last - first + 1 >= DIRECT_LENGTH) {
            passBatch(batch, first, last);
        } else {
            for (long at = first; at <= last; at++) {
                pass(batch.buffer(), batch.offset(at));
            }
        }
    }

    @Override
    public void passBatch(final SlotArray batch, final long first, final long last) {
        flush();
        passedCount += last - first + 1;
        next.onBatch(batch, first, last);
    }

    @Override
    public void pass(final DirectBuffer buffer, final int slotOffset) {
        Slots.copy(buffer, slotOffset, slots.buffer(), claim());
        commit();
    }

    @Override
    public int claim() {
        if (count == CAPACITY) {
            flush();
        }
        return slots.offset(count);
    }

    @Override
    public MutableDirectBuffer buffer() {
        return slots.buffer();
    }

    @Override
    public void commit() {
        count++;
        passedCount++;
    }

    @Override
    public void drop(final long count) {
        droppedCount += count;
    }

    private void flush() {
        if (count > 0) {
            final int last = count - 1;
            count = 0;
            next.onBatch(slots, 0, last);
        }
    }

    private void endSession() {
        if (isInSession) {
            try {
                transform.onFlush(this);
            } catch (final RuntimeException ex) {
                throw guard.failed(ex);
            }
            flush();
        }
    }

    @Override
    public int onIdle(final long nowNs) {
        return next.onIdle(nowNs);
    }

    @Override
    public void onEnd() throws IOException {
        endSession();
        final StageStatistics statistics = statistics();
        if (!transform.createsRecords() && takenCount != passedCount + droppedCount + statistics.errorCount()) {
            throw new IllegalStateException("stage '" + name + "' has lost count: " + statistics
                    + "; a transform passes on or drops every record that it takes");
        }
        next.onEnd();
    }

    @Override
    public void onClose() {
        next.onClose();
    }

    StageStatistics statistics() {
        return new StageStatistics(name, takenCount, passedCount, droppedCount, guard.errorCount(), 0, 0);
    }
}
