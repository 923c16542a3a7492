package io.tapedeck.journal.format1;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordDescriptor;
import java.nio.ByteOrder;

/**
 * Layout of a file of journal format 1, little-endian and without padding.
 *
 * <pre>
 *   +-----------------+ 0
 *   |  file header    | 64 bytes
 *   +-----------------+ 64
 *   |  chunk header   | 32 bytes      as often as there are chunks
 *   |  LZ4 block      | compressed size
 *   +-----------------+ index start
 *   |  index entry    | 32 bytes      one per chunk, in file order
 *   +-----------------+ length - 16
 *   |  tail           | 16 bytes
 *   +-----------------+ length
 * </pre>
 *
 * A session without events is its header alone. The index and the tail come last, then bit 0 of the header's flags is
 * set: a file whose flag is clear was not closed, and its chunks are found by walking from header to header.
 *
 * <pre>
 * file header                                      chunk header
 *    0  magic "QRSDPLOG"                              0  uncompressed size      u32, count x 26
 *    8  version major          u16, 1                 4  compressed size        u32
 *   10  version minor          u16, 0                 8  record count           u32
 *   12  record size            u32, 26               12  flags                  u32, 0
 *   16  seed                   u64                   16  first timestamp ns     u64
 *   24  opening price ticks    i32                   24  last timestamp ns      u64
 *   28  tick size              u32, 1/10,000
 *   32  session seconds        u32                index entry
 *   36  levels per side        u32                    0  chunk offset           u64, in the file
 *   40  initial spread ticks   u32                    8  first timestamp ns     u64
 *   44  initial depth          u32                   16  last timestamp ns      u64
 *   48  chunk capacity         u32                   24  record count           u32
 *   52  flags                  u32, bit 0: index     28  reserved               u32, 0
 *   56  market open ns         u64
 *                                                 tail
 *                                                     0  chunk count            u32
 *                                                     4  magic "QIDX"
 *                                                     8  index start            u64, in the file
 * </pre>
 */
public final class Format1Descriptor {
    /** Order of the bytes of every field. */
    public static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Bytes of one record. */
    public static final int RECORD_LENGTH = Qrsdp1RecordDescriptor.LENGTH;

    /** Bytes of the file header. */
    public static final int HEADER_LENGTH = 64;

    /** The eight characters {@code QRSDPLOG}, read as one little-endian long. */
    public static final long MAGIC = 0x474F_4C50_4453_5251L;

    /** The major version that this package reads and writes. */
    public static final int VERSION_MAJOR = 1;

    /** The minor version that this package writes; a reader takes any. */
    public static final int VERSION_MINOR = 0;

    /** Bit of the header's flags that says that index and tail are there. */
    public static final int FLAG_INDEX = 1;

    /** Records per chunk where nobody says otherwise. */
    public static final int DEFAULT_CHUNK_CAPACITY = 4096;

    /**
     * The most records per chunk that this package reads or writes. It bounds the memory that a header can ask for:
     * see {@link #MAX_BUFFER_BYTES}.
     */
    public static final int MAX_CHUNK_CAPACITY = 1 << 20;

    /** An LZ4 block cannot grow by more than this factor: 255 bytes for every byte that extends a length. */
    static final int MAX_LZ4_EXPANSION = 255;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_MAJOR_OFFSET = 8;
    static final int VERSION_MINOR_OFFSET = 10;
    static final int RECORD_SIZE_OFFSET = 12;
    static final int SEED_OFFSET = 16;
    static final int OPENING_PRICE_TICKS_OFFSET = 24;
    static final int TICK_SIZE_OFFSET = 28;
    static final int SESSION_SECONDS_OFFSET = 32;
    static final int LEVELS_PER_SIDE_OFFSET = 36;
    static final int INITIAL_SPREAD_TICKS_OFFSET = 40;
    static final int INITIAL_DEPTH_OFFSET = 44;
    static final int CHUNK_CAPACITY_OFFSET = 48;
    static final int FLAGS_OFFSET = 52;
    static final int MARKET_OPEN_NS_OFFSET = 56;

    /** Bytes of a chunk header. */
    public static final int CHUNK_HEADER_LENGTH = 32;

    static final int UNCOMPRESSED_SIZE_OFFSET = 0;
    static final int COMPRESSED_SIZE_OFFSET = 4;
    static final int CHUNK_RECORD_COUNT_OFFSET = 8;
    static final int CHUNK_FLAGS_OFFSET = 12;
    static final int CHUNK_FIRST_TIMESTAMP_NS_OFFSET = 16;
    static final int CHUNK_LAST_TIMESTAMP_NS_OFFSET = 24;

    /** Bytes of an index entry. */
    public static final int INDEX_ENTRY_LENGTH = 32;

    static final int ENTRY_CHUNK_OFFSET_OFFSET = 0;
    static final int ENTRY_FIRST_TIMESTAMP_NS_OFFSET = 8;
    static final int ENTRY_LAST_TIMESTAMP_NS_OFFSET = 16;
    static final int ENTRY_RECORD_COUNT_OFFSET = 24;
    static final int ENTRY_RESERVED_OFFSET = 28;

    /** Bytes of the tail. */
    public static final int TAIL_LENGTH = 16;

    /** The four characters {@code QIDX}, read as one little-endian int. */
    public static final int TAIL_MAGIC = 0x5844_4951;

    static final int TAIL_CHUNK_COUNT_OFFSET = 0;
    static final int TAIL_MAGIC_OFFSET = 4;
    static final int TAIL_INDEX_START_OFFSET = 8;

    /**
     * The most direct memory that one position in a file needs, whatever the file claims: the records of a chunk of
     * {@link #MAX_CHUNK_CAPACITY}, and its block as large as LZ4 can make it.
     */
    public static final long MAX_BUFFER_BYTES =
            (long) MAX_CHUNK_CAPACITY * RECORD_LENGTH + maxCompressedLength(MAX_CHUNK_CAPACITY);

    private Format1Descriptor() {}

    /**
     * The most bytes that LZ4 makes of a chunk's records, as the LZ4 block format states it.
     *
     * @param records in the chunk.
     * @return bytes.
     */
    static int maxCompressedLength(final int records) {
        final int length = records * RECORD_LENGTH;
        return length + length / 255 + 16;
    }
}
