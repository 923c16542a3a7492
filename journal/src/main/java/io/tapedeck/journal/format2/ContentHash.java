package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.codecs.record.SlotArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    private final SlotHash block = new SlotHash();
    private final MessageDigest digest = newDigest();
    private final UnsafeBuffer hash = new UnsafeBuffer(new byte[Long.BYTES]);

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
        long address = slots.addressOffset() + offset;
        int left = count;
        while (left > 0) {
            final int taken = Math.min(left, room());
            block.update(address, taken);
            endFullBlock();
            address += (long) taken * SLOT_LENGTH;
            left -= taken;
        }
    }

    /**
     * Takes in slots if they fit into the present block, and all are events that follow one another; else none.
     *
     * @return whether they were taken in; if not, nothing is known of them.
     */
    boolean updateEvents(final DirectBuffer slots, final int offset, final int count, final long firstSequence) {
        if (count > room() || !block.updateEvents(slots.addressOffset() + offset, count, firstSequence)) {
            return false;
        }
        endFullBlock();
        return true;
    }

    private int room() {
        return BLOCK_RECORDS - block.count();
    }

    private void endFullBlock() {
        if (block.count() == BLOCK_RECORDS) {
            endBlock();
        }
    }

    private void endBlock() {
        hash.putLong(0, block.value(), BYTE_ORDER);
        digest.update(hash.byteArray());
        block.clear();
    }

    /**
     * Ends the hash, once.
     *
     * @return {@link Format2Descriptor#HASH_LENGTH} bytes.
     */
    public byte[] finish() {
        if (block.count() > 0) {
            endBlock();
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
