package io.tapedeck.journal.format2;

import static io.tapedeck.journal.format2.ColumnDescriptor.*;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.journal.file.DirectMemory;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Head and sections of one chunk's payload at a time: the counts, which are judged before anything is unpacked, and the
 * columns outside the heap, with so much room behind each that a batch of records may run over its end.
 *
 * <p>Buffers grow to the largest chunk met.
 */
final class ColumnSections implements AutoCloseable {
    /** Bytes behind the bits that may be read: what a batch can take at most. */
    private static final int BITS_PADDING = ColumnDecoder.BATCH * MAX_RECORD_BITS_LENGTH + 2 * Long.BYTES;

    /** Bytes behind any other section that may be read. */
    private static final int PADDING = 2 * Long.BYTES;

    /** An LZ4 block cannot grow by more than this factor: 255 bytes for every byte that extends a length. */
    private static final int MAX_LZ4_EXPANSION = 255;

    private final LZ4SafeDecompressor decompressor = LZ4Factory.nativeInstance().safeDecompressor();
    private final UnsafeBuffer sections = new UnsafeBuffer(0, 0);
    private final int[] lengths = new int[SECTION_COUNT];
    private final int[] storedLengths = new int[SECTION_COUNT];
    private final int[] offsets = new int[SECTION_COUNT];
    private long[] orderIds = new long[ColumnDecoder.BATCH];
    private long[] auxIds = new long[ColumnDecoder.BATCH];

    private int recordCount;
    private int instrumentCount;
    private int instrumentWidth;
    private int carriedCount;
    private int newOrderCount;
    private int orderIdCount;
    private int auxIdCount;
    private boolean areOrderIdsExplicit;
    private boolean areAuxIdsExplicit;

    /**
     * Reads the head of a payload.
     *
     * @param payload       holds it from 0 on.
     * @param payloadLength in bytes.
     * @param recordCount   of the chunk.
     * @return what is wrong with it, as a clause, or null.
     */
    String readHead(final UnsafeBuffer payload, final int payloadLength, final int recordCount) {
        this.recordCount = recordCount;
        if (payloadLength < HEAD_LENGTH) {
            return "the chunk's payload has " + payloadLength + " bytes, a head alone has " + HEAD_LENGTH;
        }
        instrumentCount = payload.getInt(INSTRUMENT_COUNT_OFFSET, BYTE_ORDER);
        carriedCount = payload.getInt(CARRIED_COUNT_OFFSET, BYTE_ORDER);
        newOrderCount = payload.getInt(NEW_ORDER_COUNT_OFFSET, BYTE_ORDER);
        orderIdCount = payload.getInt(ORDER_ID_COUNT_OFFSET, BYTE_ORDER);
        auxIdCount = payload.getInt(AUX_ID_COUNT_OFFSET, BYTE_ORDER);
        instrumentWidth = payload.getByte(INSTRUMENT_WIDTH_OFFSET);
        final int flags = payload.getByte(ID_FLAGS_OFFSET);
        areOrderIdsExplicit = (flags & FLAG_EXPLICIT_ORDER_IDS) != 0;
        areAuxIdsExplicit = (flags & FLAG_EXPLICIT_AUX_IDS) != 0;
        final boolean areCountsRight = isCount(instrumentCount)
                && isCount(carriedCount)
                && isCount(newOrderCount)
                && orderIdCount == (areOrderIdsExplicit ? newOrderCount : 0)
                && isCount(auxIdCount)
                && (areAuxIdsExplicit || auxIdCount == 0);
        final boolean areRestRight =
                instrumentWidth == Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, instrumentCount - 1))
                        && (flags & ~(FLAG_EXPLICIT_ORDER_IDS | FLAG_EXPLICIT_AUX_IDS)) == 0
                        && payload.getByte(RESERVED_OFFSET) == 0
                        && payload.getByte(FORM_COUNT_OFFSET) >= 0
                        && payload.getByte(FORM_COUNT_OFFSET) <= MAX_FORMS;
        if (!areCountsRight || !areRestRight) {
            return "the chunk's columns have counts or flags that do not fit its " + recordCount + " records";
        }
        return readLengths(payload, payloadLength);
    }

    private boolean isCount(final int count) {
        return count >= 0 && count <= recordCount;
    }

    private String readLengths(final UnsafeBuffer payload, final int payloadLength) {
        long end = HEAD_LENGTH + payload.getByte(FORM_COUNT_OFFSET) * FORM_LENGTH;
        for (int section = 0; section < SECTION_COUNT; section++) {
            final int at = SECTIONS_OFFSET + section * SECTION_ENTRY_LENGTH;
            final int length = payload.getInt(at, BYTE_ORDER);
            final int stored = payload.getInt(at + Integer.BYTES, BYTE_ORDER);
            if (length < 0
                    || length > maxLength(section, recordCount)
                    || stored > length
                    || stored < (length + MAX_LZ4_EXPANSION - 1) / MAX_LZ4_EXPANSION) {
                return "the chunk's section " + section + " has length " + Integer.toUnsignedString(length)
                        + " and stored length " + Integer.toUnsignedString(stored) + ", which cannot be of "
                        + recordCount + " records";
            }
            lengths[section] = length;
            storedLengths[section] = stored;
            end += stored;
        }
        if (end != payloadLength || lengths[CONTROLS] != recordCount) {
            return "the chunk's sections end at byte " + end + " of a payload of " + payloadLength
                    + ", with controls for " + lengths[CONTROLS] + " of " + recordCount + " records";
        }
        return null;
    }

    /**
     * Unpacks the sections of the payload whose head was read last, which had no fault.
     *
     * @return what is wrong with them, as a clause, or null.
     */
    String unpack(final UnsafeBuffer payload) {
        final String fault = inflate(payload);
        return fault == null ? readIds() : fault;
    }

    private String inflate(final UnsafeBuffer payload) {
        int length = 0;
        for (int section = 0; section < SECTION_COUNT; section++) {
            offsets[section] = length;
            length += lengths[section] + (section == BITS ? BITS_PADDING : PADDING);
        }
        DirectMemory.ensureCapacity(sections, length);
        int at = HEAD_LENGTH + payload.getByte(FORM_COUNT_OFFSET) * FORM_LENGTH;
        for (int section = 0; section < SECTION_COUNT; section++) {
            final int stored = storedLengths[section];
            if (stored == lengths[section]) {
                sections.putBytes(offsets[section], payload, at, stored);
            } else if (!inflate(section, payload.byteBuffer(), at)) {
                return "the LZ4 block of the chunk's section " + section + " is malformed";
            }
            at += stored;
        }
        return null;
    }

    private boolean inflate(final int section, final ByteBuffer payload, final int offset) {
        try {
            return decompressor.decompress(
                            payload,
                            offset,
                            storedLengths[section],
                            sections.byteBuffer(),
                            offsets[section],
                            lengths[section])
                    == lengths[section];
        } catch (final LZ4Exception ex) {
            return false;
        }
    }

    private String readIds() {
        // A batch may take more than there are, before that is noticed.
        orderIds = ensureCapacity(orderIds, orderIdCount + ColumnDecoder.BATCH);
        auxIds = ensureCapacity(auxIds, auxIdCount + ColumnDecoder.BATCH);
        final boolean areRight = IdList.decode(address(ORDER_IDS), lengths[ORDER_IDS], orderIds, orderIdCount)
                && IdList.decode(address(AUX_IDS), lengths[AUX_IDS], auxIds, auxIdCount);
        return areRight ? null : "the chunk's lists of ids do not have the length that they say";
    }

    private static long[] ensureCapacity(final long[] ids, final int length) {
        return ids.length < length ? new long[length] : ids;
    }

    /** Where a section lies, until the next payload is unpacked. */
    long address(final int section) {
        return sections.addressOffset() + offsets[section];
    }

    /** How many bytes a section has. */
    int length(final int section) {
        return lengths[section];
    }

    int recordCount() {
        return recordCount;
    }

    int instrumentCount() {
        return instrumentCount;
    }

    /** How many bits an instrument's number has. */
    int instrumentWidth() {
        return instrumentWidth;
    }

    /** How many orders the chunk refers to that came before it. */
    int carriedCount() {
        return carriedCount;
    }

    /** How many orders the chunk makes. */
    int newOrderCount() {
        return newOrderCount;
    }

    /** Whether order ids are listed; else those of an instrument count up from its first one. */
    boolean areOrderIdsExplicit() {
        return areOrderIdsExplicit;
    }

    /** Whether aux ids are listed; else those of an instrument count up from its first one. */
    boolean areAuxIdsExplicit() {
        return areAuxIdsExplicit;
    }

    /** The listed order ids, and room for a batch behind them; another array may hold the next payload's. */
    long[] orderIds() {
        return orderIds;
    }

    int orderIdCount() {
        return orderIdCount;
    }

    /** The listed aux ids, and room for a batch behind them; another array may hold the next payload's. */
    long[] auxIds() {
        return auxIds;
    }

    int auxIdCount() {
        return auxIdCount;
    }

    /** The most direct memory that a chunk of so many records can make this take. */
    static long maxBufferLength(final int records) {
        long length = BITS_PADDING + PADDING * (SECTION_COUNT - 1);
        for (int section = 0; section < SECTION_COUNT; section++) {
            length += maxLength(section, records);
        }
        return length;
    }

    @Override
    public void close() {
        DirectMemory.free(sections);
    }
}
