package io.tapedeck.journal.check;

import java.util.List;

/**
 * Where two files of one format differ. Files are compared as what they say, header fields and records; the same
 * records in other chunks are the same.
 *
 * @param headerDifferences fields whose values differ, in the header's order.
 * @param recordCountA      records in the first file.
 * @param recordCountB      records in the second file.
 * @param differingRecords  positions that both files have and at which the records differ.
 * @param firstDifference   number, from 0, of the first record that differs or that only one file has; -1 if none.
 * @param firstRecordA      that record of the first file as text, or null if it has none there.
 * @param firstRecordB      that record of the second file as text, or null if it has none there.
 */
public record TapeDiff(
        List<FieldDifference> headerDifferences,
        long recordCountA,
        long recordCountB,
        long differingRecords,
        long firstDifference,
        String firstRecordA,
        String firstRecordB) {
    /**
     * A header field whose values differ.
     *
     * @param field  its name.
     * @param valueA in the first file.
     * @param valueB in the second file.
     */
    public record FieldDifference(String field, String valueA, String valueB) {}

    /** Takes a copy of the list. */
    public TapeDiff {
        headerDifferences = List.copyOf(headerDifferences);
    }

    /**
     * Whether the files say the same.
     *
     * @return true if no header field and no record differs.
     */
    public boolean same() {
        return headerDifferences.isEmpty() && firstDifference < 0;
    }
}
