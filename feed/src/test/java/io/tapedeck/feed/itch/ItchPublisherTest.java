package io.tapedeck.feed.itch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.feed.mold.CapturingSink;
import io.tapedeck.feed.mold.MoldPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in which packet does not depend on how records are handed over or translated. */
class ItchPublisherTest {
    private static final MoldSession SESSION = MoldSession.of("PACKING");

    private final CapturingSink sink = new CapturingSink();

    @ParameterizedTest
    @ValueSource(ints = {72, 100, 577, MoldDescriptor.ETHERNET_PAYLOAD_LENGTH, MoldDescriptor.MAX_PAYLOAD_LENGTH})
    void shouldFillPacketsAsIfMessagesWereAddedOneByOne(final int maxPayloadLength) {
        final TestTape tape = TestTape.random(maxPayloadLength, 20_000);
        publish(tape, maxPayloadLength);

        assertPackets(packed(tape, maxPayloadLength));
    }

    @ParameterizedTest
    @ValueSource(strings = {"itch/all-23-types.itch50", "itch/nasdaq-20191230-open.itch50"})
    void shouldFillPacketsWithMessagesOfAllTypes(final String name) {
        final TestTape tape = TestTape.file(name);
        publish(tape, 200);

        assertPackets(packed(tape, 200));
    }

    /** What is written behind a packet that has no more room must not be another packet. */
    @Test
    void shouldHaveAsMuchToSpareAsTranslationTakes() {
        assertThat(MoldPublisher.SPARE).isGreaterThanOrEqualTo(RecordToItch.SPARE);
    }

    private void publish(final TestTape tape, final int maxPayloadLength) {
        final SplittableRandom random = new SplittableRandom(maxPayloadLength);
        final ItchPublisher publisher = new ItchPublisher(
                new PublisherContext(SESSION).maxPayloadLength(maxPayloadLength), tape.directory, sink);
        int next = 0;
        while (next < tape.size()) {
            final int count = Math.min(tape.size() - next, 1 + random.nextInt(300));
            publisher.onBatch(tape.slots, next, next + count - 1);
            next += count;
        }
        publisher.onIdle(0);
        publisher.onIdle(Long.MAX_VALUE);
        publisher.abandon();
        publisher.onClose();

        assertThat(publisher.count(PublisherCounter.MESSAGES)).isEqualTo(tape.size());
        assertThat(publisher.count(PublisherCounter.REFUSED)).isZero();
    }

    private void assertPackets(final List<byte[]> expected) {
        assertThat(sink.packets).usingElementComparator(Arrays::compare).containsExactlyElementsOf(expected);
    }

    private static List<byte[]> packed(final TestTape tape, final int maxPayloadLength) {
        final List<byte[]> packets = new ArrayList<>();
        final MoldPacketWriter writer = new MoldPacketWriter(SESSION, maxPayloadLength);
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[maxPayloadLength]);
        writer.begin(packet, 0, 1);
        for (final byte[] message : tape.messages) {
            if (!writer.append(new UnsafeBuffer(message), 0, message.length)) {
                packets.add(Arrays.copyOf(packet.byteArray(), writer.finish()));
                writer.begin(packet, 0, writer.nextSequence());
                assertThat(writer.append(new UnsafeBuffer(message), 0, message.length))
                        .isTrue();
            }
        }
        packets.add(Arrays.copyOf(packet.byteArray(), writer.finish()));
        return packets;
    }
}
