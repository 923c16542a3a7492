package io.tapedeck.journal.file;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory outside the heap that blocks of a file are read into and unpacked in; its owner gives it back. */
public final class DirectMemory {
    private DirectMemory() {}

    /**
     * Makes sure that a buffer has room. If it has not it gets other memory, and what it held is lost.
     *
     * @param buffer      over memory of its own, or over none.
     * @param lengthBytes that it has to have at least.
     */
    public static void ensureCapacity(final UnsafeBuffer buffer, final int lengthBytes) {
        if (buffer.capacity() < lengthBytes) {
            BufferUtil.free(buffer);
            buffer.wrap(ByteBuffer.allocateDirect(lengthBytes));
        }
    }

    /**
     * Gives the memory of a buffer back, and leaves it over none. Doing so twice is harmless.
     *
     * @param buffer over memory of its own, or over none.
     */
    public static void free(final UnsafeBuffer buffer) {
        BufferUtil.free(buffer);
        buffer.wrap(0, 0);
    }
}
