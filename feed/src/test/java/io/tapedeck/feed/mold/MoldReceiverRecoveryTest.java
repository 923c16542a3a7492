package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked for, and when. */
class MoldReceiverRecoveryTest {
    private static final MoldSession SESSION = MoldSession.of("MONDAY");
    private static final int END = MoldDescriptor.END_OF_SESSION_COUNT;
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int A = 0;
    private static final int B = 1;

    private final List<String> heard = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[MoldDescriptor.ETHERNET_PAYLOAD_LENGTH]);
    private long nowMs;
    private MoldReceiver receiver = receiver(context());

    @Test
    void shouldGiveNothingDuringAGapAndEverythingBehindIt() {
        give(A, 1, 2);
        give(A, 5, 2);
        give(A, 7, 1);
        assertThat(heard).containsExactly("1", "2");
        assertThat(receiver.isInGap()).isTrue();
        give(MoldReceiver.ANSWERS, 3, 2);

        assertThat(heard).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(receiver.isInGap()).isFalse();
        assertThat(receiver.counts().recoveredMessageCount()).isEqualTo(2);
        assertThat(receiver.counts().line(A).firstMessageCount()).isEqualTo(5);
        assertThat(receiver.counts().line(A).gapCount()).isEqualTo(1);
        assertThat(receiver.counts().line(A).missingMessageCount()).isEqualTo(2);
    }

    @Test
    void shouldWaitForTheOtherLineBeforeItAsks() {
        give(A, 1, 1);
        give(A, 3, 1);
        work();
        assertThat(requests).isEmpty();
        give(B, 1, 1);
        give(B, 2, 1);
        nowMs += 100;
        work();

        assertThat(requests).isEmpty();
        assertThat(heard).containsExactly("1", "2", "3");
        assertThat(receiver.counts().line(B).firstMessageCount()).isEqualTo(1);
        assertThat(receiver.counts().line(A).missingMessageCount()).isEqualTo(1);
    }

    @Test
    void shouldRepeatARequestInGrowingIntervals() {
        give(A, 1, 1);
        give(A, 4, 1);
        for (nowMs = 0; nowMs < 4_000; nowMs++) {
            work();
        }

        assertThat(requests)
                .containsExactly(
                        "2+2@1",
                        "2+2@21",
                        "2+2@61",
                        "2+2@141",
                        "2+2@301",
                        "2+2@621",
                        "2+2@1261",
                        "2+2@2261",
                        "2+2@3261");
        assertThat(receiver.counts().requestCount()).isEqualTo(9);
    }

    @Test
    void shouldAskForTheRestAtOnceWhenAnAnswerBringsLess() {
        give(A, 1, 1);
        give(A, 20, 1);
        nowMs = 1;
        work();
        nowMs = 2;
        give(MoldReceiver.ANSWERS, 2, 10);
        work();

        assertThat(requests).containsExactly("2+18@1", "12+8@2");
        assertThat(heard).hasSize(11);
    }

    @Test
    void shouldAskInPiecesForALongGapButNotForAllAtOnce() {
        give(A, 1, 40);
        give(A, 10_001, 1);
        nowMs = 1;
        work();

        assertThat(requests).hasSize(16).startsWith("41+40@1", "81+40@1").endsWith("641+40@1");
        nowMs = 2;
        give(MoldReceiver.ANSWERS, 41, 40);
        work();
        assertThat(requests).hasSize(17).endsWith("681+40@2");
    }

    @Test
    void shouldReportOneGapWhenTheServerIsSilent() {
        give(A, 1, 40);
        give(A, 10_001, 1);
        for (nowMs = 0; nowMs <= 10_000; nowMs += 10) {
            assertThat(heard).hasSize(40);
            work();
        }
        nowMs = 10_020;
        work();

        assertThat(heard).hasSize(42).endsWith("41-10000", "10001");
        assertThat(receiver.counts().gapCount()).isEqualTo(1);
        assertThat(receiver.counts().missingMessageCount()).isEqualTo(9_960);
    }

    @Test
    void shouldNotTakeItsOwnStandstillForTheServersSilence() {
        give(A, 1, 1);
        give(A, 3, 1);
        nowMs = 1;
        work();
        nowMs = 60_000;
        give(A, 5, 1);
        assertThat(heard).containsExactly("1");
        give(MoldReceiver.ANSWERS, 2, 1);
        give(MoldReceiver.ANSWERS, 4, 1);

        assertThat(heard).containsExactly("1", "2", "3", "4", "5");
        assertThat(receiver.counts().gapCount()).isZero();
    }

    @Test
    void shouldRecoverWhatTheEndShowsAndThenEnd() {
        give(A, 1, 2);
        give(A, 6, END);
        give(A, 6, END);
        assertThat(receiver.isEnded()).isFalse();
        nowMs = 1;
        work();
        give(MoldReceiver.ANSWERS, 3, 2);
        assertThat(receiver.isEnded()).isFalse();
        give(A, 7, 1);
        work();
        give(MoldReceiver.ANSWERS, 5, 1);

        assertThat(requests).containsExactly("3+3@1", "5+1@1");
        assertThat(heard).containsExactly("1", "2", "3", "4", "5", "end 6");
        assertThat(receiver.isEnded()).isTrue();
        assertThat(receiver.counts().oldPacketCount()).isEqualTo(1);
    }

    @Test
    void shouldMissNothingBehindTheEnd() {
        give(A, 1, 1);
        give(A, 3, END);
        give(B, 9, 0);
        give(MoldReceiver.ANSWERS, 2, 1);

        assertThat(heard).containsExactly("1", "2", "end 3");
        assertThat(receiver.isInGap()).isFalse();
        assertThat(receiver.counts().oldPacketCount()).isEqualTo(1);
    }

    @Test
    void shouldAskAgainForWhatFoundNoRoom() {
        receiver = receiver(context().bufferedPackets(4));
        give(A, 1, 1);
        give(A, 3, 1);
        give(A, 4, 1);
        give(A, 5, 1);
        give(A, 6, 1);
        assertThat(receiver.counts().overflowPacketCount()).isEqualTo(2);
        nowMs = 1;
        work();
        give(MoldReceiver.ANSWERS, 2, 1);
        give(MoldReceiver.ANSWERS, 5, 2);

        assertThat(requests).containsExactly("2+1@1", "5+2@1");
        assertThat(heard).containsExactly("1", "2", "3", "4", "5", "6");
    }

    @ParameterizedTest
    @CsvSource({"3, 3 4 5 6 7 8", "5, 5 6 7 8", "7, 7 8", "9, ''", "12, ''"})
    void shouldGoOnWhereASnapshotEnds(final long sequence, final String expected) {
        receiver = receiver(context().joinPoint(JoinPoint.SNAPSHOT));
        give(A, 5, 2);
        give(A, 8, 1);
        nowMs = 50;
        work();
        assertThat(requests).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(receiver.isHeld()).isTrue();
        receiver.resumeAt(sequence, nowMs * MS);
        nowMs = 60;
        work();
        if (sequence < 5) {
            give(MoldReceiver.ANSWERS, 3, 2);
        }
        give(MoldReceiver.ANSWERS, 7, 1);

        assertThat(String.join(" ", heard)).isEqualTo(expected);
        assertThat(receiver.isInGap()).isFalse();
        assertThat(receiver.nextSequence()).isEqualTo(Math.max(9, sequence));
        assertThatThrownBy(() -> receiver.resumeAt(1, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldBeginWithTheFirstMessageHeardWhenTheRestIsOfNoInterest() {
        receiver = receiver(context().joinPoint(JoinPoint.FIRST_HEARD));
        give(A, 1_000, 1);
        give(A, 1_002, 1);
        give(A, 1_001, 1);

        assertThat(heard).containsExactly("1000", "1001", "1002");
        assertThat(receiver.counts().gapCount()).isZero();
    }

    @Test
    void shouldNameTheSettingWhenItMakesNoSense() {
        assertRefused(context().lineCount(0), "lineCount=0");
        assertRefused(context().reorderWaitNs(-1), "reorderWaitNs=-1");
        assertRefused(context().retryNs(0), "retryNs=0");
        assertRefused(context().giveUpNs(0), "giveUpNs=0");
        assertRefused(context().bufferedPackets(0), "bufferedPackets=0");
        assertRefused(context().maxPacketLength(19), "maxPacketLength=19");
        assertRefused(context().bufferedPackets(1 << 20), "at most 1 GiB");
    }

    private void assertRefused(final ReceiverContext context, final String message) {
        assertThatThrownBy(() -> receiver(context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static ReceiverContext context() {
        return new ReceiverContext().lineCount(2);
    }

    private MoldReceiver receiver(final ReceiverContext context) {
        return new MoldReceiver(
                context,
                new MoldHandler() {
                    @Override
                    public void onMessage(
                            final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
                        assertThat(buffer.getLong(offset)).isEqualTo(sequence);
                        heard.add(Long.toString(sequence));
                    }

                    @Override
                    public void onGap(final long first, final long last) {
                        heard.add(first + "-" + last);
                    }

                    @Override
                    public void onEndOfSession(final long next) {
                        heard.add("end " + next);
                    }
                },
                (session, sequence, count) -> requests.add(sequence + "+" + count + "@" + nowMs));
    }

    private void work() {
        receiver.doWork(nowMs * MS);
    }

    private void give(final int line, final long sequence, final int count) {
        final MoldPacketWriter writer = new MoldPacketWriter(SESSION, packet.capacity());
        int length;
        if (count == END) {
            length = writer.endOfSession(packet, 0, sequence);
        } else {
            writer.begin(packet, 0, sequence);
            for (int i = 0; i < count; i++) {
                packet.putLong(writer.claim(Long.BYTES), sequence + i);
            }
            length = writer.finish();
        }
        receiver.onPacket(line, packet, 0, length, nowMs * MS);
    }
}
