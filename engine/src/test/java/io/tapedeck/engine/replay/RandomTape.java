package io.tapedeck.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.Side;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.agrona.DirectBuffer;

/** Tapes of records with seeded random content of both templates, and their records as plain objects. */
public final class RandomTape {
    public static final Recipe RECIPE = new Recipe("test", "1", "random", Map.of(), Map.of());
    public static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final String ITCH_TYPES = "SRHYL";

    private RandomTape() {}

    /** A record as it was delivered: its bytes as text, and what tests ask for. */
    public record Row(long sequence, long timeNs, int instrumentId, String type, String bytes) {
        public static Row of(final DirectBuffer buffer, final int offset) {
            final byte[] bytes = new byte[EventSlotDescriptor.SLOT_LENGTH];
            buffer.getBytes(offset, bytes);
            final boolean isEvent = buffer.getShort(offset + 2, LITTLE_ENDIAN) == EventEncoder.TEMPLATE_ID;
            return new Row(
                    buffer.getLong(offset + 8, LITTLE_ENDIAN),
                    buffer.getLong(offset + 16, LITTLE_ENDIAN),
                    buffer.getInt(offset + (isEvent ? 40 : 56), LITTLE_ENDIAN),
                    isEvent
                            ? EventType.get(buffer.getByte(offset + 60)).name()
                            : Character.toString((char) buffer.getByte(offset + 62)),
                    HexFormat.of().formatHex(bytes));
        }
    }

    /** Keeps what it is given. */
    public static final class Rows implements ReplayHandler {
        public final List<Row> rows = new ArrayList<>();
        public final List<LocalDate> sessions = new ArrayList<>();
        public final List<Integer> sessionStarts = new ArrayList<>();
        public int largestBatch;
        private long nextLow = -1;
        public boolean isGapFree = true;

        @Override
        public void onSession(final LocalDate date) {
            sessions.add(date);
            sessionStarts.add(rows.size());
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            isGapFree &= nextLow < 0 || nextLow == low;
            nextLow = high + 1;
            largestBatch = (int) Math.max(largestBatch, high - low + 1);
            for (long at = low; at <= high; at++) {
                rows.add(Row.of(slots.buffer(), slots.offset(at)));
            }
        }
    }

    public static List<Instrument> instruments(final int unit) {
        final List<Instrument> instruments = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            instruments.add(new Instrument(unit * 4 + i, "U" + unit + "S" + i, i == 4 ? 100 : 1, Map.of()));
        }
        return instruments;
    }

    public static SessionMetadata metadata(final LocalDate date, final int unit) {
        return new SessionMetadata(date, ZONE, unit, "T" + unit, RECIPE, instruments(unit));
    }

    /** Times that never fall and are often equal. */
    public static LongUnaryOperator risingTimes(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] now = {34_200_000_000_000L};
        return index -> now[0] += random.nextInt(3) == 0 ? random.nextInt(5) : 0;
    }

    /** Times that also fall. */
    public static LongUnaryOperator wildTimes(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] now = {34_200_000_000_000L};
        return index -> now[0] += random.nextInt(-10, 12);
    }

    /** A writer of small chunks, so that every tape has many. */
    public static Format2Writer writer(final Path path, final LocalDate date, final int unit) throws IOException {
        return Format2Writer.create(path, metadata(date, unit), 100, SyncPolicy.parse("none"));
    }

    /** Writes a whole tape and gives its rows. */
    public static List<Row> write(
            final Path path,
            final LocalDate date,
            final int unit,
            final int count,
            final long seed,
            final LongUnaryOperator times)
            throws IOException {
        final List<Row> rows = new ArrayList<>();
        try (Format2Writer writer = writer(path, date, unit)) {
            append(writer, unit, count, seed, times, rows);
        }
        return rows;
    }

    /** Appends records, numbered on. */
    public static void append(
            final Format2Writer writer,
            final int unit,
            final int count,
            final long seed,
            final LongUnaryOperator times,
            final List<Row> rows)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final SlotArray slots = new SlotArray(1);
        for (int i = 0; i < count; i++) {
            final long sequence = rows.size() + 1;
            final int instrumentId = unit * 4 + 1 + random.nextInt(4);
            if (random.nextInt(8) == 0) {
                final byte[] body = new byte[32];
                random.nextBytes(body);
                slots.wrap(new ItchMessageEncoder(), 0)
                        .sequence(sequence)
                        .eventTimeNs(times.applyAsLong(i))
                        .putBody(body, 0, body.length)
                        .instrumentId(random.nextInt(4) == 0 ? 0 : instrumentId)
                        .tracking(random.nextInt(1 << 16))
                        .itchType((short) ITCH_TYPES.charAt(random.nextInt(ITCH_TYPES.length())))
                        .bodySize((short) random.nextInt(33));
            } else {
                slots.wrap(new EventEncoder(), 0)
                        .sequence(sequence)
                        .eventTimeNs(times.applyAsLong(i))
                        .orderId(random.nextLong())
                        .auxId(random.nextLong())
                        .instrumentId(instrumentId)
                        .price(random.nextInt())
                        .quantity(random.nextInt() & Integer.MAX_VALUE)
                        .mpid(random.nextInt())
                        .flags(random.nextInt(16))
                        .tracking(random.nextInt(1 << 16))
                        .eventType(EventType.get((short) (1 + random.nextInt(9))))
                        .side(Side.get((short) random.nextInt(3)))
                        .reserved(0);
            }
            writer.append(slots, 0, 0);
            rows.add(Row.of(slots.buffer(), 0));
        }
    }
}
