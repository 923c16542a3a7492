package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TIME_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.EVENT_TYPE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.RESERVED_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SIDE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.isEvent;
import static io.tapedeck.journal.format2.Format2Descriptor.BYTE_ORDER;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.Finding.Severity;
import io.tapedeck.journal.check.Loss;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntHashSet;

/**
 * Checks all of a file: header, metadata, footer, every checksum, the content hash, and of each record that its type,
 * side and time are what they may be and that the directory knows its instrument.
 *
 * <p>Cold code: it decodes the whole file and goes on behind damage to report as much as it can.
 */
public final class Format2Verifier {
    /** After so many findings it stops reporting; the last one says so. */
    public static final int MAX_FINDINGS = 1000;

    private final List<Finding> findings = new ArrayList<>();
    private final IntHashSet instrumentIds = new IntHashSet();
    private final ContentHash contentHash = new ContentHash();
    private long chunkOffset;
    private long leastTimeNs;
    private long greatestTimeNs;
    private boolean known;

    private Format2Verifier() {}

    /**
     * Verifies a file.
     *
     * @param path of the file.
     * @return what was found, at most {@link #MAX_FINDINGS}; empty for a file as its writer left it when it was closed.
     * @throws IOException if the file cannot be read.
     */
    public static List<Finding> verify(final Path path) throws IOException {
        final Format2Verifier verifier = new Format2Verifier();
        try (Format2Reader reader = Format2Reader.recover(path)) {
            verifier.verify(reader);
        } catch (final CorruptDataException ex) {
            verifier.add(Severity.DAMAGE, ex.offset(), ex.getMessage());
        }
        return List.copyOf(verifier.findings);
    }

    private void verify(final Format2Reader reader) throws IOException {
        for (final Loss loss : reader.losses()) {
            add(Severity.DAMAGE, loss.offset(), loss.lengthBytes() + " bytes give no records: " + loss.reason());
        }
        if (reader.metadata() != null) {
            for (final Instrument instrument : reader.metadata().instruments()) {
                instrumentIds.add(instrument.id());
            }
        }
        known = !instrumentIds.isEmpty();
        instrumentIds.add(0);
        long lastSequence = 0;
        try (Format2Cursor cursor = reader.cursor()) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                final Format2Chunk chunk = reader.chunk(i);
                if (chunk.firstSequence() > lastSequence + 1 && reader.losses().isEmpty()) {
                    add(
                            Severity.NOTE,
                            chunk.offset(),
                            "records " + (lastSequence + 1) + " to " + (chunk.firstSequence() - 1)
                                    + " are missing: the file was made of what was whole in a damaged one");
                }
                verifyChunk(cursor, chunk);
                lastSequence = chunk.lastSequence();
            }
        }
        final String actual = ContentHash.toHex(contentHash.finish());
        if (reader.losses().isEmpty() && !actual.equals(reader.contentHash())) {
            add(
                    Severity.DAMAGE,
                    reader.lengthBytes() - Format2Descriptor.TAIL_LENGTH,
                    "the content hash is " + reader.contentHash() + ", the records have " + actual);
        }
    }

    private void verifyChunk(final Format2Cursor cursor, final Format2Chunk chunk) throws IOException {
        chunkOffset = chunk.offset();
        leastTimeNs = Long.MAX_VALUE;
        greatestTimeNs = Long.MIN_VALUE;
        long firstTimeNs = 0;
        long lastTimeNs = 0;
        int records = 0;
        while (records < chunk.recordCount()) {
            final int count = cursor.nextBatch();
            final SlotArray slots = cursor.slots();
            if (records == 0) {
                firstTimeNs = timeNs(slots, cursor.low());
            }
            lastTimeNs = timeNs(slots, cursor.high());
            for (long at = cursor.low(); at <= cursor.high(); at++) {
                verifyRecord(slots.buffer(), slots.offset(at), at + 1);
            }
            contentHash.update(slots, cursor.low(), cursor.high());
            records += count;
        }
        if (firstTimeNs != chunk.firstTimeNs()
                || lastTimeNs != chunk.lastTimeNs()
                || leastTimeNs != chunk.leastTimeNs()
                || greatestTimeNs != chunk.greatestTimeNs()) {
            add(
                    Severity.DAMAGE,
                    chunkOffset,
                    "the chunk's records have times " + firstTimeNs + ", " + lastTimeNs + ", " + leastTimeNs + ", "
                            + greatestTimeNs + " (first, last, least, greatest), its header has "
                            + chunk.firstTimeNs() + ", " + chunk.lastTimeNs() + ", " + chunk.leastTimeNs() + ", "
                            + chunk.greatestTimeNs());
        }
    }

    private static long timeNs(final SlotArray slots, final long ringSequence) {
        return slots.buffer().getLong(slots.offset(ringSequence) + EVENT_TIME_OFFSET, BYTE_ORDER);
    }

    private void verifyRecord(final DirectBuffer slot, final int offset, final long sequence) {
        final long timeNs = slot.getLong(offset + EVENT_TIME_OFFSET, BYTE_ORDER);
        leastTimeNs = Math.min(leastTimeNs, timeNs);
        greatestTimeNs = Math.max(greatestTimeNs, timeNs);
        final int instrumentId;
        if (isEvent(slot, offset)) {
            final int type = slot.getByte(offset + EVENT_TYPE_OFFSET) & 0xFF;
            final int side = slot.getByte(offset + SIDE_OFFSET) & 0xFF;
            final int reserved = slot.getShort(offset + RESERVED_OFFSET, BYTE_ORDER) & 0xFFFF;
            if (type < EventTypeCode.ADD || type > EventTypeCode.BROKEN || side > SideCode.SELL || reserved != 0) {
                add(
                        Severity.DAMAGE,
                        chunkOffset,
                        "record " + sequence + " has type " + type + ", side " + side + ", reserved bytes " + reserved
                                + "; types are 1 to 9, sides 0 to 2, reserved bytes 0");
            }
            instrumentId = slot.getInt(offset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, BYTE_ORDER);
        } else {
            final int size = slot.getByte(offset + ItchSlotDescriptor.BODY_SIZE_OFFSET) & 0xFF;
            if (size > ItchSlotDescriptor.BODY_CAPACITY) {
                add(
                        Severity.DAMAGE,
                        chunkOffset,
                        "record " + sequence + " carries " + size + " bytes, must be at most "
                                + ItchSlotDescriptor.BODY_CAPACITY);
            }
            instrumentId = slot.getInt(offset + ItchSlotDescriptor.INSTRUMENT_ID_OFFSET, BYTE_ORDER);
        }
        if (known && instrumentIds.add(instrumentId)) {
            add(
                    Severity.NOTE,
                    chunkOffset,
                    "record " + sequence + " has instrument " + instrumentId
                            + ", which the directory does not know; later records of it are not reported");
        }
    }

    private void add(final Severity severity, final long offset, final String text) {
        if (findings.size() < MAX_FINDINGS - 1) {
            findings.add(new Finding(severity, offset, text));
        } else if (findings.size() == MAX_FINDINGS - 1) {
            findings.add(new Finding(
                    Severity.DAMAGE, offset, "there is more to report; the first " + MAX_FINDINGS + " are shown"));
        }
    }
}
