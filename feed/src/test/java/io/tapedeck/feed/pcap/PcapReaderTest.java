package io.tapedeck.feed.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PcapReaderTest {
    private static final byte[] PAYLOAD = Captures.mold("TODAY", 7, 3);
    private static final byte[] PACKET = Captures.udp(Captures.GROUP_A, 5001, PAYLOAD);
    private static final long TIME_NS = 1_692_711_000_123_456_000L;

    @TempDir
    private Path folder;

    private final UdpFrame frame = new UdpFrame();

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void shouldReadEitherByteOrderAndPrecision(final boolean bigEndian, final boolean nanos) throws IOException {
        final ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        final Path path = new Captures(order, nanos, Captures.ETHERNET)
                .frame(TIME_NS, Captures.ethernet(PACKET))
                .frame(TIME_NS + 5_000, Captures.ethernet(PACKET))
                .write(folder);
        try (PcapReader reader = PcapReader.open(path)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.timestampNs()).isEqualTo(TIME_NS);
            assertThat(payload(reader)).isEqualTo(PAYLOAD);
            assertThat(reader.next()).isTrue();
            assertThat(reader.timestampNs()).isEqualTo(TIME_NS + 5_000);
            assertThat(reader.frameNumber()).isEqualTo(2);
            assertThat(reader.next()).isFalse();
            assertThat(reader.cutBytes()).isZero();
        }
    }

    static Stream<Arguments> frames() {
        final ByteBuffer cooked = ByteBuffer.allocate(16 + PACKET.length);
        cooked.position(14);
        cooked.putShort((short) 0x0800).put(PACKET);
        final ByteBuffer cooked2 = ByteBuffer.allocate(20 + PACKET.length);
        cooked2.putShort((short) 0x0800).position(20);
        cooked2.put(PACKET);
        return Stream.of(
                Arguments.of("Ethernet", 1, Captures.ethernet(PACKET)),
                Arguments.of("VLAN", 1, Captures.ethernet(PACKET, 0x8100)),
                Arguments.of("two VLANs", 1, Captures.ethernet(PACKET, 0x88A8, 0x8100)),
                Arguments.of("old two VLANs", 1, Captures.ethernet(PACKET, 0x9100, 0x8100)),
                Arguments.of("padding", 1, Arrays.copyOf(Captures.ethernet(PACKET), 14 + PACKET.length + 9)),
                Arguments.of("options", 1, Captures.ethernet(Captures.udp(Captures.GROUP_A, 5001, PAYLOAD, 3))),
                Arguments.of("raw", 101, PACKET),
                Arguments.of("IPv4", 228, PACKET),
                Arguments.of(
                        "loopback",
                        0,
                        ByteBuffer.allocate(4 + PACKET.length)
                                .putInt(2)
                                .put(PACKET)
                                .array()),
                Arguments.of("cooked", 113, cooked.array()),
                Arguments.of("cooked 2", 276, cooked2.array()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void shouldFindTheDatagramWhateverIsInFrontOfIt(final String name, final int linkType, final byte[] bytes)
            throws IOException {
        final Path path = new Captures(ByteOrder.BIG_ENDIAN, true, linkType)
                .frame(1, bytes)
                .write(folder);
        try (PcapReader reader = PcapReader.open(path)) {
            assertThat(reader.next()).isTrue();
            assertThat(payload(reader)).isEqualTo(PAYLOAD);
            assertThat(frame.destinationAddress()).isEqualTo(Captures.GROUP_A);
            assertThat(frame.destinationPort()).isEqualTo(5001);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void shouldNeverFindPartOfADatagram(final String name, final int linkType, final byte[] bytes) throws IOException {
        for (int captured = 0; captured < bytes.length; captured++) {
            final Path path = new Captures(ByteOrder.BIG_ENDIAN, true, linkType)
                    .frame(1, bytes, captured)
                    .write(folder);
            try (PcapReader reader = PcapReader.open(path)) {
                assertThat(reader.next()).isTrue();
                final int found = wrap(reader);
                if (found == UdpFrame.UDP) {
                    assertThat(name).isEqualTo("padding");
                    assertThat(payload(reader)).isEqualTo(PAYLOAD);
                } else {
                    assertThat(found).isEqualTo(UdpFrame.CUT);
                }
            }
            Files.delete(path);
        }
    }

    @Test
    void shouldTellFragmentsAndOtherProtocolsApart() throws IOException {
        final byte[] fragment = PACKET.clone();
        fragment[6] = 0x20;
        final byte[] lastFragment = PACKET.clone();
        lastFragment[7] = 1;
        final byte[] tcp = PACKET.clone();
        tcp[9] = 6;
        final byte[] six = PACKET.clone();
        six[0] = 0x65;
        final byte[] arp = Captures.ethernet(PACKET);
        arp[13] = 6;
        final byte[] dontFragment = PACKET.clone();
        dontFragment[6] = 0x40;
        assertThat(found(Captures.ethernet(fragment))).isEqualTo(UdpFrame.FRAGMENT);
        assertThat(found(Captures.ethernet(lastFragment))).isEqualTo(UdpFrame.FRAGMENT);
        assertThat(found(Captures.ethernet(tcp))).isEqualTo(UdpFrame.OTHER);
        assertThat(found(Captures.ethernet(six))).isEqualTo(UdpFrame.OTHER);
        assertThat(found(arp)).isEqualTo(UdpFrame.OTHER);
        assertThat(found(Captures.ethernet(dontFragment))).isEqualTo(UdpFrame.UDP);
    }

    @Test
    void shouldReadUpToWhereTheCaptureWasCutOff() throws IOException {
        final byte[] whole = Captures.ethernet()
                .frame(1, Captures.ethernet(PACKET))
                .frame(2, Captures.ethernet(PACKET))
                .bytes();
        final int second = 24 + (whole.length - 24) / 2;
        for (int length = second; length < whole.length; length++) {
            final Path path = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, length));
            try (PcapReader reader = PcapReader.open(path)) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.next()).isFalse();
                assertThat(reader.cutBytes()).isEqualTo(length - second);
            }
        }
    }

    @Test
    void shouldReadFramesAcrossTheEndsOfItsWindow() throws IOException {
        final Captures captures = Captures.ethernet();
        final int frames = 4_000;
        for (int i = 0; i < frames; i++) {
            captures.frame(i, Captures.ethernet(Captures.udp(i, 5001, new byte[i % 1_400])));
        }
        try (PcapReader reader = PcapReader.open(captures.write(folder))) {
            for (int i = 0; i < frames; i++) {
                assertThat(reader.next()).isTrue();
                assertThat(wrap(reader)).isEqualTo(UdpFrame.UDP);
                assertThat(frame.destinationAddress()).isEqualTo(i);
                assertThat(frame.payloadLength()).isEqualTo(i % 1_400);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldSayWhatToDoWithOtherFiles() throws IOException {
        assertRefused(new byte[0], "not the header of a pcap file");
        assertRefused("TAPEDECK is no capture at all".getBytes(), "not the header of a pcap file");
        assertRefused(Arrays.copyOf(Captures.ethernet().bytes(), 23), "not the header of a pcap file");
        assertRefused(ByteBuffer.allocate(64).putInt(0x0A0D0D0A).array(), "is a pcapng file", "editcap -F nsecpcap");
        assertRefused(new Captures(ByteOrder.BIG_ENDIAN, true, 105).bytes(), "link type 105", "offset 20");
        final byte[] huge = Captures.ethernet().frame(1, new byte[10]).bytes();
        huge[24 + 8 + 3] = 0x7F;
        assertThatThrownBy(() -> {
                    try (PcapReader reader = PcapReader.open(Files.write(folder.resolve("huge"), huge))) {
                        reader.next();
                    }
                })
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("frame 1 claims");
    }

    private void assertRefused(final byte[] bytes, final String... messages) throws IOException {
        final Path path = Files.write(folder.resolve("other"), bytes);
        assertThatThrownBy(() -> PcapReader.open(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContainingAll(messages);
    }

    private int found(final byte[] bytes) throws IOException {
        try (PcapReader reader =
                PcapReader.open(Captures.ethernet().frame(1, bytes).write(folder))) {
            assertThat(reader.next()).isTrue();
            return wrap(reader);
        }
    }

    private int wrap(final PcapReader reader) {
        return frame.wrap(reader.linkType(), reader.buffer(), reader.frameOffset(), reader.frameLength());
    }

    private byte[] payload(final PcapReader reader) {
        assertThat(wrap(reader)).isEqualTo(UdpFrame.UDP);
        final byte[] payload = new byte[frame.payloadLength()];
        reader.buffer().getBytes(frame.payloadOffset(), payload);
        return payload;
    }
}
