package io.tapedeck.engine.pipeline;

import org.agrona.concurrent.status.CountersReader;

/**
 * Layout of a counters file. Little-endian, as the machines are that write and read it; lengths in bytes.
 *
 * <pre>
 *    0               4               8
 *   +---------------+---------------+
 *  0| magic                         |
 *   +---------------+---------------+
 *  8| version       | max counters  |
 *   +---------------+---------------+
 * 16| process id                    |
 *   +-------------------------------+
 * 24| start time                    |
 *   +-------------------------------+
 * 32| zero, up to 128               |
 *   +-------------------------------+
 *128| metadata, max counters x 512  |
 *   +-------------------------------+
 *   | values, max counters x 128    |
 *   +-------------------------------+
 * </pre>
 *
 * <p>The start time is that of the file, in milliseconds since 1970 UTC. Metadata and values are laid out as Agrona's {@link CountersReader} describes.
 */
final class CountersFileDescriptor {
    /** The bytes {@code TDCOUNTS}. */
    static final long MAGIC = 0x53544E554F434454L;

    static final int VERSION = 2;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int MAX_COUNTERS_OFFSET = 12;
    static final int PID_OFFSET = 16;
    static final int START_MS_OFFSET = 24;
    static final int METADATA_OFFSET = 128;

    /** Bounds what is mapped on the word of a header. */
    static final int MAX_MAX_COUNTERS = 1 << 16;

    private CountersFileDescriptor() {}

    static int metadataLength(final int maxCounters) {
        return maxCounters * CountersReader.METADATA_LENGTH;
    }

    static int valuesOffset(final int maxCounters) {
        return METADATA_OFFSET + metadataLength(maxCounters);
    }

    static int valuesLength(final int maxCounters) {
        return maxCounters * CountersReader.COUNTER_LENGTH;
    }

    static int fileLength(final int maxCounters) {
        return valuesOffset(maxCounters) + valuesLength(maxCounters);
    }
}
