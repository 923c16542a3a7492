package io.tapedeck.journal.format2;

import io.tapedeck.journal.manifest.SessionMetadata;
import java.nio.ByteOrder;

/**
 * Layout of a file of journal format 2, little-endian and without padding.
 *
 * <pre>
 *   +-----------------+ 0
 *   |  file header    | 32 bytes
 *   |  metadata       | JSON
 *   +-----------------+ 32 + metadata length
 *   |  chunk header   | 104 bytes     as often as there are chunks
 *   |  payload        | payload length
 *   +-----------------+ index offset
 *   |  footer head    | 8 bytes
 *   |  index entry    | 104 bytes     one per chunk, in file order
 *   |  tail           | 64 bytes
 *   +-----------------+ length
 * </pre>
 *
 * Nothing that was written is ever changed. The footer comes last: a file without one was not closed, and its chunks
 * are found by walking from header to header. Every CRC is CRC-32C, initial value and final inversion as in RFC 3720.
 *
 * <pre>
 * file header                                      chunk header
 *    0  magic "TAPEDECK"                              0  magic "TCHK"
 *    8  version major          u16, 2                 4  CRC of bytes 8 to 103  u32
 *   10  version minor          u16, 1                 8  CRC of the payload     u32
 *   12  chunk capacity         u32                   12  payload length         u32
 *   16  record schema id       u16                   16  first sequence         u64
 *   18  record schema version  u16                   24  record count           u32
 *   20  metadata length        u32                   28  0                      u32
 *   24  metadata CRC           u32                   32  time of first record   i64
 *   28  CRC of bytes 0 to 27   u32                   40  time of last record    i64
 *                                                    48  least time             i64
 * footer head                                        56  greatest time          i64
 *    0  magic "TIDX"                                 64  set of types           u64
 *    4  chunk count            u32                   72  set of instruments     32 bytes
 *
 * index entry                                      tail
 *    0  chunk offset           u64, in the file       0  content hash           32 bytes
 *    8  bytes 8 to 103 of the chunk's header         32  record count           u64
 *                                                    40  index offset           u64, in the file
 *                                                    48  chunk count            u32
 *                                                    52  flags                  u32, bit 0: gaps
 *                                                    56  CRC of the footer      u32, up to here
 *                                                    60  magic "TEND"
 * </pre>
 *
 * Sequences run from 1 without a gap from record to record and from chunk to chunk; in a file that was made of what was
 * whole in a damaged one, flagged so, chunks may be missing. The {@link ContentHash} does not depend on chunks.
 *
 * <p>The layout of a payload is in {@link ColumnDescriptor}.
 */
public final class Format2Descriptor {
    /** Order of the bytes of every field. */
    public static final ByteOrder BYTE_ORDER = ByteOrder.LITTLE_ENDIAN;

    /** The eight characters {@code TAPEDECK}, read as one little-endian long. */
    public static final long MAGIC = 0x4B43_4544_4550_4154L;

    /** The major version that this package reads and writes. */
    public static final int VERSION_MAJOR = 2;

    /** The minor version that this package reads and writes. */
    public static final int VERSION_MINOR = 1;

    /** Bytes of the file header. */
    public static final int HEADER_LENGTH = 32;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_MAJOR_OFFSET = 8;
    static final int VERSION_MINOR_OFFSET = 10;
    static final int CHUNK_CAPACITY_OFFSET = 12;
    static final int SCHEMA_ID_OFFSET = 16;
    static final int SCHEMA_VERSION_OFFSET = 18;
    static final int METADATA_LENGTH_OFFSET = 20;
    static final int METADATA_CRC_OFFSET = 24;
    static final int HEADER_CRC_OFFSET = 28;

    /** The most bytes of metadata. */
    public static final int MAX_METADATA_LENGTH = SessionMetadata.MAX_LENGTH_BYTES;

    /**
     * Records per chunk where nobody says otherwise. Smaller chunks are larger files, by 4 to 13 % at a quarter of this;
     * larger ones make a seek take longer, and save 1 to 3 % at four times this.
     */
    public static final int DEFAULT_CHUNK_CAPACITY = 16_384;

    /** The most records per chunk. It bounds the memory that a header can ask for: see {@link #MAX_BUFFER_BYTES}. */
    public static final int MAX_CHUNK_CAPACITY = 1 << 16;

    /** The most chunks in a file; their index has 1 GiB then. */
    public static final int MAX_CHUNKS = 1 << 24;

    /** Bytes of a chunk header. */
    public static final int CHUNK_HEADER_LENGTH = 104;

    /** The four characters {@code TCHK}, read as one little-endian int. */
    public static final int CHUNK_MAGIC = 0x4B48_4354;

    static final int CHUNK_MAGIC_OFFSET = 0;
    static final int CHUNK_HEADER_CRC_OFFSET = 4;
    static final int PAYLOAD_CRC_OFFSET = 8;
    static final int PAYLOAD_LENGTH_OFFSET = 12;
    static final int FIRST_SEQUENCE_OFFSET = 16;
    static final int RECORD_COUNT_OFFSET = 24;
    static final int CHUNK_RESERVED_OFFSET = 28;
    static final int FIRST_TIME_OFFSET = 32;
    static final int LAST_TIME_OFFSET = 40;
    static final int LEAST_TIME_OFFSET = 48;
    static final int GREATEST_TIME_OFFSET = 56;
    static final int TYPE_SET_OFFSET = 64;
    static final int INSTRUMENT_SET_OFFSET = 72;
    static final int INSTRUMENT_SET_LENGTH = 32;

    /** Bytes in front of the index entries. */
    public static final int FOOTER_HEAD_LENGTH = 8;

    /** The four characters {@code TIDX}, read as one little-endian int. */
    public static final int FOOTER_MAGIC = 0x5844_4954;

    static final int FOOTER_MAGIC_OFFSET = 0;
    static final int FOOTER_CHUNK_COUNT_OFFSET = 4;

    /** Bytes of an index entry. */
    public static final int INDEX_ENTRY_LENGTH = CHUNK_HEADER_LENGTH;

    /** Where an entry has the chunk's offset; behind it each field of the chunk header stands where it stands there. */
    static final int ENTRY_CHUNK_OFFSET_OFFSET = 0;

    /** Bytes of the tail. */
    public static final int TAIL_LENGTH = 64;

    /** Bytes of the content hash. */
    public static final int HASH_LENGTH = 32;

    /** The four characters {@code TEND}, read as one little-endian int. */
    public static final int TAIL_MAGIC = 0x444E_4554;

    /** Bit of the tail's flags: chunks may be missing between others. */
    public static final int FLAG_GAPS = 1;

    static final int TAIL_HASH_OFFSET = 0;
    static final int TAIL_RECORD_COUNT_OFFSET = 32;
    static final int TAIL_INDEX_OFFSET_OFFSET = 40;
    static final int TAIL_CHUNK_COUNT_OFFSET = 48;
    static final int TAIL_FLAGS_OFFSET = 52;
    static final int TAIL_CRC_OFFSET = 56;
    static final int TAIL_MAGIC_OFFSET = 60;

    /**
     * The most direct memory that one position in a file needs for chunks, whatever the file claims, and whatever it has
     * behind right checksums: the payload of a chunk of {@link #MAX_CHUNK_CAPACITY} at its largest, its columns, and the
     * tables of its orders and instruments.
     */
    public static final long MAX_BUFFER_BYTES =
            ColumnDescriptor.maxPayloadLength(MAX_CHUNK_CAPACITY) + ColumnDecoder.maxBufferLength(MAX_CHUNK_CAPACITY);

    private Format2Descriptor() {}

    /**
     * Length of a footer.
     *
     * @param chunks in the file.
     * @return bytes.
     */
    static long footerLength(final long chunks) {
        return FOOTER_HEAD_LENGTH + chunks * INDEX_ENTRY_LENGTH + TAIL_LENGTH;
    }
}
