package io.tapedeck.journal.check;

import java.util.List;

/**
 * What a repair kept and what it could not.
 *
 * @param recordCount records in the new file.
 * @param chunkCount  chunks in the new file.
 * @param losses      parts of the damaged file that are not in the new one, in file order.
 */
public record RepairResult(long recordCount, int chunkCount, List<Loss> losses) {
    /** Takes a copy of the list. */
    public RepairResult {
        losses = List.copyOf(losses);
    }
}
