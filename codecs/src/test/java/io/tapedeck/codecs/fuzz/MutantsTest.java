package io.tapedeck.codecs.fuzz;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.codecs.itch.ItchSamples;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldRequest;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.soup.SoupDescriptor;
import io.tapedeck.codecs.soup.SoupLoginAccepted;
import io.tapedeck.codecs.soup.SoupLoginRequest;
import io.tapedeck.codecs.soup.SoupText;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files, packets and slots: every reader gives a result or a return code. The property
 * {@code tapedeck.mutants} says how many of each.
 */
@Tag("campaign")
class MutantsTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final int HOT_LENGTH = 64;

    private final HostileBytes hostile = new HostileBytes();

    @Test
    void shouldReadDamagedSyntheticFiles() {
        final byte[] file = ItchSamples.join(ItchSamples.plausible(31, 4));
        for (int seed = 0; seed < MUTANTS; seed++) {
            hostile.readBinaryFile(ByteMutator.mutate(file, seed, HOT_LENGTH));
        }
        assertThat(hostile.messages()).isGreaterThan(10L * MUTANTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"itch/all-23-types.itch50", "itch/nasdaq-start-of-day.itch50", "itch/nasdaq-20191230-open.itch50"
            })
    void shouldReadDamagedRealFiles(final String name) {
        final byte[] whole = TestData.bytes(name);
        final byte[] file = Arrays.copyOf(whole, Math.min(whole.length, 4_000));
        for (int seed = 0; seed < MUTANTS; seed++) {
            hostile.readBinaryFile(ByteMutator.mutate(file, seed, HOT_LENGTH));
        }
        assertThat(hostile.messages()).isGreaterThan(5L * MUTANTS);
    }

    @Test
    void shouldReadDamagedPackets() {
        final byte[] packet = packet(ItchSamples.plausible(32, 2));
        for (int seed = 0; seed < MUTANTS; seed++) {
            hostile.readMoldPacket(ByteMutator.mutate(packet, seed, HOT_LENGTH));
        }
        assertThat(hostile.messages()).isGreaterThan(5L * MUTANTS);
    }

    @Test
    void shouldReadDamagedRequests() {
        final UnsafeBuffer request = new UnsafeBuffer(new byte[MoldRequest.LENGTH]);
        MoldRequest.put(request, 0, MoldSession.of("TAPE"), 1_000, 20);
        for (int seed = 0; seed < MUTANTS; seed++) {
            hostile.readMoldRequest(ByteMutator.mutate(request.byteArray(), seed, MoldRequest.LENGTH));
        }
    }

    @Test
    void shouldReadDamagedSoupStreams() {
        final UnsafeBuffer stream = new UnsafeBuffer(new byte[1_024]);
        final SoupText text = SoupText.of("TAPE", 6);
        int length = 0;
        for (int i = 0; i < 4; i++) {
            length += SoupLoginRequest.put(stream, length, text, text, text, 1);
            length += SoupLoginAccepted.put(stream, length, text, i);
            EndOfSnapshot.put(stream, length + SoupDescriptor.HEADER_LENGTH, 7);
            length += SoupDescriptor.putHeader(stream, length, SoupDescriptor.SEQUENCED_DATA, EndOfSnapshot.LENGTH);
            length += SoupDescriptor.putHeader(stream, length, SoupDescriptor.SERVER_HEARTBEAT, 0);
        }
        final byte[] bytes = Arrays.copyOf(stream.byteArray(), length);
        for (int seed = 0; seed < MUTANTS; seed++) {
            hostile.readSoupStream(ByteMutator.mutate(bytes, seed, HOT_LENGTH));
        }
        assertThat(hostile.messages()).isGreaterThan(5L * MUTANTS);
    }

    @Test
    void shouldReadDamagedSlots() {
        final List<byte[]> messages = ItchSamples.plausible(33, 3);
        final LocateDirectory directory = new LocateDirectory();
        final ItchToRecord toRecord = new ItchToRecord(directory);
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[EventSlotDescriptor.SLOT_LENGTH]);
        for (int seed = 0; seed < MUTANTS; seed++) {
            final byte[] message = messages.get(seed % messages.size());
            final UnsafeBuffer itch = new UnsafeBuffer(message);
            final int locate = itch.getShort(1, BIG_ENDIAN) & 0xFFFF;
            if (locate > 0 && 0 != ItchSamples.stock(message)) {
                directory.define(locate, ItchSamples.stock(message), 1);
            }
            assertThat(toRecord.translate(itch, 0, message.length, slot, 0, seed))
                    .isPositive();
            hostile.readSlot(ByteMutator.mutate(slot.byteArray(), seed, EventSlotDescriptor.SLOT_LENGTH));
        }
        assertThat(hostile.messages()).isGreaterThan(MUTANTS / 20);
    }

    private static byte[] packet(final List<byte[]> messages) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8_192]);
        final MoldPacketWriter writer = new MoldPacketWriter(MoldSession.of("TAPE"), buffer.capacity());
        writer.begin(buffer, 0, 1);
        for (final byte[] message : messages) {
            assertThat(writer.append(new UnsafeBuffer(message), 0, message.length))
                    .isTrue();
        }
        return Arrays.copyOf(buffer.byteArray(), writer.finish());
    }
}
