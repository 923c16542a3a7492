package io.tapedeck.feed.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundSinkTest {
    private static final int FIRST_WITHOUT_RETRIES = 1_000;

    private final ByteBuffer packet = ByteBuffer.allocateDirect(1_472);

    @Test
    void shouldHandOnEveryPacketInOrderWhenTheQueueOverflowsAgainAndAgain() {
        final CheckingSink checking = new CheckingSink();
        final int packets = 20_000;
        try (BackgroundSink background = start(checking)) {
            for (int i = 0; i < packets; i++) {
                send(background, i);
            }
        }

        assertThat(checking.packets).isEqualTo(packets);
        assertThat(checking.wrong).isZero();
        assertThat(checking.closed).isTrue();
    }

    @Test
    void shouldAddUpHowOftenPacketsWereOfferedAgain() {
        final CheckingSink checking = new CheckingSink();
        long retries = 0;
        try (BackgroundSink background = start(checking)) {
            for (int i = 0; i < FIRST_WITHOUT_RETRIES; i++) {
                retries += send(background, i);
            }
            while (retries < 3L * FIRST_WITHOUT_RETRIES) {
                retries += send(background, FIRST_WITHOUT_RETRIES);
            }
        }

        assertThat(retries).isEqualTo(3L * FIRST_WITHOUT_RETRIES);
    }

    @Test
    void shouldSayWhatWentWrongOnItsThread() throws InterruptedException {
        final UncheckedIOException failure = new UncheckedIOException(new IOException("Network is unreachable"));
        final CheckingSink checking = new CheckingSink();
        checking.failure = failure;
        final BackgroundSink background = start(checking);

        assertThatThrownBy(() -> {
                    while (true) {
                        send(background, 1);
                    }
                })
                .isSameAs(failure);
        assertThatThrownBy(background::close).isSameAs(failure);
        checking.closedLatch.await();
        assertThat(checking.closed).isTrue();
    }

    @Test
    void shouldAllocateNothingPerPacket() {
        try (BackgroundSink background = start(new CheckingSink())) {
            final Runnable work = () -> {
                for (int i = 0; i < 5_000; i++) {
                    send(background, i);
                }
            };
            work.run();

            assertThat(AllocationMeter.leastAllocatedBytes(work, 5)).isZero();
        }
    }

    private static BackgroundSink start(final PacketSink sink) {
        return BackgroundSink.start("tapedeck-test-sender", sink, new YieldingIdleStrategy());
    }

    /** A packet holds its number at both ends; lengths differ. */
    private int send(final BackgroundSink background, final int number) {
        final int length = 20 + number % 1_450;
        packet.clear().putInt(0, number).putInt(length - Integer.BYTES, number);
        return background.send(packet.limit(length).position(0));
    }

    private static final class CheckingSink implements PacketSink {
        private final CountDownLatch closedLatch = new CountDownLatch(1);
        private RuntimeException failure;
        private int packets;
        private int wrong;
        private boolean closed;

        @Override
        public int send(final ByteBuffer packet) {
            if (failure != null) {
                throw failure;
            }
            final int number = packet.getInt(packet.position());
            if (number != packets
                    || packet.remaining() != 20 + number % 1_450
                    || packet.getInt(packet.limit() - Integer.BYTES) != number) {
                wrong++;
            }
            packets++;
            return number < FIRST_WITHOUT_RETRIES ? 3 : 0;
        }

        @Override
        public void close() {
            closed = true;
            closedLatch.countDown();
        }
    }
}
