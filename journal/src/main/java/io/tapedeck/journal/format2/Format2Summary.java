package io.tapedeck.journal.format2;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * What is on a tape, counted in one pass over it. Immutable.
 *
 * @param metadata         of the session.
 * @param recordCount      records on the tape.
 * @param chunks           that they are in, in the order of the file, as the index describes them.
 * @param chunkCapacity    records in a full chunk.
 * @param lengthBytes      of the file.
 * @param contentHash      of the records, 64 hexadecimal digits.
 * @param leastTimeNs      least event time, nanoseconds since midnight; 0 if there are no records.
 * @param greatestTimeNs   greatest event time; 0 if there are no records.
 * @param eventCounts      events by {@link io.tapedeck.codecs.record.EventTypeCode}; only types that occur.
 * @param itchCounts       carried messages by the type byte of ITCH; only types that occur.
 * @param instrumentCounts records by instrument id, 0 for those about none; only instruments that occur.
 */
public record Format2Summary(
        SessionMetadata metadata,
        long recordCount,
        List<Format2Chunk> chunks,
        int chunkCapacity,
        long lengthBytes,
        String contentHash,
        long leastTimeNs,
        long greatestTimeNs,
        Map<Integer, Long> eventCounts,
        Map<Character, Long> itchCounts,
        Map<Integer, Long> instrumentCounts) {
    /** Makes list and maps unmodifiable. */
    public Format2Summary {
        chunks = List.copyOf(chunks);
        eventCounts = Collections.unmodifiableMap(eventCounts);
        itchCounts = Collections.unmodifiableMap(itchCounts);
        instrumentCounts = Collections.unmodifiableMap(instrumentCounts);
    }

    /**
     * What a record takes of the file, everything included.
     *
     * @return bytes; 0 if there are no records.
     */
    public double bytesPerRecord() {
        return recordCount == 0 ? 0 : (double) lengthBytes / recordCount;
    }

    /**
     * How many chunks there are.
     *
     * @return their number.
     */
    public int chunkCount() {
        return chunks.size();
    }

    /**
     * What the file is made of.
     *
     * @return bytes by part: {@code metadata} with the file's header, {@code chunkHeaders}, {@code columns} with what LZ4 has
     *     made of them, {@code index} with the file's tail. The sum is the length of the file.
     */
    public Map<String, Long> sections() {
        final long chunkBytes =
                chunks.stream().mapToLong(Format2Chunk::lengthBytes).sum();
        final long indexBytes = Format2Descriptor.footerLength(chunks.size());
        final long headerBytes = (long) chunks.size() * Format2Descriptor.CHUNK_HEADER_LENGTH;
        final Map<String, Long> sections = new LinkedHashMap<>();
        sections.put("metadata", lengthBytes - chunkBytes - indexBytes);
        sections.put("chunkHeaders", headerBytes);
        sections.put("columns", chunkBytes - headerBytes);
        sections.put("index", indexBytes);
        return sections;
    }

    /**
     * Counts what is on a tape.
     *
     * @param path of the file.
     * @return the counts.
     * @throws CorruptDataException if the file is damaged or was not closed.
     * @throws IOException          if the file cannot be read.
     */
    public static Format2Summary of(final Path path) throws IOException {
        try (Format2Reader reader = Format2Reader.open(path)) {
            final Counter counter = new Counter();
            reader.forEach(counter::count);
            final List<Format2Chunk> chunks = IntStream.range(0, reader.chunkCount())
                    .mapToObj(reader::chunk)
                    .collect(Collectors.toList());
            return new Format2Summary(
                    reader.metadata(),
                    reader.recordCount(),
                    chunks,
                    reader.chunkCapacity(),
                    reader.lengthBytes(),
                    reader.contentHash(),
                    chunks.stream().mapToLong(Format2Chunk::leastTimeNs).min().orElse(0),
                    chunks.stream()
                            .mapToLong(Format2Chunk::greatestTimeNs)
                            .max()
                            .orElse(0),
                    counter.events(),
                    counter.messages(),
                    counter.instruments());
        }
    }

    /** Counts without boxing; the maps are made at the end. */
    private static final class Counter {
        private final long[] eventCounts = new long[256];
        private final long[] itchCounts = new long[256];
        private final Int2ObjectHashMap<long[]> instrumentCounts = new Int2ObjectHashMap<>();

        void count(final SlotArray slots, final long low, final long high) {
            final DirectBuffer buffer = slots.buffer();
            for (long at = low; at <= high; at++) {
                final int offset = slots.offset(at);
                final int instrumentOffset;
                if (EventSlotDescriptor.isEvent(buffer, offset)) {
                    eventCounts[buffer.getByte(offset + EventSlotDescriptor.EVENT_TYPE_OFFSET) & 0xFF]++;
                    instrumentOffset = EventSlotDescriptor.INSTRUMENT_ID_OFFSET;
                } else {
                    itchCounts[buffer.getByte(offset + ItchSlotDescriptor.ITCH_TYPE_OFFSET) & 0xFF]++;
                    instrumentOffset = ItchSlotDescriptor.INSTRUMENT_ID_OFFSET;
                }
                final int instrument = buffer.getInt(offset + instrumentOffset, Format2Descriptor.BYTE_ORDER);
                instrumentCounts.computeIfAbsent(instrument, id -> new long[1])[0]++;
            }
        }

        Map<Integer, Long> events() {
            final Map<Integer, Long> counts = new TreeMap<>();
            for (int type = 0; type < eventCounts.length; type++) {
                if (eventCounts[type] > 0) {
                    counts.put(type, eventCounts[type]);
                }
            }
            return counts;
        }

        Map<Character, Long> messages() {
            final Map<Character, Long> counts = new TreeMap<>();
            for (char type = 0; type < itchCounts.length; type++) {
                if (itchCounts[type] > 0) {
                    counts.put(type, itchCounts[type]);
                }
            }
            return counts;
        }

        Map<Integer, Long> instruments() {
            final Map<Integer, Long> counts = new TreeMap<>();
            instrumentCounts.forEachInt((instrument, count) -> counts.put(instrument, count[0]));
            return counts;
        }
    }
}
