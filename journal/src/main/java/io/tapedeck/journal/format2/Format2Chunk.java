package io.tapedeck.journal.format2;

/**
 * What the index says about a chunk, without reading it: enough to tell that a filter keeps nothing of it.
 *
 * @param offset         where its header begins in the file.
 * @param lengthBytes    of header and payload.
 * @param firstSequence  of its first record.
 * @param recordCount    at least 1.
 * @param firstTimeNs    event time of its first record, nanoseconds since midnight.
 * @param lastTimeNs     event time of its last record.
 * @param leastTimeNs    of all its records.
 * @param greatestTimeNs of all its records.
 * @param contents       which types and instruments its records have.
 */
public record Format2Chunk(
        long offset,
        int lengthBytes,
        long firstSequence,
        int recordCount,
        long firstTimeNs,
        long lastTimeNs,
        long leastTimeNs,
        long greatestTimeNs,
        ChunkContents contents) {
    /**
     * Sequence of the chunk's last record.
     *
     * @return at least the first one.
     */
    public long lastSequence() {
        return firstSequence + recordCount - 1;
    }
}
