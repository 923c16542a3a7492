package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.codecs.record.SlotArray;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The identity of a tape's content in the making: SHA-256 over the XXH64 of every 1,024 records, as slots in order of
 * their sequence; the last ones may be fewer. It does not depend on chunks, and costs a tenth of SHA-256 over the slots.
 *
 * <p>It tells records apart that differ by chance, a fault or another seed. XXH64 is no protection against somebody who
 * looks for two tapes with one hash.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation per record.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">XXH64</a>
 */
public final class ContentHash {
    /** Records that are hashed together. */
    public static final int BLOCK_RECORDS = 1024;

    private static final long SEED = 0;
    private static final int BLOCK_LENGTH = BLOCK_RECORDS * SLOT_LENGTH;

    private final XXHash64 blockHash = XXHashFactory.nativeInstance().hash64();
    private final MessageDigest digest = newDigest();
    private final ByteBuffer blockBytes = ByteBuffer.allocateDirect(BLOCK_LENGTH);
    private final UnsafeBuffer block = new UnsafeBuffer(blockBytes);
    private final UnsafeBuffer hash = new UnsafeBuffer(new byte[Long.BYTES]);
    private int records;

    /** Starts with no record. */
    public ContentHash() {
        // Only so that it has a description.
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException ex) {
            // Every Java platform must have it.
            throw new IllegalStateException(ex);
        }
    }

    /**
     * Takes in records.
     *
     * @param slots holds them.
     * @param low   ring sequence of the first one.
     * @param high  ring sequence of the last one; they may go on at the beginning of the array.
     */
    public void update(final SlotArray slots, final long low, final long high) {
        long at = low;
        while (at <= high) {
            final int offset = slots.offset(at);
            final int count = (int) Math.min(high - at + 1, slots.capacity() - offset / SLOT_LENGTH);
            update(slots.buffer(), offset, count);
            at += count;
        }
    }

    /** Takes in slots that lie one behind the other in a buffer outside the heap. */
    void update(final DirectBuffer slots, final int offset, final int count) {
        int at = offset;
        int left = count;
        while (left > 0) {
            final int taken = Math.min(left, BLOCK_RECORDS - records);
            if (taken == BLOCK_RECORDS) {
                add(slots.byteBuffer(), at, BLOCK_LENGTH);
            } else {
                block.putBytes(records * SLOT_LENGTH, slots, at, taken * SLOT_LENGTH);
                records += taken;
                if (records == BLOCK_RECORDS) {
                    add(blockBytes, 0, BLOCK_LENGTH);
                    records = 0;
                }
            }
            at += taken * SLOT_LENGTH;
            left -= taken;
        }
    }

    private void add(final ByteBuffer bytes, final int offset, final int length) {
        hash.putLong(0, blockHash.hash(bytes, offset, length, SEED), BYTE_ORDER);
        digest.update(hash.byteArray());
    }

    /**
     * Ends the hash, once.
     *
     * @return {@link Format2Descriptor#HASH_LENGTH} bytes.
     */
    public byte[] finish() {
        if (records > 0) {
            add(blockBytes, 0, records * SLOT_LENGTH);
        }
        return digest.digest();
    }

    /**
     * A hash as text.
     *
     * @param hash of {@link #finish}.
     * @return two lower-case hexadecimal digits per byte.
     */
    public static String toHex(final byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
