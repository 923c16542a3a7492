package io.tapedeck.feed.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.feed.udp.DatagramTap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.collections.Object2IntHashMap;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes datagrams into a pcap file, in Ethernet frames with IPv4 and UDP headers that are whole, checksums included.
 * Addresses and ports are the real ones; the card addresses, which a socket does not tell, are made up: locally
 * administered ones, and for a group the one that belongs to it (RFC 1112).
 *
 * <p><b>Note:</b> used by one thread; allocates nothing per datagram as long as addresses stay the same. Errors come as
 * {@link UncheckedIOException}.
 */
public final class PcapWriter implements DatagramTap, AutoCloseable {
    private static final int CAPACITY = 1 << 20;
    private static final int MAX_IPV4_LENGTH = 0xFFFF;
    private static final int HEADERS_LENGTH =
            UdpFrame.ETHERNET_HEADER_LENGTH + UdpFrame.IPV4_MIN_HEADER_LENGTH + UdpFrame.UDP_HEADER_LENGTH;
    private static final int MAX_RECORD_LENGTH =
            PcapDescriptor.RECORD_HEADER_LENGTH + UdpFrame.ETHERNET_HEADER_LENGTH + MAX_IPV4_LENGTH;

    private static final int IPV4_VERSION_AND_LENGTH = 0x45;
    private static final int IPV4_DONT_FRAGMENT = 0x4000;
    private static final int IPV4_TIME_TO_LIVE_OFFSET = 8;
    private static final int IPV4_CHECKSUM_OFFSET = 10;
    private static final int TIME_TO_LIVE = 1;
    private static final int UDP_CHECKSUM_OFFSET = 6;
    private static final int UDP_SUM_START = UdpFrame.IPV4_SOURCE_OFFSET;

    private static final int SOURCE_CARD_OFFSET = 6;
    private static final int CARD_TAIL_OFFSET = 2;
    private static final short LOCAL_CARD_HEAD = 0x0200;
    private static final short GROUP_CARD_HEAD = 0x0100;
    private static final int GROUP_CARD_TAIL = 0x5E00_0000;
    private static final int GROUP_MASK = 0x007F_FFFF;

    /** No datagram comes from 0.0.0.0. */
    private static final int UNKNOWN_ADDRESS = 0;

    private static final int MAX_KNOWN_ADDRESSES = 1_024;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Path path;
    private final FileChannel channel;
    private final EpochNanoClock clock;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer buffer = new UnsafeBuffer(pending);
    private final Object2IntHashMap<InetSocketAddress> addresses = new Object2IntHashMap<>(UNKNOWN_ADDRESS);
    private int length;
    private long datagramCount;

    private PcapWriter(final Path path, final FileChannel channel, final EpochNanoClock clock) {
        this.path = path;
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Makes a file.
     *
     * @param path    of the file.
     * @param clock   that says when a datagram was received.
     * @param options besides writing: whether a file that is there is refused or replaced.
     * @return a writer that is to be closed.
     * @throws IOException if the file cannot be made.
     */
    public static PcapWriter create(final Path path, final EpochNanoClock clock, final OpenOption... options)
            throws IOException {
        final OpenOption[] all = new OpenOption[options.length + 1];
        System.arraycopy(options, 0, all, 1, options.length);
        all[0] = StandardOpenOption.WRITE;
        final PcapWriter writer = new PcapWriter(path, FileChannel.open(path, all), clock);
        writer.putFileHeader();
        return writer;
    }

    @Override
    public void onDatagram(
            final InetSocketAddress source,
            final InetSocketAddress destination,
            final DirectBuffer payload,
            final int offset,
            final int payloadLength) {
        final int frameLength = HEADERS_LENGTH + payloadLength;
        if (length > CAPACITY - MAX_RECORD_LENGTH) {
            flush();
        }
        final long nowNs = clock.nanoTime();
        buffer.putInt(length + PcapDescriptor.SECONDS_OFFSET, (int) (nowNs / NANOS_PER_SECOND), LITTLE_ENDIAN);
        buffer.putInt(length + PcapDescriptor.FRACTION_OFFSET, (int) (nowNs % NANOS_PER_SECOND), LITTLE_ENDIAN);
        buffer.putInt(length + PcapDescriptor.CAPTURED_LENGTH_OFFSET, frameLength, LITTLE_ENDIAN);
        buffer.putInt(length + PcapDescriptor.ORIGINAL_LENGTH_OFFSET, frameLength, LITTLE_ENDIAN);
        final int ethernet = length + PcapDescriptor.RECORD_HEADER_LENGTH;
        final int ip = ethernet + UdpFrame.ETHERNET_HEADER_LENGTH;
        final int udp = ip + UdpFrame.IPV4_MIN_HEADER_LENGTH;
        final int sourceAddress = address(source);
        final int destinationAddress = address(destination);
        buffer.putBytes(udp + UdpFrame.UDP_HEADER_LENGTH, payload, offset, payloadLength);
        putEthernet(
                ethernet,
                sourceAddress,
                destinationAddress,
                destination.getAddress().isMulticastAddress());
        putIpv4(ip, sourceAddress, destinationAddress, frameLength - UdpFrame.ETHERNET_HEADER_LENGTH);
        putUdp(udp, source.getPort(), destination.getPort(), UdpFrame.UDP_HEADER_LENGTH + payloadLength);
        length += PcapDescriptor.RECORD_HEADER_LENGTH + frameLength;
        datagramCount++;
    }

    /**
     * How many datagrams were taken.
     *
     * @return those included that still wait to be written.
     */
    public long datagramCount() {
        return datagramCount;
    }

    /** Writes what is pending and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        } catch (final UncheckedIOException ex) {
            throw ex.getCause();
        } finally {
            buffer.wrap(0, 0);
            BufferUtil.free(pending);
        }
    }

    private void putFileHeader() {
        buffer.putInt(PcapDescriptor.MAGIC_OFFSET, PcapDescriptor.MAGIC_NANOSECONDS, LITTLE_ENDIAN);
        buffer.putShort(PcapDescriptor.MAJOR_VERSION_OFFSET, (short) PcapDescriptor.MAJOR_VERSION, LITTLE_ENDIAN);
        buffer.putShort(PcapDescriptor.MINOR_VERSION_OFFSET, (short) PcapDescriptor.MINOR_VERSION, LITTLE_ENDIAN);
        buffer.putInt(PcapDescriptor.SNAPSHOT_LENGTH_OFFSET, PcapDescriptor.MAX_CAPTURED_LENGTH, LITTLE_ENDIAN);
        buffer.putInt(PcapDescriptor.LINK_TYPE_OFFSET, LinkType.ETHERNET, LITTLE_ENDIAN);
        length = PcapDescriptor.HEADER_LENGTH;
    }

    private void putEthernet(
            final int at, final int sourceAddress, final int destinationAddress, final boolean isMulticast) {
        buffer.putShort(at, isMulticast ? GROUP_CARD_HEAD : LOCAL_CARD_HEAD, BIG_ENDIAN);
        buffer.putInt(
                at + CARD_TAIL_OFFSET,
                isMulticast ? GROUP_CARD_TAIL | destinationAddress & GROUP_MASK : destinationAddress,
                BIG_ENDIAN);
        buffer.putShort(at + SOURCE_CARD_OFFSET, LOCAL_CARD_HEAD, BIG_ENDIAN);
        buffer.putInt(at + SOURCE_CARD_OFFSET + CARD_TAIL_OFFSET, sourceAddress, BIG_ENDIAN);
        buffer.putShort(at + UdpFrame.ETHER_TYPE_OFFSET, (short) UdpFrame.ETHER_TYPE_IPV4, BIG_ENDIAN);
    }

    private void putIpv4(final int at, final int sourceAddress, final int destinationAddress, final int totalLength) {
        buffer.putShort(at, (short) (IPV4_VERSION_AND_LENGTH << Byte.SIZE), BIG_ENDIAN);
        buffer.putShort(at + UdpFrame.IPV4_TOTAL_LENGTH_OFFSET, (short) totalLength, BIG_ENDIAN);
        buffer.putInt(at + UdpFrame.IPV4_TOTAL_LENGTH_OFFSET + Short.BYTES, IPV4_DONT_FRAGMENT, BIG_ENDIAN);
        buffer.putByte(at + IPV4_TIME_TO_LIVE_OFFSET, (byte) TIME_TO_LIVE);
        buffer.putByte(at + UdpFrame.IPV4_PROTOCOL_OFFSET, (byte) UdpFrame.PROTOCOL_UDP);
        buffer.putShort(at + IPV4_CHECKSUM_OFFSET, (short) 0, BIG_ENDIAN);
        buffer.putInt(at + UdpFrame.IPV4_SOURCE_OFFSET, sourceAddress, BIG_ENDIAN);
        buffer.putInt(at + UdpFrame.IPV4_DESTINATION_OFFSET, destinationAddress, BIG_ENDIAN);
        final long sum = sum(at, UdpFrame.IPV4_MIN_HEADER_LENGTH);
        buffer.putShort(at + IPV4_CHECKSUM_OFFSET, checksum(sum), BIG_ENDIAN);
    }

    /** The checksum covers the addresses in front, protocol and length, header and payload. */
    private void putUdp(final int at, final int sourcePort, final int destinationPort, final int udpLength) {
        buffer.putShort(at, (short) sourcePort, BIG_ENDIAN);
        buffer.putShort(at + UdpFrame.UDP_DESTINATION_PORT_OFFSET, (short) destinationPort, BIG_ENDIAN);
        buffer.putShort(at + UdpFrame.UDP_LENGTH_OFFSET, (short) udpLength, BIG_ENDIAN);
        buffer.putShort(at + UDP_CHECKSUM_OFFSET, (short) 0, BIG_ENDIAN);
        final int addresses = UdpFrame.IPV4_MIN_HEADER_LENGTH - UDP_SUM_START;
        final long sum = UdpFrame.PROTOCOL_UDP + udpLength + sum(at - addresses, addresses + udpLength);
        final short checksum = checksum(sum);
        // Zero says that there is none; the other zero of ones' complement stands for it.
        buffer.putShort(at + UDP_CHECKSUM_OFFSET, checksum == 0 ? (short) -1 : checksum, BIG_ENDIAN);
    }

    /** Sum of big-endian 16-bit words, an odd byte padded (RFC 1071). */
    private long sum(final int at, final int byteCount) {
        long sum = 0;
        final int even = byteCount & ~1;
        for (int i = 0; i < even; i += Short.BYTES) {
            sum += buffer.getShort(at + i, BIG_ENDIAN) & 0xFFFF;
        }
        return even == byteCount ? sum : sum + ((buffer.getByte(at + even) & 0xFF) << Byte.SIZE);
    }

    private static short checksum(final long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        }
        return (short) ~folded;
    }

    private void flush() {
        pending.clear().limit(length);
        try {
            while (pending.hasRemaining()) {
                channel.write(pending);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(new IOException(path + ": cannot be written: " + ex.getMessage(), ex));
        }
        length = 0;
    }

    private int address(final InetSocketAddress address) {
        final int known = addresses.getValue(address);
        if (known != UNKNOWN_ADDRESS) {
            return known;
        }
        if (addresses.size() == MAX_KNOWN_ADDRESSES) {
            addresses.clear();
        }
        final int value = ByteBuffer.wrap(address.getAddress().getAddress()).getInt();
        if (value != UNKNOWN_ADDRESS) {
            addresses.put(address, value);
        }
        return value;
    }
}
