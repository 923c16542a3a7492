package io.tapedeck.journal.format1;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.journal.check.TapeDiff;
import io.tapedeck.journal.check.TapeDiff.FieldDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares two files of format 1. The same records in other LZ4 blocks are the same. */
public final class Format1Diff {
    private Format1Diff() {}

    /**
     * Compares two files, to the end of the shorter one.
     *
     * @param a the first file.
     * @param b the second file.
     * @return the differences.
     * @throws CorruptDataException if one of the files is damaged.
     * @throws IOException          if one cannot be read.
     */
    public static TapeDiff compare(final Path a, final Path b) throws IOException {
        try (Format1Reader readerA = Format1Reader.open(a);
                Format1Reader readerB = Format1Reader.open(b)) {
            return compare(readerA, readerB);
        }
    }

    private static TapeDiff compare(final Format1Reader a, final Format1Reader b) throws IOException {
        long position = 0;
        long differing = 0;
        long first = -1;
        String textA = null;
        String textB = null;
        List<FieldDifference> fields = List.of();
        try (Format1Cursor cursorA = a.cursor();
                Format1Cursor cursorB = b.cursor()) {
            boolean moreA = cursorA.next();
            boolean moreB = cursorB.next();
            while (moreA || moreB) {
                final boolean both = moreA && moreB;
                if (!both || !same(cursorA.record(), cursorB.record())) {
                    differing += both ? 1 : 0;
                    if (first < 0) {
                        first = position;
                        textA = moreA ? cursorA.record().toString() : null;
                        textB = moreB ? cursorB.record().toString() : null;
                        fields = both
                                ? TapeDiff.differences(fields(cursorA.record()), fields(cursorB.record()))
                                : fields;
                    }
                    if (!both) {
                        break;
                    }
                }
                position++;
                moreA = cursorA.next();
                moreB = cursorB.next();
            }
        }
        return new TapeDiff(
                headerDifferences(a.header(), b.header()),
                a.recordCount(),
                b.recordCount(),
                Math.min(a.recordCount(), b.recordCount()),
                differing,
                first,
                textA,
                textB,
                fields);
    }

    private static boolean same(final Qrsdp1RecordFlyweight a, final Qrsdp1RecordFlyweight b) {
        return a.timestampNs() == b.timestampNs()
                && a.type() == b.type()
                && a.side() == b.side()
                && a.priceTicks() == b.priceTicks()
                && a.quantity() == b.quantity()
                && a.orderId() == b.orderId();
    }

    private static Map<String, String> fields(final Qrsdp1RecordFlyweight record) {
        final Map<String, String> fields = new LinkedHashMap<>();
        fields.put("timestampNs", Long.toString(record.timestampNs()));
        fields.put("type", Integer.toString(record.type()));
        fields.put("side", Integer.toString(record.side()));
        fields.put("priceTicks", Integer.toString(record.priceTicks()));
        fields.put("quantity", Integer.toString(record.quantity()));
        fields.put("orderId", Long.toUnsignedString(record.orderId()));
        return fields;
    }

    private static List<FieldDifference> headerDifferences(final Format1Header a, final Format1Header b) {
        final List<FieldDifference> differences = new ArrayList<>();
        compare(differences, "seed", Long.toUnsignedString(a.seed()), Long.toUnsignedString(b.seed()));
        compare(differences, "openingPriceTicks", a.openingPriceTicks(), b.openingPriceTicks());
        compare(differences, "tickSize", a.tickSize(), b.tickSize());
        compare(differences, "sessionSeconds", a.sessionSeconds(), b.sessionSeconds());
        compare(differences, "levelsPerSide", a.levelsPerSide(), b.levelsPerSide());
        compare(differences, "initialSpreadTicks", a.initialSpreadTicks(), b.initialSpreadTicks());
        compare(differences, "initialDepth", a.initialDepth(), b.initialDepth());
        compare(differences, "chunkCapacity", a.chunkCapacity(), b.chunkCapacity());
        compare(differences, "marketOpenNs", a.marketOpenNs(), b.marketOpenNs());
        return differences;
    }

    private static void compare(
            final List<FieldDifference> differences, final String field, final Object a, final Object b) {
        if (!a.equals(b)) {
            differences.add(new FieldDifference(field, a.toString(), b.toString()));
        }
    }
}
