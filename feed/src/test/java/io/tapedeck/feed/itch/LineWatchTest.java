package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.ReceiverContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LineWatchTest {
    private static final int LINES = 2;

    private final MoldReceiver receiver = new MoldReceiver(new ReceiverContext().lineCount(LINES), new FeedBooks());
    private final LineWatch watch = new LineWatch(receiver.counts(), LINES);
    private long nowNs = Long.MAX_VALUE - LineWatch.SILENCE_NS;

    @Test
    void shouldTellOfALineThatIsSilentOnlyWhileAnotherOneGoesOn() {
        watch.look(nowNs);
        for (int i = 0; i < 4; i++) {
            pass(LineWatch.SILENCE_NS / 4, 0, 1);
        }
        assertThat(watch.isSilent(0) || watch.isSilent(1)).isFalse();

        for (int i = 0; i < 4; i++) {
            assertThat(watch.isSilent(1)).isFalse();
            pass(LineWatch.SILENCE_NS / 4, 0);
        }
        assertThat(watch.isSilent(1)).isTrue();
        assertThat(watch.isSilent(0)).isFalse();

        pass(1, 1);
        assertThat(watch.isSilent(1)).isFalse();
    }

    @Test
    void shouldSayNothingWhenAllLinesAreSilent() {
        watch.look(nowNs);
        for (int i = 0; i < 10; i++) {
            pass(LineWatch.SILENCE_NS / 2);
        }
        assertThat(watch.isSilent(0) || watch.isSilent(1)).isFalse();
    }

    private void pass(final long ns, final int... heard) {
        nowNs += ns;
        for (final int line : heard) {
            // Whatever comes on a line shows that it is alive, also what is no packet.
            receiver.onPacket(line, new UnsafeBuffer(new byte[1]), 0, 1, nowNs);
        }
        watch.look(nowNs);
    }
}
