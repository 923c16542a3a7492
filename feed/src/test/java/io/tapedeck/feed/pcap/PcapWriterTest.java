package io.tapedeck.feed.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PcapWriterTest {
    private static final long TIME_NS = 1_767_364_200_123_456_789L;

    @TempDir
    private Path folder;

    private final InetSocketAddress source = new InetSocketAddress("127.0.0.1", 40_000);
    private final InetSocketAddress group = new InetSocketAddress("239.129.1.1", 5001);
    private final InetSocketAddress host = new InetSocketAddress("127.0.0.1", 5002);
    private long nowNs = TIME_NS;

    @Test
    void shouldWriteWhatAReaderReads() throws IOException {
        final SplittableRandom random = new SplittableRandom(1);
        final List<byte[]> payloads = new ArrayList<>();
        final Path path = folder.resolve("out.pcap");
        try (PcapWriter writer = PcapWriter.create(path, () -> nowNs++, StandardOpenOption.CREATE_NEW)) {
            for (int i = 0; i < 3_000; i++) {
                final byte[] payload = new byte[i % 10 == 0 ? random.nextInt(65_508) : random.nextInt(1_473)];
                random.nextBytes(payload);
                payloads.add(payload);
                writer.onDatagram(source, i % 2 == 0 ? group : host, new UnsafeBuffer(payload), 0, payload.length);
            }
            assertThat(writer.datagramCount()).isEqualTo(3_000);
        }
        final UdpFrame frame = new UdpFrame();
        try (PcapReader reader = PcapReader.open(path)) {
            for (int i = 0; i < payloads.size(); i++) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.timestampNs()).isEqualTo(TIME_NS + i);
                assertThat(frame.wrap(reader.linkType(), reader.buffer(), reader.frameOffset(), reader.frameLength()))
                        .isEqualTo(UdpFrame.UDP);
                assertThat(frame.destinationPort()).isEqualTo(i % 2 == 0 ? 5001 : 5002);
                final byte[] payload = new byte[frame.payloadLength()];
                reader.buffer().getBytes(frame.payloadOffset(), payload);
                assertThat(payload).isEqualTo(payloads.get(i));
                assertChecksums(reader, frame);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldBeDecodedByTsharkWithoutAMalformedPacket() throws IOException, InterruptedException {
        assumeTrue(Tshark.isInstalled(), "skipped: tshark is not installed");
        final Path path = folder.resolve("feed.pcap");
        long next = 1;
        try (PcapWriter writer = PcapWriter.create(path, () -> nowNs++, StandardOpenOption.CREATE_NEW)) {
            for (int count = 1; count <= 60; count++) {
                final byte[] packet = Captures.mold("2601020000", next, count);
                writer.onDatagram(source, group, new UnsafeBuffer(packet), 0, packet.length);
                next += count;
            }
        }
        final List<String> lines = Tshark.fields(
                path,
                "udp.port==5001,moldudp64",
                "moldudp64.session",
                "moldudp64.sequence",
                "moldudp64.count",
                "ip.checksum.status",
                "udp.checksum.status",
                "_ws.malformed",
                "eth.dst");
        assertThat(lines).hasSize(60);
        next = 1;
        for (int count = 1; count <= 60; count++) {
            assertThat(lines.get(count - 1))
                    .isEqualTo("2601020000\t" + next + "\t" + count + "\t1\t1\t\t01:00:5e:01:01:01");
            next += count;
        }
    }

    @Test
    void shouldAllocateNothingPerDatagram() throws IOException {
        final UnsafeBuffer payload = new UnsafeBuffer(Captures.mold("TODAY", 1, 38));
        try (PcapWriter writer =
                PcapWriter.create(folder.resolve("out.pcap"), () -> nowNs++, StandardOpenOption.CREATE_NEW)) {
            final Runnable work = () -> {
                for (int i = 0; i < 5_000; i++) {
                    writer.onDatagram(source, i % 2 == 0 ? group : host, payload, 0, payload.capacity());
                }
            };
            work.run();
            work.run();

            assertThat(AllocationMeter.leastAllocatedBytes(work, 4)).isZero();
        }
    }

    /** The sums of RFC 1071 over header and pseudo header, the checksum included, are all ones. */
    private static void assertChecksums(final PcapReader reader, final UdpFrame frame) {
        final byte[] packet = new byte[reader.frameLength() - 14];
        reader.buffer().getBytes(reader.frameOffset() + 14, packet);
        assertThat(sum(Arrays.copyOf(packet, 20), 0)).isEqualTo(0xFFFF);
        final byte[] covered = Arrays.copyOfRange(packet, 12, packet.length);
        assertThat(sum(covered, 17 + 8 + frame.payloadLength())).isEqualTo(0xFFFF);
    }

    private static int sum(final byte[] bytes, final int start) {
        int sum = start;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return sum;
    }
}
