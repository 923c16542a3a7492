package io.tapedeck.feed.pcap;

/**
 * Layout of a pcap file, version 2.4, as libpcap defines it. All fields are in the byte order of the host that wrote it,
 * which the magic number tells.
 *
 * <pre>
 *   file header:   0        4       6       8        12       16        20         24
 *                 +--------+-------+-------+--------+--------+---------+----------+
 *                 | magic  | major | minor | zone   | sigfigs| snaplen | linktype |
 *                 +--------+-------+-------+--------+--------+---------+----------+
 *
 *   a record:      0         4          8          12         16
 *                 +---------+----------+----------+----------+- - - - - - - - -
 *                 | seconds | fraction | captured | original | captured bytes
 *                 +---------+----------+----------+----------+- - - - - - - - -
 * </pre>
 *
 * <p>Seconds count from 1970, unsigned; the fraction is in microseconds or nanoseconds, which the magic number tells as
 * well. The upper bits of the link type say something about a checksum at the frame's end and are not part of it.
 */
final class PcapDescriptor {
    static final int MAGIC_OFFSET = 0;
    static final int MAJOR_VERSION_OFFSET = 4;
    static final int MINOR_VERSION_OFFSET = 6;
    static final int SNAPSHOT_LENGTH_OFFSET = 16;
    static final int LINK_TYPE_OFFSET = 20;
    static final int HEADER_LENGTH = 24;

    static final int SECONDS_OFFSET = 0;
    static final int FRACTION_OFFSET = 4;
    static final int CAPTURED_LENGTH_OFFSET = 8;
    static final int ORIGINAL_LENGTH_OFFSET = 12;
    static final int RECORD_HEADER_LENGTH = 16;

    static final int MAGIC_MICROSECONDS = 0xA1B2_C3D4;
    static final int MAGIC_NANOSECONDS = 0xA1B2_3C4D;

    /** First four bytes of the newer format, the same in either byte order. */
    static final int MAGIC_PCAPNG = 0x0A0D_0D0A;

    static final int MAJOR_VERSION = 2;
    static final int MINOR_VERSION = 4;

    /** Longer than what any tool captures of a frame by default. */
    static final int MAX_CAPTURED_LENGTH = 1 << 18;

    static final int LINK_TYPE_MASK = 0x0FFF_FFFF;

    private PcapDescriptor() {}
}
