package io.tapedeck.feed.pcap;

import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads a pcap file of any size frame by frame: micro- or nanoseconds, either byte order.
 *
 * <pre>
 *   try (PcapReader reader = PcapReader.open(path)) {
 *       while (reader.next()) {
 *           handle(reader.buffer(), reader.frameOffset(), reader.frameLength(), reader.timestampNs());
 *       }
 *   }
 * </pre>
 *
 * <p>A file that ends inside a frame, because the capture was cut off, is good up to there: see {@link #cutBytes()}.
 *
 * <p><b>Note:</b> used by one thread; allocates nothing after it was opened.
 */
public final class PcapReader implements AutoCloseable {
    private static final int WINDOW_LENGTH = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(window);
    private long windowFileOffset;
    private ByteOrder byteOrder;
    private int nanosPerUnit;
    private int linkType;
    private int frameOffset;
    private int frameLength;
    private long timestampNs;
    private long frameNumber;
    private long cutBytes;

    private PcapReader(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
        window.limit(0);
    }

    /**
     * Opens a file.
     *
     * @param path of an uncompressed pcap file.
     * @return a reader in front of its first frame.
     * @throws CorruptDataException if it is no pcap file, or of a kind that cannot be read; says how to convert it.
     * @throws IOException          if it cannot be opened.
     */
    public static PcapReader open(final Path path) throws IOException {
        final PcapReader reader = new PcapReader(path, FileChannel.open(path, StandardOpenOption.READ));
        try {
            reader.readHeader();
            return reader;
        } catch (final IOException | RuntimeException ex) {
            reader.close();
            throw ex;
        }
    }

    /**
     * Goes to the next frame.
     *
     * @return false after the last one.
     * @throws CorruptDataException if a length cannot be one; every frame before it is whole.
     * @throws IOException          if the file cannot be read.
     */
    public boolean next() throws IOException {
        if (!has(PcapDescriptor.RECORD_HEADER_LENGTH)) {
            cutBytes = window.remaining();
            return false;
        }
        final int header = window.position();
        final int captured = buffer.getInt(header + PcapDescriptor.CAPTURED_LENGTH_OFFSET, byteOrder);
        if (captured < 0 || captured > PcapDescriptor.MAX_CAPTURED_LENGTH) {
            throw corrupt(
                    PcapDescriptor.CAPTURED_LENGTH_OFFSET,
                    "frame " + (frameNumber + 1) + " claims to have " + Integer.toUnsignedString(captured)
                            + " bytes, more than " + PcapDescriptor.MAX_CAPTURED_LENGTH,
                    "The frames before it are whole: keep them with 'editcap -r IN OUT 1-" + frameNumber + "'");
        }
        if (!has(PcapDescriptor.RECORD_HEADER_LENGTH + captured)) {
            cutBytes = window.remaining();
            return false;
        }
        final int start = window.position();
        timestampNs = TimeUnit.SECONDS.toNanos(
                        buffer.getInt(start + PcapDescriptor.SECONDS_OFFSET, byteOrder) & 0xFFFF_FFFFL)
                + (buffer.getInt(start + PcapDescriptor.FRACTION_OFFSET, byteOrder) & 0xFFFF_FFFFL) * nanosPerUnit;
        frameOffset = start + PcapDescriptor.RECORD_HEADER_LENGTH;
        frameLength = captured;
        window.position(frameOffset + captured);
        frameNumber++;
        return true;
    }

    /**
     * Where the frame's bytes are.
     *
     * @return the reader's own buffer; its content is good until the next {@link #next()}.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where the frame starts in {@link #buffer()}.
     *
     * @return offset in bytes.
     */
    public int frameOffset() {
        return frameOffset;
    }

    /**
     * How much of the frame was captured.
     *
     * @return 0 to 262,144 bytes.
     */
    public int frameLength() {
        return frameLength;
    }

    /**
     * When the frame was captured.
     *
     * @return nanoseconds since 1970, UTC; steps back where the capturing host's clock did.
     */
    public long timestampNs() {
        return timestampNs;
    }

    /**
     * Which frame of the file this is.
     *
     * @return 1 for the first; 0 before it.
     */
    public long frameNumber() {
        return frameNumber;
    }

    /**
     * How frames begin.
     *
     * @return number of the tcpdump project's registry; one of those that can be read.
     */
    public int linkType() {
        return linkType;
    }

    /**
     * Bytes of a last frame that is not whole.
     *
     * @return 0 as long as {@link #next()} has not returned false, and for a file that was not cut off.
     */
    public long cutBytes() {
        return cutBytes;
    }

    /**
     * Closes the file and gives the buffer's memory back; {@link #buffer()} is empty from then on.
     *
     * @throws IOException if the file cannot be closed.
     */
    @Override
    public void close() throws IOException {
        channel.close();
        buffer.wrap(0, 0);
        window.position(0).limit(0);
        BufferUtil.free(window);
    }

    private void readHeader() throws IOException {
        final boolean isWhole = has(PcapDescriptor.HEADER_LENGTH);
        final int magic = window.remaining() < Integer.BYTES
                ? 0
                : buffer.getInt(PcapDescriptor.MAGIC_OFFSET, ByteOrder.BIG_ENDIAN);
        byteOrder = order(magic);
        if (magic == PcapDescriptor.MAGIC_PCAPNG) {
            throw corrupt(0, "is a pcapng file", "Convert it: editcap -F nsecpcap IN OUT");
        }
        if (byteOrder == null || !isWhole) {
            throw corrupt(
                    0,
                    "the first bytes are not the header of a pcap file",
                    "Unpack a compressed file first; other kinds of capture can be converted: editcap -F nsecpcap IN"
                            + " OUT");
        }
        final int inOrder = buffer.getInt(PcapDescriptor.MAGIC_OFFSET, byteOrder);
        nanosPerUnit = inOrder == PcapDescriptor.MAGIC_NANOSECONDS ? 1 : 1_000;
        final int major = buffer.getShort(PcapDescriptor.MAJOR_VERSION_OFFSET, byteOrder) & 0xFFFF;
        if (major != PcapDescriptor.MAJOR_VERSION) {
            throw corrupt(
                    PcapDescriptor.MAJOR_VERSION_OFFSET,
                    "is of version " + major + ", not " + PcapDescriptor.MAJOR_VERSION,
                    "Convert it: editcap -F nsecpcap IN OUT");
        }
        linkType = buffer.getInt(PcapDescriptor.LINK_TYPE_OFFSET, byteOrder) & PcapDescriptor.LINK_TYPE_MASK;
        if (!LinkType.isKnown(linkType)) {
            throw corrupt(
                    PcapDescriptor.LINK_TYPE_OFFSET,
                    "has frames of link type " + linkType + "; known are Ethernet (1), raw IP (101, 228), Linux cooked"
                            + " (113, 276) and BSD loopback (0)",
                    "Capture on an Ethernet device");
        }
        window.position(PcapDescriptor.HEADER_LENGTH);
    }

    private static ByteOrder order(final int magic) {
        if (magic == PcapDescriptor.MAGIC_MICROSECONDS || magic == PcapDescriptor.MAGIC_NANOSECONDS) {
            return ByteOrder.BIG_ENDIAN;
        }
        final int reversed = Integer.reverseBytes(magic);
        return reversed == PcapDescriptor.MAGIC_MICROSECONDS || reversed == PcapDescriptor.MAGIC_NANOSECONDS
                ? ByteOrder.LITTLE_ENDIAN
                : null;
    }

    /** Whether so many bytes are there from the position on; reads on where the window ends before. */
    private boolean has(final int length) throws IOException {
        if (window.remaining() >= length) {
            return true;
        }
        windowFileOffset += window.position();
        window.compact();
        try {
            while (window.position() < length && channel.read(window) >= 0) {
                continue;
            }
        } catch (final IOException ex) {
            throw new IOException(
                    path + ": cannot be read on at offset " + (windowFileOffset + window.position()) + ": "
                            + ex.getMessage(),
                    ex);
        } finally {
            window.flip();
        }
        return window.remaining() >= length;
    }

    private CorruptDataException corrupt(final int offset, final String what, final String remedy) {
        return new CorruptDataException(path, windowFileOffset + window.position() + offset, what, remedy);
    }
}
