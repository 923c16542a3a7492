package io.tapedeck.engine.replay;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.format2.ContentHash;

/**
 * The {@link ContentHash} of all records in the order of their delivery. Of a whole tape it is the one that the tape's
 * footer has. No allocation per record.
 */
public final class HashSink implements ReplayHandler {
    private final ContentHash contentHash = new ContentHash();

    /** Starts with no record. */
    public HashSink() {
        // Only so that it has a description.
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        contentHash.update(slots, low, high);
    }

    /**
     * Ends the hash; asked once, at the end.
     *
     * @return 64 hexadecimal digits.
     */
    public String hash() {
        return ContentHash.toHex(contentHash.finish());
    }
}
