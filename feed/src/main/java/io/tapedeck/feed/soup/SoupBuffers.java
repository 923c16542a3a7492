package io.tapedeck.feed.soup;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory of one SoupBinTCP connection, for one connection after the other: connections come and go at a rate that
 * strangers choose, and memory outside the heap does not come back by itself.
 *
 * <p><b>Note:</b> belongs to one connection at a time.
 */
public final class SoupBuffers {
    /** Own packets are logins and shorter ones; two of them may wait. */
    private static final int OUTPUT_LENGTH = 128;

    final ByteBuffer input;
    final UnsafeBuffer inputView;
    final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_LENGTH);
    final UnsafeBuffer outputView = new UnsafeBuffer(output);

    /**
     * Takes the memory.
     *
     * @param maxPacketLength the longest packet that is received, in bytes.
     */
    public SoupBuffers(final int maxPacketLength) {
        input = ByteBuffer.allocateDirect(maxPacketLength);
        inputView = new UnsafeBuffer(input);
    }

    /** Forgets what an earlier connection left. */
    SoupBuffers clear() {
        input.clear();
        output.clear();
        return this;
    }
}
