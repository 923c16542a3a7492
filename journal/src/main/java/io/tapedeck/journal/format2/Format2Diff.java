package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.check.TapeDiff;
import io.tapedeck.journal.check.TapeDiff.FieldDifference;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares two files of format 2: metadata, and records by their sequences. The same records in other chunks are the
 * same.
 */
public final class Format2Diff {
    /** Goes through the records of a file one by one. */
    private static final class Records {
        private final Format2Cursor cursor;
        private final SlotArray slots;
        private long next;
        private long end;

        Records(final Format2Cursor cursor) {
            this.cursor = cursor;
            slots = cursor.slots();
        }

        boolean next() throws IOException {
            if (++next > end) {
                if (cursor.nextBatch() == 0) {
                    return false;
                }
                next = cursor.low();
                end = cursor.high();
            }
            return true;
        }

        boolean isSame(final Records other) {
            return RecordText.isSame(
                    slots.buffer(), slots.offset(next), other.slots.buffer(), other.slots.offset(other.next));
        }

        long sequence() {
            return slots.buffer().getLong(slots.offset(next) + SEQUENCE_OFFSET, LITTLE_ENDIAN);
        }

        Map<String, String> fields() {
            return RecordText.fields(slots.buffer(), slots.offset(next));
        }

        String text() {
            return RecordText.of(slots.buffer(), slots.offset(next));
        }
    }

    private Format2Diff() {}

    /**
     * Compares two files, to the last sequence that both can have.
     *
     * @param a the first file.
     * @param b the second file.
     * @return the differences.
     * @throws CorruptDataException if one of the files is damaged or was not closed.
     * @throws IOException          if one cannot be read.
     */
    public static TapeDiff compare(final Path a, final Path b) throws IOException {
        try (Format2Reader readerA = Format2Reader.open(a);
                Format2Reader readerB = Format2Reader.open(b);
                Format2Cursor cursorA = readerA.cursor();
                Format2Cursor cursorB = readerB.cursor()) {
            return compare(readerA, readerB, new Records(cursorA), new Records(cursorB));
        }
    }

    private static TapeDiff compare(
            final Format2Reader readerA, final Format2Reader readerB, final Records a, final Records b)
            throws IOException {
        long common = 0;
        long differing = 0;
        long first = -1;
        String textA = null;
        String textB = null;
        List<FieldDifference> fields = List.of();
        boolean moreA = a.next();
        boolean moreB = b.next();
        while (moreA || moreB) {
            // A repaired tape lacks sequences, so it is these that say which records are the same ones.
            final boolean hasA = moreA && (!moreB || a.sequence() <= b.sequence());
            final boolean hasB = moreB && (!moreA || b.sequence() <= a.sequence());
            final boolean both = hasA && hasB;
            common += both ? 1 : 0;
            if (!both || !a.isSame(b)) {
                differing += both ? 1 : 0;
                if (first < 0) {
                    first = (hasA ? a : b).sequence() - 1;
                    textA = hasA ? a.text() : null;
                    textB = hasB ? b.text() : null;
                    fields = both ? TapeDiff.differences(a.fields(), b.fields()) : fields;
                }
                if (!moreA || !moreB) {
                    break;
                }
            }
            moreA = hasA ? a.next() : moreA;
            moreB = hasB ? b.next() : moreB;
        }
        return new TapeDiff(
                metadataDifferences(readerA.metadata(), readerB.metadata()),
                readerA.recordCount(),
                readerB.recordCount(),
                common,
                differing,
                first,
                textA,
                textB,
                fields);
    }

    private static List<FieldDifference> metadataDifferences(final SessionMetadata a, final SessionMetadata b) {
        final List<FieldDifference> differences = new ArrayList<>();
        compare(differences, "sessionDate", a.sessionDate(), b.sessionDate());
        compare(differences, "zone", a.zone(), b.zone());
        compare(differences, "unit", a.unit(), b.unit());
        compare(differences, "sessionName", a.sessionName(), b.sessionName());
        compare(differences, "generator", a.recipe().generator(), b.recipe().generator());
        compare(
                differences,
                "generatorVersion",
                a.recipe().generatorVersion(),
                b.recipe().generatorVersion());
        compare(differences, "model", a.recipe().model(), b.recipe().model());
        compare(differences, "parameters", a.recipe().parameters(), b.recipe().parameters());
        compare(differences, "seeds", a.recipe().seeds(), b.recipe().seeds());
        compare(differences, "instruments", a.instruments(), b.instruments());
        return differences;
    }

    private static void compare(
            final List<FieldDifference> differences, final String field, final Object a, final Object b) {
        if (!a.equals(b)) {
            differences.add(new FieldDifference(field, a.toString(), b.toString()));
        }
    }
}
