package io.tapedeck.feed.playback;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;

/**
 * Plays one source to a consumer: each event when its time has come, and at once those whose times step back. In
 * between the consumer idles, as it would behind a ring: flushes and heartbeats go on.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per event.
 */
public final class TapePlayer implements ReplayHandler {
    private static final int BATCH_LIMIT = 256;

    private final EventSource source;
    private final BatchConsumer consumer;
    private final PlaybackClock clock;
    private final boolean isFollowing;
    private final BooleanSupplier stop;
    private final IdleStrategy idleStrategy;
    private boolean isStopped;

    /** How a tape was played. */
    public enum Ending {
        /** To its end. */
        ENDED,
        /** Up to where it is written: it is not closed, and was not to be followed. */
        UNFINISHED,
        /** Until it was to stop. */
        STOPPED
    }

    /**
     * Plays a source.
     *
     * @param source       of one session; stays open.
     * @param consumer     gets the events; is not closed.
     * @param clock        says which events are due.
     * @param isFollowing  whether to wait for more where a tape is still being written.
     * @param stop         asked between events; once true it stays true.
     * @param idleStrategy how to wait.
     */
    public TapePlayer(
            final EventSource source,
            final BatchConsumer consumer,
            final PlaybackClock clock,
            final boolean isFollowing,
            final BooleanSupplier stop,
            final IdleStrategy idleStrategy) {
        this.source = source;
        this.consumer = consumer;
        this.clock = clock;
        this.isFollowing = isFollowing;
        this.stop = stop;
        this.idleStrategy = idleStrategy;
    }

    /**
     * Plays all that is to be played.
     *
     * @return how it ended.
     * @throws io.tapedeck.codecs.CorruptDataException if the source is damaged; what came before was played.
     * @throws IOException                             if it cannot be read.
     */
    public Ending play() throws IOException {
        while (!isStopped && !stop.getAsBoolean()) {
            if (source.poll(this, BATCH_LIMIT) > 0) {
                continue;
            }
            if (source.state() == SourceState.ENDED) {
                return Ending.ENDED;
            }
            if (source.state() == SourceState.CAUGHT_UP) {
                if (!isFollowing) {
                    return Ending.UNFINISHED;
                }
                rest();
            }
        }
        return Ending.STOPPED;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        long next = low;
        while (next <= high) {
            final long end = dueEnd(slots, next, high);
            if (end > next) {
                consumer.onBatch(slots, next, end - 1);
                next = end;
            } else if (stop.getAsBoolean()) {
                isStopped = true;
                return;
            } else {
                rest();
            }
        }
    }

    /** The first event that is not due yet, or one beyond the last. */
    private long dueEnd(final SlotArray slots, final long low, final long high) {
        final long marketNs = clock.marketNs(timeNs(slots, low));
        if (marketNs == Long.MAX_VALUE) {
            return high + 1;
        }
        long end = low;
        while (end <= high && timeNs(slots, end) <= marketNs) {
            end++;
        }
        return end;
    }

    private void rest() {
        idleStrategy.idle(consumer.onIdle(clock.nowNs()));
    }

    private static long timeNs(final SlotArray slots, final long sequence) {
        return slots.buffer()
                .getLong(slots.offset(sequence) + EventSlotDescriptor.EVENT_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }
}
