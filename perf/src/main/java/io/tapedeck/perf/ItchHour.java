package io.tapedeck.perf;

import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** An hour of real order flow in memory, off-heap, with its frames. */
final class ItchHour {
    static final int MESSAGE_COUNT = 92_085;

    private final UnsafeBuffer bytes;

    ItchHour(final Path data) throws IOException {
        final byte[] file = Files.readAllBytes(Workloads.aaplHour(data));
        bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(file.length));
        bytes.putBytes(0, file);
    }

    UnsafeBuffer bytes() {
        return bytes;
    }

    /** Places an iterator in front of the first message. */
    BinaryFileIterator rewind(final BinaryFileIterator iterator) {
        return iterator.wrap(bytes, 0, bytes.capacity());
    }
}
