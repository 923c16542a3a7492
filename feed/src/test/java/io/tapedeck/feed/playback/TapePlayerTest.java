package io.tapedeck.feed.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.run.Pace;
import io.tapedeck.feed.mold.ManualClock;
import io.tapedeck.feed.playback.TapePlayer.Ending;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TapePlayerTest {
    private static final long START_NS = 34_200_000_000_000L;

    private final ManualClock clock = new ManualClock(1);
    private final List<String> heard = new ArrayList<>();
    private final BatchConsumer consumer = new BatchConsumer() {
        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                heard.add(at + "@" + (clock.nanoTime() - originNs));
            }
        }

        @Override
        public int onIdle(final long nowNs) {
            idles++;
            assertThat(nowNs).isEqualTo(clock.nanoTime());
            return 0;
        }
    };
    private final long originNs = clock.nanoTime();
    private long idles;

    @Test
    void shouldPlayEachEventWhenItsTimeHasCome() throws IOException {
        final Ending ending = player("1x", false, () -> false, 0, 0, 5, 9).play();

        assertThat(ending).isEqualTo(Ending.ENDED);
        assertThat(heard).containsExactly("0@0", "1@0", "2@5", "3@9");
        assertThat(idles).isEqualTo(9);
    }

    @Test
    void shouldGoFasterOrSlowerWhenItIsToldTo() throws IOException {
        player("2x", false, () -> false, 0, 10, 20).play();
        assertThat(heard).containsExactly("0@0", "1@5", "2@10");
    }

    @Test
    void shouldNotWaitAtFullSpeed() throws IOException {
        player("max", false, () -> false, 0, 1_000_000_000, 5).play();
        assertThat(heard).containsExactly("0@0", "1@0", "2@0");
        assertThat(idles).isZero();
    }

    /** Real data has seams: what is late is due at once, and what follows keeps its own time. */
    @Test
    void shouldPlayAtOnceWhatStepsBackInTime() throws IOException {
        player("1x", false, () -> false, 100, 110, 50, 60, 115).play();
        assertThat(heard).containsExactly("0@0", "1@10", "2@10", "3@10", "4@15");
    }

    @Test
    void shouldGiveTapesOfOneDayTheSameTime() throws IOException {
        final PlaybackClock shared = new PlaybackClock(Pace.parse("1x"), clock);
        new TapePlayer(new Events(0, 7), consumer, shared, false, () -> false, clock).play();
        new TapePlayer(new Events(3, 7, 12), consumer, shared, false, () -> false, clock).play();
        assertThat(heard).containsExactly("0@0", "1@7", "0@7", "1@7", "2@12");
    }

    @Test
    void shouldWaitForMoreOnlyWhenItFollows() throws IOException {
        final Events live = new Events(1, 2, 3);
        live.caughtUpAfter = 2;
        assertThat(new TapePlayer(live, consumer, maxSpeed(), false, () -> false, clock).play())
                .isEqualTo(Ending.UNFINISHED);
        assertThat(heard).hasSize(2);

        assertThat(new TapePlayer(live, consumer, maxSpeed(), true, () -> idles > 50, clock).play())
                .isEqualTo(Ending.STOPPED);
        live.caughtUpAfter = Integer.MAX_VALUE;
        assertThat(new TapePlayer(live, consumer, maxSpeed(), true, () -> false, clock).play())
                .isEqualTo(Ending.ENDED);
        assertThat(heard).hasSize(3);
        assertThat(idles).isEqualTo(51);
    }

    @Test
    void shouldStopWhileItWaitsForAnEventThatIsFarAway() throws IOException {
        assertThat(player("1x", false, () -> clock.nanoTime() - originNs > 100, 0, Long.MAX_VALUE / 2)
                        .play())
                .isEqualTo(Ending.STOPPED);
        assertThat(heard).containsExactly("0@0");
    }

    private PlaybackClock maxSpeed() {
        return new PlaybackClock(Pace.MAX, clock);
    }

    private TapePlayer player(
            final String pace, final boolean isFollowing, final BooleanSupplier stop, final long... timesNs) {
        return new TapePlayer(
                new Events(timesNs), consumer, new PlaybackClock(Pace.parse(pace), clock), isFollowing, stop, clock);
    }

    /** Events at these times after the opening. */
    private static final class Events implements EventSource {
        private final SlotArray slots = new SlotArray(16);
        private final int size;
        private int caughtUpAfter = Integer.MAX_VALUE;
        private int next;

        Events(final long... timesNs) {
            size = timesNs.length;
            for (int i = 0; i < size; i++) {
                slots.buffer()
                        .putLong(
                                slots.offset(i) + EventSlotDescriptor.EVENT_TIME_OFFSET,
                                START_NS + timesNs[i],
                                ByteOrder.LITTLE_ENDIAN);
            }
        }

        @Override
        public int poll(final ReplayHandler handler, final int limit) {
            final int end = Math.min(Math.min(size, next + limit), caughtUpAfter);
            if (end <= next) {
                return 0;
            }
            final int first = next;
            next = end;
            handler.onBatch(slots, first, end - 1);
            return end - first;
        }

        @Override
        public SourceState state() {
            return next == size ? SourceState.ENDED : SourceState.CAUGHT_UP;
        }

        @Override
        public boolean seekSequence(final long sequence) {
            return false;
        }

        @Override
        public boolean seekTime(final long timeNs) {
            return false;
        }

        @Override
        public List<Instrument> instruments() {
            return List.of();
        }

        @Override
        public long eventCount() {
            return size;
        }

        @Override
        public void close() {}
    }
}
