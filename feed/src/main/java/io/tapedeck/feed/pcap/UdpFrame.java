package io.tapedeck.feed.pcap;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Finds the UDP datagram in a captured frame: Ethernet with any number of VLAN tags, a Linux cooked or loopback header,
 * or the bare packet; then IPv4 (RFC 791) and UDP (RFC 768). Only bytes that were captured are read. Checksums are not
 * checked: cards compute them after a host's own packets were captured.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing.
 */
final class UdpFrame {
    /** There is a whole datagram. */
    static final int UDP = 1;

    /** Another protocol. */
    static final int OTHER = 0;

    /** A part of a datagram that was sent in several packets. */
    static final int FRAGMENT = -1;

    /** The capture or the frame ends before the datagram does, or lengths contradict each other. */
    static final int CUT = -2;

    static final int ETHERNET_HEADER_LENGTH = 14;
    static final int ETHER_TYPE_OFFSET = 12;
    static final int ETHER_TYPE_IPV4 = 0x0800;
    static final int ETHER_TYPE_VLAN = 0x8100;
    static final int ETHER_TYPE_SERVICE_VLAN = 0x88A8;
    static final int ETHER_TYPE_OLD_SERVICE_VLAN = 0x9100;
    static final int VLAN_TAG_LENGTH = 4;

    static final int IPV4_MIN_HEADER_LENGTH = 20;
    static final int IPV4_TOTAL_LENGTH_OFFSET = 2;
    static final int IPV4_FRAGMENT_OFFSET = 6;
    static final int IPV4_PROTOCOL_OFFSET = 9;
    static final int IPV4_SOURCE_OFFSET = 12;
    static final int IPV4_DESTINATION_OFFSET = 16;
    static final int PROTOCOL_UDP = 17;

    static final int UDP_HEADER_LENGTH = 8;
    static final int UDP_DESTINATION_PORT_OFFSET = 2;
    static final int UDP_LENGTH_OFFSET = 4;

    private static final int IPV4_VERSION = 4;

    /** "More fragments", and the offset of this one. */
    private static final int FRAGMENT_MASK = 0x3FFF;

    private static final int COOKED_HEADER_LENGTH = 16;
    private static final int COOKED_PROTOCOL_OFFSET = 14;
    private static final int COOKED_2_HEADER_LENGTH = 20;
    private static final int LOOPBACK_HEADER_LENGTH = 4;

    private int destinationAddress;
    private int destinationPort;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Looks into a frame.
     *
     * @param linkType how the frame begins; a known {@link LinkType}.
     * @param buffer   with the frame.
     * @param offset   of the frame, in bytes.
     * @param length   of what was captured of it, in bytes.
     * @return {@link #UDP}, {@link #OTHER}, {@link #FRAGMENT} or {@link #CUT}.
     */
    int wrap(final int linkType, final DirectBuffer buffer, final int offset, final int length) {
        final int limit = offset + length;
        switch (linkType) {
            case LinkType.ETHERNET:
                return etherType(buffer, offset + ETHER_TYPE_OFFSET, limit);
            case LinkType.LINUX_COOKED:
                return cooked(buffer, offset + COOKED_PROTOCOL_OFFSET, offset + COOKED_HEADER_LENGTH, limit);
            case LinkType.LINUX_COOKED_2:
                return cooked(buffer, offset, offset + COOKED_2_HEADER_LENGTH, limit);
            case LinkType.NULL:
                return ip(buffer, offset + LOOPBACK_HEADER_LENGTH, limit);
            default:
                return ip(buffer, offset, limit);
        }
    }

    /** IPv4 address that the datagram was sent to, the first byte highest. */
    int destinationAddress() {
        return destinationAddress;
    }

    /** Port that the datagram was sent to, 0 to 65,535. */
    int destinationPort() {
        return destinationPort;
    }

    /** Where the payload starts in the buffer, in bytes. */
    int payloadOffset() {
        return payloadOffset;
    }

    /** How long the payload is, in bytes. */
    int payloadLength() {
        return payloadLength;
    }

    private int etherType(final DirectBuffer buffer, final int start, final int limit) {
        int at = start;
        while (at + Short.BYTES <= limit) {
            switch (unsignedShort(buffer, at)) {
                case ETHER_TYPE_IPV4:
                    return ip(buffer, at + Short.BYTES, limit);
                case ETHER_TYPE_VLAN:
                case ETHER_TYPE_SERVICE_VLAN:
                case ETHER_TYPE_OLD_SERVICE_VLAN:
                    at += VLAN_TAG_LENGTH;
                    break;
                default:
                    return OTHER;
            }
        }
        return CUT;
    }

    private int cooked(final DirectBuffer buffer, final int protocolAt, final int packetAt, final int limit) {
        if (packetAt > limit) {
            return CUT;
        }
        switch (unsignedShort(buffer, protocolAt)) {
            case ETHER_TYPE_IPV4:
                return ip(buffer, packetAt, limit);
            case ETHER_TYPE_VLAN:
                return etherType(buffer, packetAt + Short.BYTES, limit);
            default:
                return OTHER;
        }
    }

    private int ip(final DirectBuffer buffer, final int at, final int limit) {
        if (limit - at < 1) {
            return CUT;
        }
        final int versionAndLength = buffer.getByte(at) & 0xFF;
        if (versionAndLength >> 4 != IPV4_VERSION) {
            return OTHER;
        }
        final int headerLength = (versionAndLength & 0xF) * Integer.BYTES;
        if (headerLength < IPV4_MIN_HEADER_LENGTH || limit - at < headerLength) {
            return CUT;
        }
        if ((buffer.getByte(at + IPV4_PROTOCOL_OFFSET) & 0xFF) != PROTOCOL_UDP) {
            return OTHER;
        }
        if ((unsignedShort(buffer, at + IPV4_FRAGMENT_OFFSET) & FRAGMENT_MASK) != 0) {
            return FRAGMENT;
        }
        // What follows the packet is padding of a short frame, or its checksum.
        final int packetLimit = at + unsignedShort(buffer, at + IPV4_TOTAL_LENGTH_OFFSET);
        if (packetLimit > limit) {
            return CUT;
        }
        destinationAddress = buffer.getInt(at + IPV4_DESTINATION_OFFSET, BIG_ENDIAN);
        return udp(buffer, at + headerLength, packetLimit);
    }

    private int udp(final DirectBuffer buffer, final int at, final int limit) {
        if (limit - at < UDP_HEADER_LENGTH) {
            return CUT;
        }
        final int length = unsignedShort(buffer, at + UDP_LENGTH_OFFSET);
        if (length < UDP_HEADER_LENGTH || length > limit - at) {
            return CUT;
        }
        destinationPort = unsignedShort(buffer, at + UDP_DESTINATION_PORT_OFFSET);
        payloadOffset = at + UDP_HEADER_LENGTH;
        payloadLength = length - UDP_HEADER_LENGTH;
        return UDP;
    }

    private static int unsignedShort(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, BIG_ENDIAN) & 0xFFFF;
    }
}
