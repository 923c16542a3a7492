package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random networks. {@code -Dtapedeck.streams=20000} makes the campaign longer. */
@Tag("campaign")
class MoldReceiverModelTest {
    private static final int NETWORKS = Integer.getInteger("tapedeck.streams", 100);
    private static final int MESSAGES = 1_500;
    private static final long LIMIT_NS = 1_000_000 * LossyNetwork.STEP_NS;

    /** Checks that every number comes once, in order, given or reported. */
    private static final class Listener implements MoldHandler {
        private final BitSet missing = new BitSet();
        private long nextSequence = 1;
        private long end;

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            assertThat(sequence).isEqualTo(nextSequence++);
            assertThat(buffer.getLong(offset)).isEqualTo(sequence);
            assertThat(length).isEqualTo(LossyNetwork.length(sequence));
        }

        @Override
        public void onGap(final long first, final long last) {
            assertThat(first).isEqualTo(nextSequence).isLessThanOrEqualTo(last);
            missing.set((int) first, (int) last + 1);
            nextSequence = last + 1;
        }

        @Override
        public void onEndOfSession(final long next) {
            assertThat(next).isEqualTo(nextSequence);
            end = next;
        }
    }

    @Test
    void shouldLoseNothingWhenItCanAsk() {
        long overflows = 0;
        long recovered = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int lines = 1 + random.nextInt(2);
            final int capacity = 1 + random.nextInt(64);
            final LossyNetwork network =
                    new LossyNetwork(seed, random.nextDouble() * 0.5, random.nextInt(40), MESSAGES);
            final Listener listener = new Listener();
            final MoldReceiver receiver = new MoldReceiver(
                    new ReceiverContext()
                            .lineCount(lines)
                            .bufferedPackets(capacity)
                            .reorderWaitNs(random.nextInt(20) * LossyNetwork.STEP_NS)
                            .retryNs((1 + random.nextInt(50)) * LossyNetwork.STEP_NS)
                            .giveUpNs(LIMIT_NS),
                    listener,
                    network);
            network.run(receiver, lines, LIMIT_NS);

            assertThat(receiver.isEnded()).as("seed %d", seed).isTrue();
            assertThat(listener.end).isEqualTo(MESSAGES + 1);
            assertThat(listener.missing.cardinality()).isZero();
            assertThat(receiver.counts().messageCount()).isEqualTo(MESSAGES);
            assertThat(receiver.counts().requestCount()).isEqualTo(network.requests);
            long first = receiver.counts().recoveredMessageCount();
            for (int line = 0; line < lines; line++) {
                first += receiver.counts().line(line).firstMessageCount();
            }
            assertThat(first).isEqualTo(MESSAGES);
            overflows += receiver.counts().overflowPacketCount();
            recovered += receiver.counts().recoveredMessageCount();
        }
        assertThat(overflows).isPositive();
        assertThat(recovered).isGreaterThan(NETWORKS);
    }

    @Test
    void shouldReportExactlyWhatNoLineBroughtWhenItCannotAsk() {
        long missing = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final int lines = 1 + random.nextInt(2);
            final int maxDelay = random.nextInt(40);
            final LossyNetwork network = new LossyNetwork(seed, random.nextDouble() * 0.3, maxDelay, MESSAGES);
            final Listener listener = new Listener();
            final MoldReceiver receiver = new MoldReceiver(
                    new ReceiverContext()
                            .lineCount(lines)
                            .bufferedPackets(256)
                            .reorderWaitNs(maxDelay * LossyNetwork.STEP_NS),
                    listener);
            network.run(receiver, lines, LIMIT_NS);

            assertThat(receiver.isEnded()).as("seed %d", seed).isTrue();
            final BitSet silent = new BitSet();
            silent.set(1, MESSAGES + 1);
            silent.andNot(network.heard);
            assertThat(listener.missing).as("seed %d", seed).isEqualTo(silent);
            assertThat(receiver.counts().overflowPacketCount()).isZero();
            missing += silent.cardinality();
        }
        assertThat(missing).isGreaterThan(NETWORKS);
    }

    @Test
    void shouldGoOnBehindASnapshotAsIfItHadAlwaysListened() {
        for (long seed = 0; seed < NETWORKS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final LossyNetwork network = new LossyNetwork(seed, random.nextDouble() * 0.3, 10, MESSAGES);
            final int joined = 1 + random.nextInt(MESSAGES / 2);
            final int resumed = 1 + random.nextInt(MESSAGES);
            final Listener listener = new Listener();
            listener.nextSequence = resumed;
            final MoldReceiver receiver = new MoldReceiver(
                    new ReceiverContext()
                            .lineCount(2)
                            .joinPoint(JoinPoint.SNAPSHOT)
                            .bufferedPackets(1 + random.nextInt(64))
                            .giveUpNs(LIMIT_NS),
                    listener,
                    network);
            network.publishUpTo(joined);
            network.run(receiver, 2, random.nextInt(200) * LossyNetwork.STEP_NS);
            assertThat(receiver.counts().messageCount()).isZero();
            receiver.resumeAt(resumed, network.nowNs);
            network.run(receiver, 2, LIMIT_NS);

            assertThat(listener.end).as("seed %d", seed).isEqualTo(MESSAGES + 1);
            assertThat(listener.missing.cardinality()).isZero();
            assertThat(receiver.counts().messageCount()).isEqualTo(MESSAGES + 1 - resumed);
        }
    }

    /** Too small a buffer gives messages up early, but never without saying so. */
    @Test
    void shouldAccountForEveryNumberWhenTheBufferIsTooSmall() {
        for (long seed = 0; seed < NETWORKS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final LossyNetwork network = new LossyNetwork(seed, random.nextDouble() * 0.3, 40, MESSAGES);
            final Listener listener = new Listener();
            final MoldReceiver receiver = new MoldReceiver(
                    new ReceiverContext()
                            .lineCount(2)
                            .bufferedPackets(1 + random.nextInt(4))
                            .maxPacketLength(100 + random.nextInt(300))
                            .reorderWaitNs(1_000 * LossyNetwork.STEP_NS),
                    listener);
            network.run(receiver, 2, LIMIT_NS);

            assertThat(listener.end).as("seed %d", seed).isEqualTo(MESSAGES + 1);
            assertThat(receiver.counts().overflowPacketCount()).isZero();
            assertThat(receiver.counts().messageCount() + listener.missing.cardinality())
                    .isEqualTo(MESSAGES);
        }
    }

    @Test
    void shouldGiveUpOnlyWhatTheServerNeverAnswers() {
        long missing = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            final SplittableRandom random = new SplittableRandom(seed);
            final LossyNetwork network = new LossyNetwork(seed, 0.2, 5, MESSAGES);
            network.answerLoss = 0;
            final int gone = 200 + random.nextInt(1_000);
            final Listener listener = new Listener();
            final MoldReceiver receiver = new MoldReceiver(
                    new ReceiverContext()
                            .bufferedPackets(64)
                            .reorderWaitNs(10 * LossyNetwork.STEP_NS)
                            .retryNs(10 * LossyNetwork.STEP_NS)
                            .giveUpNs(2_000 * LossyNetwork.STEP_NS),
                    listener,
                    (session, sequence, count) -> {
                        if (sequence + count <= gone || sequence > gone + 100) {
                            network.request(session, sequence, count);
                        }
                    });
            network.run(receiver, 1, LIMIT_NS);

            assertThat(listener.end).as("seed %d", seed).isEqualTo(MESSAGES + 1);
            assertThat(listener.missing.cardinality()).as("seed %d", seed).isLessThanOrEqualTo(170);
            assertThat(listener.missing.nextSetBit(gone + 135)).isNegative();
            assertThat(listener.missing.previousSetBit(gone - 35)).isNegative();
            missing += listener.missing.cardinality();
            assertThat(receiver.counts().messageCount() + listener.missing.cardinality())
                    .isEqualTo(MESSAGES);
        }
        assertThat(missing).isGreaterThan(10L * NETWORKS);
    }
}
