package io.tapedeck.codecs.mold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.ItchDispatcher;
import io.tapedeck.codecs.itch.ItchFields;
import io.tapedeck.testing.TestData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that the exchange really sent. */
class MoldCaptureTest {
    private static final MoldSession NASDAQ = MoldSession.of("000010059B");

    private final MoldPacketReader reader = new MoldPacketReader();
    private final StringBuilder types = new StringBuilder();
    private final ItchDispatcher dispatcher =
            new ItchDispatcher(ItchFields.handler(message -> types.append((char) message.type())));

    @Test
    void shouldReadARealSessionWithAFullPacket() {
        final List<byte[]> payloads = udpPayloads(TestData.bytes("pcap/Multiple.Packets.pcap"));

        assertThat(payloads).hasSize(2);
        final List<Integer> counts = new ArrayList<>();
        payloads.forEach(payload -> counts.add(readAll(payload)));
        assertThat(counts).containsExactly(1, 38);
        assertThat(payloads.get(1)).hasSize(MoldDescriptor.ETHERNET_PAYLOAD_LENGTH);
        assertThat(types.chars().filter(type -> 'A' == type).count()).isEqualTo(36);
        assertThat(types.chars().filter(type -> 'F' == type).count()).isEqualTo(2);
        assertThat(types.chars().filter(type -> 'D' == type).count()).isEqualTo(1);
        assertThat(types).hasSize(39);
    }

    @ParameterizedTest
    @CsvSource({
        "AddOrderNoMpidAttributionMessage,  A",
        "MarketParticipantPositionMessage,  L",
        "NetOrderImbalanceIndicatorMessage, I",
        "OrderDeleteMessage,                D",
        "OrderExecutedMessage,              E",
        "OrderReplaceMessage,               U",
        "StockTradingActionMessage,         H"
    })
    void shouldReadARealPacketWithOneMessage(final String capture, final String type) {
        final List<byte[]> payloads = udpPayloads(TestData.bytes("pcap/" + capture + ".pcap"));

        assertThat(payloads).hasSize(1);
        assertThat(readAll(payloads.get(0))).isEqualTo(1);
        assertThat(types).hasToString(type);
    }

    @Test
    void shouldReadARealHeartbeat() {
        final byte[] payload =
                udpPayloads(TestData.bytes("pcap/ise-mold-heartbeat.pcap")).get(0);

        assertThat(reader.wrap(new UnsafeBuffer(payload), 0, payload.length)).isEqualTo(MoldPacketReader.HEARTBEAT);
        assertThat(reader.session()).hasToString("000008367I");
        assertThat(reader.sequence()).isEqualTo(0x5D921);
        assertThat(reader.next()).isEqualTo(MoldPacketReader.END_OF_PACKET);
        assertThat(reader.remainingLength()).isZero();
    }

    /** Reads a packet, and writes it again from what was read. */
    private int readAll(final byte[] payload) {
        final UnsafeBuffer packet = new UnsafeBuffer(payload);
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[MoldDescriptor.ETHERNET_PAYLOAD_LENGTH]);
        final MoldPacketWriter writer = new MoldPacketWriter(NASDAQ, copy.capacity());
        assertThat(reader.wrap(packet, 0, payload.length)).isEqualTo(MoldPacketReader.MESSAGES);
        assertThat(reader.isOf(NASDAQ)).isTrue();
        writer.begin(copy, 0, reader.sequence());
        while (MoldPacketReader.MESSAGE == reader.next()) {
            assertThat(dispatcher.dispatch(packet, reader.messageOffset(), reader.messageLength()))
                    .isEqualTo(ItchDispatcher.DISPATCHED);
            assertThat(writer.append(packet, reader.messageOffset(), reader.messageLength()))
                    .isTrue();
        }
        assertThat(reader.next()).isEqualTo(MoldPacketReader.END_OF_PACKET);
        assertThat(reader.remainingLength()).isZero();
        assertThat(Arrays.copyOf(copy.byteArray(), writer.finish())).isEqualTo(payload);
        return writer.messageCount();
    }

    /** Little-endian pcap, Ethernet with or without a VLAN tag, IPv4, UDP. */
    private static List<byte[]> udpPayloads(final byte[] pcap) {
        final List<byte[]> payloads = new ArrayList<>();
        final ByteBuffer file = ByteBuffer.wrap(pcap).order(ByteOrder.LITTLE_ENDIAN);
        int offset = 24;
        while (offset < pcap.length) {
            final int captured = file.getInt(offset + 8);
            final int frame = offset + 16;
            final int ip = frame + ((byte) 0x81 == pcap[frame + 12] ? 18 : 14);
            final int udp = ip + 4 * (pcap[ip] & 0x0F);
            final int udpLength = ByteBuffer.wrap(pcap).getShort(udp + 4);
            payloads.add(Arrays.copyOfRange(pcap, udp + 8, udp + udpLength));
            offset = frame + captured;
        }
        return payloads;
    }
}
