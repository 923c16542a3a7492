package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.record.SlotArray;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over all records as 64-byte slots in the order of their delivery. Of a whole tape it is the content hash that
 * the tape's footer has. No allocation per record.
 */
public final class HashSink implements ReplayHandler {
    private static final int CAPACITY = 256;

    private final MessageDigest digest;
    private final byte[] bytes = new byte[CAPACITY * SLOT_LENGTH];

    /** Starts with no record. */
    public HashSink() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException ex) {
            // Every Java platform must have it.
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        long at = low;
        while (at <= high) {
            final int offset = slots.offset(at);
            final int untilArrayEnd = slots.capacity() - offset / SLOT_LENGTH;
            final int count = (int) Math.min(Math.min(CAPACITY, untilArrayEnd), high - at + 1);
            slots.buffer().getBytes(offset, bytes, 0, count * SLOT_LENGTH);
            digest.update(bytes, 0, count * SLOT_LENGTH);
            at += count;
        }
    }

    /**
     * Ends the hash; asked once, at the end.
     *
     * @return 64 hexadecimal digits.
     */
    public String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
