package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines with threads of their own, and several of them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinesTest {
    private static final int LENGTH = 30;

    private final PublisherContext context = new PublisherContext(MoldSession.of("LINES")).endOfSessionNs(0);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendEveryPacketOnceOnEachLine(final boolean isThreaded) {
        final CapturingSink a = new CapturingSink();
        final CapturingSink b = new CapturingSink();
        if (isThreaded) {
            context.lineThreads(YieldingIdleStrategy::new);
        }
        final MoldPublisher publisher = new MoldPublisher(context, a, b);
        publish(publisher, 1, 50_000);
        publisher.endSession();
        publisher.close();

        assertThat(a.packets).hasSize((int) publisher.count(PublisherCounter.PACKETS));
        assertThat(b.packets).hasSameSizeAs(a.packets);
        final RecordingHandler handler = new RecordingHandler();
        final MoldReceiver receiver = new MoldReceiver(new ReceiverContext(), handler);
        for (int i = 0; i < a.packets.size(); i++) {
            assertThat(a.packets.get(i)).isEqualTo(b.packets.get(i));
            receiver.onPacket(0, new UnsafeBuffer(a.packets.get(i)), 0, a.packets.get(i).length, i);
        }
        assertThat(handler.messages).hasSize(50_000);
        assertThat(handler.events).containsExactly("session LINES", "end 50001");
        assertThat(a.closed && b.closed).isTrue();
    }

    /** With so little memory the line is overtaken at once, unless the publisher waits for it. */
    @Test
    void shouldWaitForALineThatIsBehind() {
        final CheckingSink slow = new CheckingSink();
        final MoldPublisher publisher = new MoldPublisher(
                context.recentLength(1).lineThreads(YieldingIdleStrategy::new).idleStrategy(new YieldingIdleStrategy()),
                slow);
        publish(publisher, 1, 200_000);
        publisher.flush();
        publisher.close();

        assertThat(slow.wrong).isZero();
        assertThat(slow.next).isEqualTo(200_001);
    }

    @Test
    void shouldAddUpHowOftenPacketsWereOfferedAgain() {
        final CheckingSink a = new CheckingSink();
        final CheckingSink b = new CheckingSink();
        a.retries = 2;
        b.retries = 3;
        final MoldPublisher publisher = new MoldPublisher(context.lineThreads(YieldingIdleStrategy::new), a, b);
        publish(publisher, 1, 1_000);
        publisher.flush();
        publisher.close();

        assertThat(publisher.count(PublisherCounter.SEND_RETRIES))
                .isEqualTo(5 * publisher.count(PublisherCounter.PACKETS));
    }

    @Test
    void shouldSayWhatWentWrongOnALinesThread() throws InterruptedException {
        final UncheckedIOException failure = new UncheckedIOException(new IOException("Network is unreachable"));
        final CapturingSink good = new CapturingSink();
        final CheckingSink bad = new CheckingSink();
        bad.failure = failure;
        final MoldPublisher publisher = new MoldPublisher(context.lineThreads(YieldingIdleStrategy::new), good, bad);
        final AtomicLong sequence = new AtomicLong();

        assertThatThrownBy(() -> {
                    while (true) {
                        publish(publisher, sequence.incrementAndGet(), 1);
                    }
                })
                .isSameAs(failure);
        assertThatThrownBy(publisher::close).isSameAs(failure);
        bad.closed.await();
        assertThat(good.closed).isTrue();
    }

    @Test
    void shouldAllocateNothingPerPacketOnThePublishersThread() {
        final CheckingSink sink = new CheckingSink();
        try (MoldPublisher publisher = new MoldPublisher(context.lineThreads(YieldingIdleStrategy::new), sink)) {
            final long[] next = {1};
            final Runnable work = () -> {
                publish(publisher, next[0], 100_000);
                next[0] += 100_000;
            };
            work.run();

            assertThat(AllocationMeter.leastAllocatedBytes(work, 5)).isZero();
        }
        assertThat(sink.wrong).isZero();
    }

    private static void publish(final MoldPublisher publisher, final long first, final int count) {
        for (long sequence = first; sequence < first + count; sequence++) {
            publisher.buffer().setMemory(publisher.claim(sequence, LENGTH), LENGTH, (byte) sequence);
        }
    }

    private static final class CheckingSink implements PacketSink {
        private final CountDownLatch closed = new CountDownLatch(1);
        private RuntimeException failure;
        private int retries;
        private long next = 1;
        private long wrong;

        @Override
        public int send(final ByteBuffer packet) {
            if (failure != null) {
                throw failure;
            }
            final int start = packet.position();
            wrong += packet.getLong(start + 10) == next ? 0 : 1;
            final int count = packet.getShort(start + 18);
            for (int i = 0; i < count; i++) {
                final int message = start + 20 + i * (2 + LENGTH) + 2;
                wrong += packet.get(message) == (byte) next && packet.get(message + LENGTH - 1) == (byte) next ? 0 : 1;
                next++;
            }
            return retries;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
