package io.tapedeck.journal.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where two files of one format differ. Files are compared as what they say, header fields and records; the same
 * records in other chunks are the same.
 *
 * @param headerDifferences fields whose values differ, in the header's order.
 * @param recordCountA      records in the first file.
 * @param recordCountB      records in the second file.
 * @param commonRecords     numbers that records of both files have.
 * @param differingRecords  of those, how many have records that differ.
 * @param firstDifference   number, from 0, of the first record that differs or that only one file has; -1 if none. Of format 2
 *                          it is one less than the record's sequence.
 * @param firstRecordA      that record of the first file as text, or null if it has none there.
 * @param firstRecordB      that record of the second file as text, or null if it has none there.
 * @param firstFields       the fields in which these two differ, in the record's order; empty if one file has no such record.
 */
public record TapeDiff(
        List<FieldDifference> headerDifferences,
        long recordCountA,
        long recordCountB,
        long commonRecords,
        long differingRecords,
        long firstDifference,
        String firstRecordA,
        String firstRecordB,
        List<FieldDifference> firstFields) {
    private static final String NONE = "-";

    /**
     * A field whose values differ.
     *
     * @param field  its name.
     * @param valueA in the first file.
     * @param valueB in the second file.
     */
    public record FieldDifference(String field, String valueA, String valueB) {}

    /** Takes copies of the lists. */
    public TapeDiff {
        headerDifferences = List.copyOf(headerDifferences);
        firstFields = List.copyOf(firstFields);
    }

    /**
     * Compares fields by name.
     *
     * @param fieldsA of the first file, in their order.
     * @param fieldsB of the second file.
     * @return those that differ or that only one file has, the others' value then being {@code -}; the first file's come first.
     */
    public static List<FieldDifference> differences(
            final Map<String, String> fieldsA, final Map<String, String> fieldsB) {
        final Set<String> names = new LinkedHashSet<>(fieldsA.keySet());
        names.addAll(fieldsB.keySet());
        return names.stream()
                .map(name ->
                        new FieldDifference(name, fieldsA.getOrDefault(name, NONE), fieldsB.getOrDefault(name, NONE)))
                .filter(field -> !field.valueA().equals(field.valueB()))
                .collect(Collectors.toList());
    }

    /**
     * Records that only the first file has.
     *
     * @return their number.
     */
    public long onlyInA() {
        return recordCountA - commonRecords;
    }

    /**
     * Records that only the second file has.
     *
     * @return their number.
     */
    public long onlyInB() {
        return recordCountB - commonRecords;
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
