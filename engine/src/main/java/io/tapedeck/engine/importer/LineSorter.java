package io.tapedeck.engine.importer;

import java.io.IOException;
import java.util.Arrays;

/**
 * Collects lines and writes them in the order of their bytes, as {@code LC_ALL=C sort} would. A heap sort over
 * references into one byte array: no object per line. Keeps its memory from one use to the next.
 */
final class LineSorter {
    private byte[] bytes = new byte[1 << 12];
    private int byteCount;

    /** Start of a line in the upper half, its length in the lower. */
    private long[] lines = new long[1 << 7];

    private int lineCount;

    void clear() {
        byteCount = 0;
        lineCount = 0;
    }

    /** Adds a line, with its end-of-line byte. */
    void add(final byte[] line, final int length) {
        if (length > bytes.length - byteCount) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, bytes.length));
        }
        if (lineCount == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lineCount);
        }
        System.arraycopy(line, 0, bytes, byteCount, length);
        lines[lineCount++] = (long) byteCount << 32 | length;
        byteCount += length;
    }

    int lineCount() {
        return lineCount;
    }

    void writeSorted(final CsvChannel out) throws IOException {
        sort();
        for (int i = 0; i < lineCount; i++) {
            out.write(bytes, start(lines[i]), length(lines[i]));
        }
    }

    private void sort() {
        for (int parent = lineCount / 2 - 1; parent >= 0; parent--) {
            siftDown(parent, lineCount);
        }
        for (int end = lineCount - 1; end > 0; end--) {
            final long greatest = lines[0];
            lines[0] = lines[end];
            lines[end] = greatest;
            siftDown(0, end);
        }
    }

    private void siftDown(final int from, final int end) {
        final long line = lines[from];
        int parent = from;
        int child = 2 * parent + 1;
        while (child < end) {
            if (child + 1 < end && isLess(lines[child], lines[child + 1])) {
                child++;
            }
            if (!isLess(line, lines[child])) {
                break;
            }
            lines[parent] = lines[child];
            parent = child;
            child = 2 * parent + 1;
        }
        lines[parent] = line;
    }

    private boolean isLess(final long first, final long second) {
        final int firstStart = start(first);
        final int secondStart = start(second);
        return Arrays.compareUnsigned(
                        bytes, firstStart, firstStart + length(first), bytes, secondStart, secondStart + length(second))
                < 0;
    }

    private static int start(final long line) {
        return (int) (line >>> 32);
    }

    private static int length(final long line) {
        return (int) line;
    }
}
