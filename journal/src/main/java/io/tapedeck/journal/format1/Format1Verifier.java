package io.tapedeck.journal.format1;

import static io.tapedeck.journal.format1.Format1Descriptor.*;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.Finding.Severity;
import io.tapedeck.journal.check.Loss;
import io.tapedeck.journal.file.ReadableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks all of a file that can be checked: header, index, chunk headers, sizes, LZ4 blocks, and of each record type,
 * side, time and number. The format has no checksums, so a changed price or quantity is not found.
 *
 * <p>Cold code: it decodes the whole file and goes on behind damage to report as much as it can.
 */
public final class Format1Verifier {
    /** After so many findings it stops reporting; the last one says so. */
    public static final int MAX_FINDINGS = 1000;

    private final ReadableFile file;
    private final List<Finding> findings = new ArrayList<>();
    private final Qrsdp1RecordFlyweight record = new Qrsdp1RecordFlyweight();
    private Format1Header header;
    private long recordCount;
    private boolean numbered = true;

    private Format1Verifier(final ReadableFile file) {
        this.file = file;
    }

    /**
     * Verifies a file.
     *
     * @param path of the file.
     * @return what was found, at most {@link #MAX_FINDINGS}; empty for a file as the seed program writes it.
     * @throws IOException if the file cannot be read.
     */
    public static List<Finding> verify(final Path path) throws IOException {
        try (ReadableFile file = ReadableFile.open(path)) {
            final Format1Verifier verifier = new Format1Verifier(file);
            verifier.verifyFile();
            return List.copyOf(verifier.findings);
        }
    }

    private void verifyFile() throws IOException {
        if (file.length() < HEADER_LENGTH) {
            damage(file.length(), "the file has " + file.length() + " bytes, a header alone has " + HEADER_LENGTH);
            return;
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[HEADER_LENGTH]);
        file.read(0, bytes, 0, HEADER_LENGTH);
        try {
            header = Format1Header.decode(file.path(), bytes);
        } catch (final CorruptDataException ex) {
            damage(ex.offset(), ex.getMessage());
            return;
        }
        final int minor = bytes.getShort(VERSION_MINOR_OFFSET, BYTE_ORDER) & 0xFFFF;
        if (minor != VERSION_MINOR) {
            note(VERSION_MINOR_OFFSET, "version_minor is " + minor + ", this package writes " + VERSION_MINOR);
        }
        verifyChunks(findChunks((bytes.getInt(FLAGS_OFFSET, BYTE_ORDER) & FLAG_INDEX) != 0));
    }

    private Format1Index findChunks(final boolean flagged) throws IOException {
        final Format1IndexReader reader = new Format1IndexReader(file, header);
        if (flagged) {
            try {
                return reader.fromTail();
            } catch (final CorruptDataException ex) {
                damage(ex.offset(), ex.getMessage());
            }
        }
        final List<Loss> losses = new ArrayList<>();
        final Format1Index index = reader.walk(losses);
        losses.forEach(loss -> damage(loss.offset(), "no chunk begins here: " + loss.reason()));
        if (!flagged && losses.isEmpty() && index.size() > 0) {
            note(FLAGS_OFFSET, "the file has no index");
        }
        return index;
    }

    private void verifyChunks(final Format1Index index) throws IOException {
        try (Format1ChunkDecoder decoder = new Format1ChunkDecoder(file, header)) {
            for (int i = 0; i < index.size(); i++) {
                final String fault = decoder.decode(index, i);
                if (fault != null) {
                    damage(decoder.faultOffset(), "chunk " + i + ": " + fault);
                    recordCount += index.recordCount(i);
                    continue;
                }
                if (i < index.size() - 1 && index.recordCount(i) < header.chunkCapacity()) {
                    note(
                            index.offset(i),
                            "chunk " + i + " has " + index.recordCount(i) + " of " + header.chunkCapacity()
                                    + " records and is not the last");
                }
                verifyRecords(decoder, i);
            }
        }
    }

    /** Of each kind of fault the first one in a chunk; the decoder has seen to valid types, sides and rising times. */
    private void verifyRecords(final Format1ChunkDecoder decoder, final int chunk) {
        final int count = decoder.chunkHeader().recordCount();
        final long offset = decoder.chunkHeader().payloadOffset();
        boolean sided = true;
        boolean timely = true;
        for (int i = 0; i < count; i++) {
            record.wrap(decoder.records(), i * RECORD_LENGTH);
            recordCount++;
            final int resting = QueueEventType.restingSide(record.type());
            if (sided && record.side() != resting) {
                sided = false;
                damage(
                        offset,
                        where(chunk, i) + QueueEventType.name(record.type()) + " has side "
                                + QueueSide.name(record.side()) + ", must be " + QueueSide.name(resting));
            }
            final long timestampNs = record.timestampNs();
            if (timely && (timestampNs < header.marketOpenNs() || timestampNs > header.marketCloseNs())) {
                timely = false;
                damage(
                        offset,
                        where(chunk, i) + "time " + timestampNs + " is outside the session, " + header.marketOpenNs()
                                + " to " + header.marketCloseNs());
            }
            if (numbered && record.orderId() != recordCount) {
                numbered = false;
                note(
                        offset,
                        where(chunk, i) + "order id " + Long.toUnsignedString(record.orderId())
                                + ", the seed program would number it " + recordCount
                                + "; later records are not compared");
            }
        }
    }

    private String where(final int chunk, final int record) {
        return "chunk " + chunk + ", record " + record + ": ";
    }

    private void damage(final long offset, final String text) {
        add(new Finding(Severity.DAMAGE, offset, text));
    }

    private void note(final long offset, final String text) {
        add(new Finding(Severity.NOTE, offset, text));
    }

    private void add(final Finding finding) {
        if (findings.size() < MAX_FINDINGS - 1) {
            findings.add(finding);
        } else if (findings.size() == MAX_FINDINGS - 1) {
            findings.add(new Finding(
                    Severity.DAMAGE,
                    finding.offset(),
                    "there is more to report; the first " + MAX_FINDINGS + " are" + " shown"));
        }
    }
}
