package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;

import io.tapedeck.codecs.record.SlotArray;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The identity of a tape's content in the making: SHA-256 over its records as slots, in order of their sequence. */
final class ContentHash {
    private final MessageDigest digest = newDigest();

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException ex) {
            // Every Java platform must have it.
            throw new IllegalStateException(ex);
        }
    }

    /** Takes in the slots between position and limit. */
    void update(final ByteBuffer slots) {
        digest.update(slots);
    }

    /** Takes in slots that lie one behind the other. */
    void update(final SlotArray slots, final long low, final long high) {
        final int offset = slots.offset(low);
        final int length = (int) (high - low + 1) * SLOT_LENGTH;
        digest.update(
                slots.buffer().byteBuffer().duplicate().limit(offset + length).position(offset));
    }

    /** The hash, once. */
    byte[] finish() {
        return digest.digest();
    }

    static String toHex(final byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
