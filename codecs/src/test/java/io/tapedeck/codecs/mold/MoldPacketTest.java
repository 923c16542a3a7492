package io.tapedeck.codecs.mold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapedeck.codecs.itch.ItchSamples;
import io.tapedeck.testing.AllocationMeter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoldPacketTest {
    private static final MoldSession SESSION = MoldSession.of("000010059B");
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MoldDescriptor.MAX_PAYLOAD_LENGTH + 8]);
    private final MoldPacketReader reader = new MoldPacketReader();
    private final MoldPacketWriter writer = new MoldPacketWriter(SESSION, MoldDescriptor.ETHERNET_PAYLOAD_LENGTH);

    @Test
    void shouldWriteTheBytesOfTheSpecification() {
        writer.begin(buffer, 0, 0x0102_0304_0506_0708L);
        assertThat(writer.append(new UnsafeBuffer(new byte[] {9, 'a', 'b', 9}), 1, 2))
                .isTrue();
        assertThat(writer.append(new UnsafeBuffer(new byte[0]), 0, 0)).isTrue();

        assertThat(hex(writer.finish()))
                .isEqualTo("30303030313030353942" + "0102030405060708" + "0002" + "0002" + "6162" + "0000");
        assertThat(writer.nextSequence()).isEqualTo(0x0102_0304_0506_070AL);
        assertThat(hex(writer.heartbeat(buffer, 0, 7))).isEqualTo("30303030313030353942" + "0000000000000007" + "0000");
        assertThat(hex(writer.endOfSession(buffer, 0, 7)))
                .isEqualTo("30303030313030353942" + "0000000000000007" + "FFFF");
        assertThat(hex(MoldRequest.put(buffer, 0, SESSION, -1, 65_535)))
                .isEqualTo("30303030313030353942" + "FFFFFFFFFFFFFFFF" + "FFFF");
    }

    @Test
    void shouldGiveBackTheMessagesThatWereWritten() {
        final List<byte[]> messages = ItchSamples.arbitrary(3, 4);
        final List<byte[]> read = new ArrayList<>();
        int written = 0;
        int packets = 0;
        while (written < messages.size()) {
            writer.begin(buffer, 8, 1 + written);
            while (written < messages.size()
                    && writer.append(new UnsafeBuffer(messages.get(written)), 0, messages.get(written).length)) {
                written++;
            }
            final int length = writer.finish();
            assertThat(length).isLessThanOrEqualTo(MoldDescriptor.ETHERNET_PAYLOAD_LENGTH);
            read.addAll(readAll(length, 1 + read.size()));
            packets++;
        }

        assertThat(packets).isEqualTo(3);
        assertThat(read).usingElementComparator(Arrays::compare).containsExactlyElementsOf(messages);
    }

    @Test
    void shouldTakeBlocksThatWereWrittenFirst() {
        final UnsafeBuffer claimed = new UnsafeBuffer(new byte[200]);
        final UnsafeBuffer committed = new UnsafeBuffer(new byte[200]);
        final MoldPacketWriter claiming = new MoldPacketWriter(MoldSession.of("TAPE"), 100);
        final MoldPacketWriter committing = new MoldPacketWriter(MoldSession.of("TAPE"), 100);
        claiming.begin(claimed, 7, 1);
        committing.begin(committed, 7, 1);
        for (final int length : new int[] {30, 0, 20, 22}) {
            claimed.setMemory(claiming.claim(length), length, (byte) length);
        }
        assertThat(committing.nextBlockOffset()).isEqualTo(7 + MoldDescriptor.HEADER_LENGTH);
        assertThat(committing.blockLimit()).isEqualTo(107);
        committed.putBytes(27, claimed, 27, 34);
        committing.commitBlocks(2, 61);
        committing.commitBlocks(0, 61);
        committed.putBytes(61, claimed, 61, 46);
        committing.commitBlocks(2, 107);

        assertThat(committing.messageCount()).isEqualTo(4);
        assertThat(committing.nextSequence()).isEqualTo(5);
        assertThat(committing.finish()).isEqualTo(100).isEqualTo(claiming.finish());
        assertThat(committed).isEqualTo(claimed);
    }

    @ParameterizedTest
    @CsvSource({"1, 1473", "-1, 20", "1, 21", "0, 19", "2, 2000000000"})
    void shouldRefuseBlocksThatCannotBeInThePacket(final int count, final int end) {
        writer.begin(buffer, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.commitBlocks(count, end))
                .withMessageContaining("count=" + count);
        assertThat(writer.messageCount()).isZero();
    }

    @Test
    void shouldFillAPacketToItsLastByteAndNoFurther() {
        writer.begin(buffer, 0, 1);
        final int room = writer.maxMessageLength();

        assertThat(writer.claim(room - 7)).isEqualTo(22);
        assertThat(writer.claim(6)).isEqualTo(MoldPacketWriter.FULL);
        assertThat(writer.messageCount()).isEqualTo(1);
        assertThat(writer.claim(5)).isEqualTo(22 + room - 7 + 2);
        assertThat(writer.claim(0)).isEqualTo(MoldPacketWriter.FULL);
        assertThat(writer.finish()).isEqualTo(MoldDescriptor.ETHERNET_PAYLOAD_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 1_451, Integer.MAX_VALUE})
    void shouldRefuseAMessageThatFitsNoPacket(final int length) {
        writer.begin(buffer, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.claim(length))
                .withMessageContaining("length=" + length);
    }

    @Test
    void shouldRefuseALimitThatNoPacketCanKeep() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MoldPacketWriter(SESSION, 22));
        assertThatIllegalArgumentException().isThrownBy(() -> new MoldPacketWriter(SESSION, 65_508));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> writer.begin(new UnsafeBuffer(new byte[1_471]), 0, 1));
    }

    @Test
    void shouldNeverAnnounceMoreMessagesThanTheCountCanSay() {
        final MoldPacketWriter large = new MoldPacketWriter(SESSION, MoldDescriptor.MAX_PAYLOAD_LENGTH);
        large.begin(buffer, 0, 1);
        int claimed = 0;
        while (MoldPacketWriter.FULL != large.claim(0)) {
            claimed++;
        }
        assertThat(claimed).isEqualTo((65_507 - 20) / 2);
        assertThat(reader.wrap(buffer, 0, large.finish())).isEqualTo(MoldPacketReader.MESSAGES);
        assertThat(reader.messageCount()).isEqualTo(claimed);
    }

    @Test
    void shouldTellAHeartbeatFromAnEndOfSession() {
        assertThat(reader.wrap(buffer, 0, writer.heartbeat(buffer, 0, 9))).isEqualTo(MoldPacketReader.HEARTBEAT);
        assertThat(reader.sequence()).isEqualTo(9);
        assertThat(reader.messageCount()).isZero();
        assertThat(reader.next()).isEqualTo(MoldPacketReader.END_OF_PACKET);

        assertThat(reader.wrap(buffer, 0, writer.endOfSession(buffer, 0, 10)))
                .isEqualTo(MoldPacketReader.END_OF_SESSION);
        assertThat(reader.sequence()).isEqualTo(10);
        assertThat(reader.messageCount()).isZero();
        assertThat(reader.next()).isEqualTo(MoldPacketReader.END_OF_PACKET);
    }

    @Test
    void shouldGiveTheWholeMessagesThenSayTruncatedWhenAPacketIsCutAtAnyByte() {
        writer.begin(buffer, 0, 1);
        writer.claim(12);
        writer.claim(0);
        writer.claim(36);
        final int length = writer.finish();
        final int[] ends = {34, 36, length};
        for (int cut = 0; cut < length; cut++) {
            final UnsafeBuffer packet = new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), cut));
            assertThat(reader.wrap(packet, 0, cut))
                    .isEqualTo(cut < 20 ? MoldPacketReader.TRUNCATED : MoldPacketReader.MESSAGES);
            for (final int end : ends) {
                if (end <= cut) {
                    assertThat(reader.next()).isEqualTo(MoldPacketReader.MESSAGE);
                }
            }
            assertThat(reader.next()).isEqualTo(MoldPacketReader.TRUNCATED);
            assertThat(reader.next()).isEqualTo(MoldPacketReader.TRUNCATED);
        }
    }

    @Test
    void shouldSayHowManyBytesBelongToNoMessage() {
        writer.begin(buffer, 0, 1);
        writer.claim(12);
        final int length = writer.finish();

        assertThat(reader.wrap(buffer, 0, length + 3)).isEqualTo(MoldPacketReader.MESSAGES);
        assertThat(reader.next()).isEqualTo(MoldPacketReader.MESSAGE);
        assertThat(reader.next()).isEqualTo(MoldPacketReader.END_OF_PACKET);
        assertThat(reader.remainingLength()).isEqualTo(3);
    }

    @Test
    void shouldTakeARequestOfTwentyBytesOnly() {
        final MoldRequest request = new MoldRequest();
        final int length = MoldRequest.put(buffer, 4, SESSION, 77, 3);

        assertThat(request.tryWrap(buffer, 4, length - 1)).isFalse();
        assertThat(request.tryWrap(buffer, 4, length + 1)).isFalse();
        assertThat(request.tryWrap(buffer, 4, length)).isTrue();
        assertThat(request.isFor(SESSION)).isTrue();
        assertThat(request.isFor(MoldSession.of("000010059D"))).isFalse();
        assertThat(request.isFor(MoldSession.of("100010059B"))).isFalse();
        assertThat(request.sequence()).isEqualTo(77);
        assertThat(request.messageCount()).isEqualTo(3);
    }

    @Test
    void shouldAllocateNothingWhenPacketsAreWrittenAndRead() {
        final UnsafeBuffer message = new UnsafeBuffer(new byte[36]);
        final long[] read = new long[1];
        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < 2_000; i++) {
                        writer.begin(buffer, 0, i);
                        while (writer.append(message, 0, 36)) {
                            message.putInt(0, i);
                        }
                        reader.wrap(buffer, 0, writer.finish());
                        while (reader.isOf(SESSION) && MoldPacketReader.MESSAGE == reader.next()) {
                            read[0] += reader.messageLength();
                        }
                    }
                },
                5);

        assertThat(read[0]).isEqualTo(5L * 2_000 * 38 * 36);
        assertThat(bytes).isZero();
    }

    private List<byte[]> readAll(final int length, final long sequence) {
        final List<byte[]> messages = new ArrayList<>();
        assertThat(reader.wrap(buffer, 8, length)).isEqualTo(MoldPacketReader.MESSAGES);
        assertThat(reader.isOf(SESSION)).isTrue();
        assertThat(reader.sequence()).isEqualTo(sequence);
        while (MoldPacketReader.MESSAGE == reader.next()) {
            assertThat(reader.messageSequence()).isEqualTo(sequence + messages.size());
            messages.add(Arrays.copyOfRange(
                    buffer.byteArray(), reader.messageOffset(), reader.messageOffset() + reader.messageLength()));
        }
        assertThat(reader.next()).isEqualTo(MoldPacketReader.END_OF_PACKET);
        assertThat(reader.remainingLength()).isZero();
        assertThat(messages).hasSize(reader.messageCount());
        return messages;
    }

    private String hex(final int length) {
        return HexFormat.of().withUpperCase().formatHex(buffer.byteArray(), 0, length);
    }
}
