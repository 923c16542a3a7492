package io.tapedeck.journal.format2;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C of a range of a buffer, without allocation. */
final class Crc32c {
    private final CRC32C crc = new CRC32C();

    /** The checksum as the 32 bits that are stored. Leaves position and limit of the buffer changed. */
    int of(final ByteBuffer bytes, final int offset, final int length) {
        crc.reset();
        bytes.limit(offset + length).position(offset);
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
