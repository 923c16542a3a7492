package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoldReceiverTest {
    private static final MoldSession MONDAY = MoldSession.of("MONDAY");
    private static final MoldSession TUESDAY = MoldSession.of("TUESDAY");
    private static final int END = MoldDescriptor.END_OF_SESSION_COUNT;

    private final RecordingHandler handler = new RecordingHandler();
    private MoldReceiver receiver = receiver(null);
    private final UnsafeBuffer packet = new UnsafeBuffer(new byte[MoldDescriptor.ETHERNET_PAYLOAD_LENGTH]);

    @Test
    void shouldGiveMessagesInOrderWhenNothingIsLost() {
        give(MONDAY, 1, 3);
        give(MONDAY, 4, 0);
        give(MONDAY, 4, 2);
        give(MONDAY, 6, END);

        assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(handler.events).containsExactly("session MONDAY", "end 6");
        assertThat(receiver.isEnded()).isTrue();
        assertThat(receiver.counts().heartbeatCount()).isEqualTo(1);
        assertThat(receiver.counts().usedPacketCount()).isEqualTo(4);
        assertThat(receiver.counts().gapCount()).isZero();
    }

    @Test
    void shouldReportExactlyWhatIsMissing() {
        give(MONDAY, 3, 1);
        give(MONDAY, 9, 2);
        give(MONDAY, 12, 0);
        give(MONDAY, 20, END);

        assertThat(numbers()).containsExactly(3L, 9L, 10L);
        assertThat(handler.events)
                .containsExactly("session MONDAY", "gap 1-2", "gap 4-8", "gap 11-11", "gap 12-19", "end 20");
        assertThat(receiver.counts().gapCount()).isEqualTo(4);
        assertThat(receiver.counts().missingMessageCount()).isEqualTo(2 + 5 + 1 + 8);
        assertThat(receiver.counts().messageCount()).isEqualTo(3);
        assertThat(receiver.nextSequence()).isEqualTo(20);
    }

    @Test
    void shouldGiveEachMessageOnceWhenPacketsRepeatOrOverlap() {
        give(MONDAY, 1, 4);
        give(MONDAY, 1, 4);
        give(MONDAY, 3, 4);
        give(MONDAY, 5, 1);
        give(MONDAY, 2, 0);

        assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(receiver.counts().duplicateMessageCount()).isEqualTo(4 + 2 + 1);
        assertThat(receiver.counts().oldPacketCount()).isEqualTo(2);
        assertThat(handler.events).containsExactly("session MONDAY");
    }

    @Test
    void shouldNotGoBackWhenAPacketComesAfterItWasReportedMissing() {
        give(MONDAY, 1, 1);
        give(MONDAY, 4, 1);
        give(MONDAY, 2, 2);

        assertThat(numbers()).containsExactly(1L, 4L);
        assertThat(handler.events).containsExactly("session MONDAY", "gap 2-3");
        assertThat(receiver.counts().oldPacketCount()).isEqualTo(1);
    }

    @Test
    void shouldSkipAndReportAnotherSessionWhileOneIsNotOver() {
        give(MONDAY, 1, 2);
        give(TUESDAY, 1, 2);
        give(TUESDAY, 3, END);
        give(MONDAY, 3, 1);

        assertThat(numbers()).containsExactly(1L, 2L, 3L);
        assertThat(handler.events).containsExactly("session MONDAY", "other TUESDAY");
        assertThat(receiver.counts().otherSessionPacketCount()).isEqualTo(2);
        assertThat(receiver.session()).isEqualTo(MONDAY);
        assertThat(receiver.isEnded()).isFalse();
    }

    @Test
    void shouldStartTheNextSessionWhenOneIsOver() {
        give(MONDAY, 1, 2);
        give(MONDAY, 3, END);
        give(MONDAY, 3, END);
        give(MONDAY, 3, 1);
        give(TUESDAY, 1, 1);
        give(MONDAY, 3, END);
        give(TUESDAY, 2, END);

        assertThat(numbers()).containsExactly(1L, 2L, 1L);
        assertThat(handler.events).containsExactly("session MONDAY", "end 3", "session TUESDAY", "end 2");
        assertThat(receiver.counts().oldPacketCount()).isEqualTo(3);
        assertThat(receiver.counts().otherSessionPacketCount()).isZero();
    }

    @Test
    void shouldFollowOnlyTheSessionThatWasAskedFor() {
        receiver = receiver(TUESDAY);
        give(MONDAY, 1, 2);
        give(TUESDAY, 1, 1);

        assertThat(numbers()).containsExactly(1L);
        assertThat(handler.events).containsExactly("other MONDAY", "session TUESDAY");
    }

    @Test
    void shouldNotEndWhenTheEndIsInFrontOfWhatWasGiven() {
        give(MONDAY, 1, 5);
        give(MONDAY, 3, END);

        assertThat(receiver.isEnded()).isFalse();
        assertThat(receiver.counts().oldPacketCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 21, 22, 30, 41, 42, 43, 62, 64, 83})
    void shouldUseNothingOfAPacketWhenItIsNotWhole(final int length) {
        final int whole = build(MONDAY, 1, 2);
        assertThat(whole).isEqualTo(20 + 2 * (2 + Long.BYTES));
        final boolean used = receiver.onPacket(0, packet, 0, Math.min(length, packet.capacity()), 0);

        assertThat(used).isFalse();
        assertThat(handler.messages).isEmpty();
        assertThat(handler.events).isEmpty();
        assertThat(receiver.session()).isNull();
        assertThat(receiver.counts().malformedPacketCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldSkipAPacketWhoseNumbersAreImpossible(final long sequence) {
        give(MONDAY, sequence, 2);

        assertThat(handler.messages).isEmpty();
        assertThat(handler.events).isEmpty();
        assertThat(receiver.counts().malformedPacketCount()).isEqualTo(1);
    }

    /** Gives up at once what is missing. */
    private MoldReceiver receiver(final MoldSession session) {
        return new MoldReceiver(
                new ReceiverContext().session(session).reorderWaitNs(0).bufferedPackets(4), handler);
    }

    private void give(final MoldSession session, final long sequence, final int count) {
        receiver.onPacket(0, packet, 0, build(session, sequence, count), 0);
    }

    /** Each message holds its number. */
    private int build(final MoldSession session, final long sequence, final int count) {
        final MoldPacketWriter writer = new MoldPacketWriter(session, packet.capacity());
        if (count == END) {
            return writer.endOfSession(packet, 0, sequence);
        }
        writer.begin(packet, 0, sequence);
        for (int i = 0; i < count; i++) {
            packet.putLong(writer.claim(Long.BYTES), sequence + i);
        }
        return writer.finish();
    }

    private List<Long> numbers() {
        final List<Long> numbers = new ArrayList<>();
        for (final byte[] message : handler.messages) {
            numbers.add(ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).getLong());
        }
        return numbers;
    }
}
