package io.tapedeck.feed.mold;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.mold.SessionName;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoldPublisherTest {
    private static final int HEADER = 20;
    private static final int ADD_ORDER = 36;
    private static final int END_OF_SESSION = 0xFFFF;
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final MoldSession SESSION = SessionName.of(LocalDate.of(2026, 1, 2), 3);

    private final ManualClock clock = new ManualClock(MS);
    private final CapturingSink sink = new CapturingSink();
    private final PublisherContext context =
            new PublisherContext(SESSION).nanoClock(clock).idleStrategy(clock);

    @Test
    void shouldNameTheSessionInTenCharactersWhenGivenDateAndUnit() {
        final MoldPublisher publisher = publishing();
        publish(publisher, 1, 1, ADD_ORDER);
        publisher.flush();

        assertThat(new String(sink.packets.get(0), 0, 10, US_ASCII)).isEqualTo("2601020003");
        assertThatThrownBy(() -> SessionName.of(LocalDate.of(2026, 1, 2), 10_000))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What the exchange's own packets hold. */
    @Test
    void shouldPutThirtyEightAddsIntoAPacketWhenItMayFillAnEthernetFrame() {
        final MoldPublisher publisher = publishing();
        publish(publisher, 1, 100, ADD_ORDER);

        assertThat(headers()).containsExactly("1+38", "39+38");
        assertThat(sink.packets.get(0)).hasSize(HEADER + 38 * (2 + ADD_ORDER));
        assertThat(publisher.flush()).isEqualTo(1);
        assertThat(publisher.flush()).isZero();
        assertThat(headers()).containsExactly("1+38", "39+38", "77+24");
        assertThat(publisher.count(PublisherCounter.PACKETS)).isEqualTo(3);
        assertThat(publisher.count(PublisherCounter.MESSAGES)).isEqualTo(100);
        assertThat(publisher.count(PublisherCounter.BYTES)).isEqualTo(3 * HEADER + 100 * (2 + ADD_ORDER));
    }

    @Test
    void shouldSendAPartialPacketWhenItHasWaitedForTheFlushInterval() {
        final MoldPublisher publisher = publishing(context.flushIntervalNs(5 * MS));
        publish(publisher, 1, 2, ADD_ORDER);

        assertThat(publisher.onIdle(clock.nanoTime())).isZero();
        assertThat(publisher.onIdle(clock.advance(5 * MS - 1))).isZero();
        assertThat(publisher.onIdle(clock.advance(1))).isEqualTo(1);
        assertThat(headers()).containsExactly("1+2");

        publish(publisher, 3, 1, ADD_ORDER);
        assertThat(publisher.onIdle(clock.advance(5 * MS))).isZero();
        assertThat(publisher.onIdle(clock.advance(5 * MS))).isEqualTo(1);
        assertThat(headers()).containsExactly("1+2", "3+1");
    }

    @Test
    void shouldSendAtTheFirstIdleMomentWhenNothingIsToWait() {
        final MoldPublisher publisher = publishing(context.flushIntervalNs(0));
        publish(publisher, 1, 2, ADD_ORDER);

        assertThat(publisher.onIdle(clock.nanoTime())).isEqualTo(1);
        assertThat(headers()).containsExactly("1+2");
    }

    @Test
    void shouldSendAHeartbeatEachSecondWhenThereIsNothingElse() {
        final MoldPublisher publisher = publishing();

        final List<Long> beatsAtMs = new ArrayList<>();
        for (int ms = 0; ms < 3_500; ms++) {
            if (publisher.onIdle(clock.advance(MS)) > 0) {
                beatsAtMs.add(ms + 1L);
            }
            if (ms == 1_500) {
                publish(publisher, 1, 4, ADD_ORDER);
                publisher.flush();
            }
        }

        // The packet at 1,501 puts the next one off; silence is noticed with the first idle call after each packet.
        assertThat(beatsAtMs).containsExactly(1_000L, 2_502L);
        assertThat(headers()).containsExactly("1+0", "1+4", "5+0");
        assertThat(sink.packets.get(0)).hasSize(HEADER);
        assertThat(publisher.count(PublisherCounter.HEARTBEATS)).isEqualTo(2);
        assertThat(publisher.count(PublisherCounter.MESSAGES)).isEqualTo(4);
    }

    @Test
    void shouldRepeatTheEndForAShortWhileWhenTheSessionEnds() {
        final MoldPublisher publisher = publishing();
        publish(publisher, 1, 3, ADD_ORDER);
        final long startNs = clock.nanoTime();
        publisher.endSession();

        assertThat(headers())
                .containsExactly(
                        "1+3",
                        "4+" + END_OF_SESSION,
                        "4+" + END_OF_SESSION,
                        "4+" + END_OF_SESSION,
                        "4+" + END_OF_SESSION,
                        "4+" + END_OF_SESSION,
                        "4+" + END_OF_SESSION);
        assertThat(clock.nanoTime() - startNs).isEqualTo(500 * MS);
        publisher.close();
        assertThat(sink.closed).isTrue();
    }

    @Test
    void shouldSendTheEndOnceWhenItIsNotToBeRepeated() {
        final MoldPublisher publisher = publishing(context.endOfSessionNs(0));
        publisher.endSession();

        assertThat(headers()).containsExactly("1+" + END_OF_SESSION);
    }

    @Test
    void shouldStartAPacketWhenNumbersAreLeftOut() {
        final MoldPublisher publisher = publishing();
        publish(publisher, 1, 2, ADD_ORDER);
        publish(publisher, 10, 2, ADD_ORDER);
        publisher.flush();

        assertThat(headers()).containsExactly("1+2", "10+2");
    }

    @Test
    void shouldRefuseNumbersThatFallBecauseADayNeedsItsOwnSession() {
        final MoldPublisher publisher = publishing();
        publish(publisher, 1, 2, ADD_ORDER);

        assertThatThrownBy(() -> publisher.claim(2, ADD_ORDER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("session=2601020003")
                .hasMessageContaining("sequence=2")
                .hasMessageContaining("expected=3");
    }

    @Test
    void shouldKeepTheNumberWhenAMessageCannotBeMade() {
        final MoldPublisher publisher = publishing();
        publish(publisher, 1, 1, ADD_ORDER);
        publisher.refuse(publisher.claim(2, ADD_ORDER));
        publish(publisher, 3, 1, ADD_ORDER);
        publisher.flush();

        assertThat(headers()).containsExactly("1+3");
        final RecordingHandler handler = new RecordingHandler();
        receive(handler);
        assertThat(handler.messages).extracting(message -> message.length).containsExactly(ADD_ORDER, 0, ADD_ORDER);
        assertThat(publisher.count(PublisherCounter.REFUSED)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000, 333_333, 50_000_000})
    void shouldKeepToTheRateWhenItIsLimited(final long messagesPerSecond) {
        final ManualClock fine = new ManualClock(Math.min(300_000, Math.max(1, 300_000_000 / messagesPerSecond)));
        final MoldPublisher publisher = publishing(
                context.messagesPerSecond(messagesPerSecond).nanoClock(fine).idleStrategy(fine));
        final long startNs = fine.nanoTime();
        final long messages = Math.min(20_000, 20 * messagesPerSecond);
        long sequence = 1;
        while (sequence <= messages) {
            final long allowed = publisher.awaitTurn(messages - sequence + 1);
            assertThat(allowed).isBetween(1L, 1 + messagesPerSecond / 1_000);
            publish(publisher, sequence, (int) allowed, ADD_ORDER);
            sequence += allowed;
        }

        final double seconds = (fine.nanoTime() - startNs) / 1e9;
        assertThat(messages / seconds).isBetween(0.98 * messagesPerSecond, 1.001 * messagesPerSecond);
    }

    @Test
    void shouldFlushAndBeatWhileTheRateMakesItWait() {
        final MoldPublisher publisher = publishing(context.messagesPerSecond(1).heartbeatIntervalNs(300 * MS));
        for (long sequence = 1; sequence <= 2; sequence++) {
            assertThat(publisher.awaitTurn(5)).isEqualTo(1);
            publish(publisher, sequence, 1, ADD_ORDER);
        }
        publisher.flush();

        assertThat(headers()).containsExactly("1+0", "1+0", "1+0", "1+1", "2+0", "2+0", "2+0", "2+1");
    }

    @Test
    void shouldForfeitWhatTheRateLeftUnused() {
        final MessagePacer pacer = new MessagePacer(10_000, 0);

        assertThat(pacer.take(100, 0)).isZero();
        assertThat(pacer.take(100, TimeUnit.SECONDS.toNanos(3_600))).isEqualTo(11);
        assertThat(pacer.take(100, TimeUnit.SECONDS.toNanos(3_600))).isZero();
        assertThat(pacer.take(3, TimeUnit.SECONDS.toNanos(3_601))).isEqualTo(3);
        assertThat(pacer.take(100, TimeUnit.SECONDS.toNanos(3_601))).isEqualTo(8);
    }

    @Test
    void shouldNameTheValueWhenASettingIsOutOfRange() {
        assertThatThrownBy(() -> publishing(context.heartbeatIntervalNs(0)))
                .hasMessageContaining("heartbeatIntervalNs=0");
        assertThatThrownBy(() -> publishing(new PublisherContext(SESSION).messagesPerSecond(-1)))
                .hasMessageContaining("messagesPerSecond=-1");
        assertThatThrownBy(() -> publishing(new PublisherContext(SESSION).maxPayloadLength(65_508)))
                .hasMessageContaining("maxPayloadLength=65508");
        final PublisherContext used = new PublisherContext(SESSION);
        publishing(used);
        assertThatThrownBy(() -> publishing(used)).isInstanceOf(IllegalStateException.class);
    }

    private MoldPublisher publishing() {
        return publishing(context);
    }

    private MoldPublisher publishing(final PublisherContext publisherContext) {
        return new MoldPublisher(publisherContext, sink);
    }

    private static void publish(final MoldPublisher publisher, final long first, final int count, final int length) {
        for (int i = 0; i < count; i++) {
            final int offset = publisher.claim(first + i, length);
            publisher.buffer().setMemory(offset, length, (byte) (first + i));
        }
    }

    private void receive(final RecordingHandler handler) {
        final MoldReceiver receiver = new MoldReceiver(new ReceiverContext(), handler);
        for (final byte[] packet : sink.packets) {
            assertThat(receiver.onPacket(0, new UnsafeBuffer(packet), 0, packet.length, 0))
                    .isTrue();
        }
    }

    /** First number and count of each packet, read without the codec. */
    private List<String> headers() {
        final List<String> headers = new ArrayList<>();
        for (final byte[] packet : sink.packets) {
            final ByteBuffer buffer = ByteBuffer.wrap(packet);
            headers.add(buffer.getLong(10) + "+" + (buffer.getShort(18) & 0xFFFF));
        }
        return headers;
    }
}
