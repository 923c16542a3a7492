package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.*;

import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Files for tests: records as slots one behind the other in an array, sequences from 1. */
final class Format2Files {
    static final SyncPolicy NO_SYNC = SyncPolicy.parse("none");

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final long[] EXTREMES = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 0x7FFF_FFFFL, 0x8000_0000L};

    private Format2Files() {}

    static SessionMetadata metadata() {
        return new SessionMetadata(
                LocalDate.of(2026, 1, 2),
                ZoneId.of("America/New_York"),
                0,
                "TAPE000001",
                new Recipe("tapedeck", "1.0", "simple", Map.of("p0", "10000"), Map.of("run", -1L)),
                List.of(new Instrument(1, "AAPL", 100, Map.of()), new Instrument(2, "MSFT", 100, Map.of())));
    }

    /** Slots of both templates with every bit that a record may have. */
    static byte[] extreme(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] slots = new byte[count * SLOT_LENGTH];
        random.nextBytes(slots);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        for (int i = 0, at = 0; i < count; i++, at += SLOT_LENGTH) {
            final boolean event = random.nextInt(4) != 0;
            buffer.putLong(at, event ? EVENT_HEADER : ItchSlotDescriptor.ITCH_MESSAGE_HEADER, ORDER);
            buffer.putLong(at + SEQUENCE_OFFSET, i + 1, ORDER);
            for (int field = EVENT_TIME_OFFSET; field < FLAGS_OFFSET; field += Long.BYTES) {
                if (random.nextBoolean()) {
                    buffer.putLong(at + field, EXTREMES[random.nextInt(EXTREMES.length)], ORDER);
                }
            }
            if (event) {
                buffer.putShort(at + RESERVED_OFFSET, (short) 0);
            } else {
                buffer.putByte(at + ItchSlotDescriptor.ITCH_TYPE_OFFSET, (byte) (1 + random.nextInt(255)));
            }
        }
        return slots;
    }

    /** Slots as a simulator makes them: adds, and deletes and executions of live orders, times that rise. */
    static byte[] plausible(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] slots = new byte[count * SLOT_LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final long[] live = new long[count + 1];
        int liveCount = 0;
        long nextId = 1;
        long timeNs = 34_200_000_000_000L;
        for (int i = 0, at = 0; i < count; i++, at += SLOT_LENGTH) {
            timeNs += (long) (-Math.log(1 - random.nextDouble()) * 1_000_000);
            final boolean add = liveCount == 0 || random.nextInt(100) < 52;
            final int pick = add ? 0 : random.nextInt(liveCount);
            final long id = add ? nextId++ : live[pick];
            if (add) {
                live[liveCount++] = id;
            } else {
                live[pick] = live[--liveCount];
            }
            final boolean execute = !add && random.nextInt(4) == 0;
            buffer.putLong(at, EVENT_HEADER, ORDER);
            buffer.putLong(at + SEQUENCE_OFFSET, i + 1, ORDER);
            buffer.putLong(at + EVENT_TIME_OFFSET, timeNs, ORDER);
            buffer.putLong(at + ORDER_ID_OFFSET, id, ORDER);
            buffer.putLong(at + AUX_ID_OFFSET, execute ? i : 0, ORDER);
            buffer.putInt(at + INSTRUMENT_ID_OFFSET, 1, ORDER);
            buffer.putInt(at + PRICE_OFFSET, 10_000 + (int) (id % 11), ORDER);
            buffer.putInt(at + QUANTITY_OFFSET, 1, ORDER);
            buffer.putByte(at + EVENT_TYPE_OFFSET, (byte)
                    (add ? EventTypeCode.ADD : execute ? EventTypeCode.EXECUTE : EventTypeCode.DELETE));
            buffer.putByte(at + SIDE_OFFSET, (byte) ((id & 1) == 0 ? SideCode.BUY : SideCode.SELL));
        }
        return slots;
    }

    /** The same of many instruments, each order's by its id, and none that would have to be kept as it is. */
    static byte[] plausible(final int count, final long seed, final int instruments) {
        final byte[] slots = plausible(count, seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        for (int at = 0; at < slots.length; at += SLOT_LENGTH) {
            final long instrument = buffer.getLong(at + ORDER_ID_OFFSET, ORDER) % instruments;
            buffer.putInt(at + INSTRUMENT_ID_OFFSET, (int) instrument, ORDER);
        }
        return slots;
    }

    /**
     * Slots of many instruments with everything that flow of an exchange may have: orders of all kinds and from before the
     * file, replacements, trades, prints, carried messages, participants, tracking numbers, prices of either sign, ids
     * that jump, and times that stand still, leap and go back.
     */
    static byte[] market(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[] slots = new byte[count * SLOT_LENGTH];
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        final int instruments = 1 + random.nextInt(random.nextBoolean() ? 1 : 300);
        final boolean areIdsDense = random.nextBoolean();
        final boolean isRestated = random.nextBoolean();
        final int priceUnit = 1 + random.nextInt(2) * 99;
        final int wild = random.nextBoolean() ? 1_000_000 : 30;
        final long[] ids = new long[2 * count];
        final int[] idInstruments = new int[2 * count];
        final int[] idPrices = new int[2 * count];
        final long[] nextIds = new long[instruments];
        int live = 0;
        long timeNs = 34_200_000_000_000L;
        long id = random.nextLong();
        long match = random.nextInt(1_000);
        for (int i = 0, at = 0; i < count; i++, at += SLOT_LENGTH) {
            timeNs += random.nextInt(wild) == 0
                    ? random.nextLong(-1L << 42, 1L << 42)
                    : random.nextInt(3) == 0 ? 0 : random.nextLong(1L << random.nextInt(1, 34));
            buffer.putLong(at, EVENT_HEADER, ORDER);
            buffer.putLong(at + SEQUENCE_OFFSET, i + 1, ORDER);
            buffer.putLong(at + EVENT_TIME_OFFSET, timeNs, ORDER);
            if (random.nextInt(100) == 0) {
                buffer.putLong(at, ItchSlotDescriptor.ITCH_MESSAGE_HEADER, ORDER);
                buffer.putLong(at + ItchSlotDescriptor.BODY_OFFSET, random.nextLong(), ORDER);
                buffer.putByte(at + ItchSlotDescriptor.ITCH_TYPE_OFFSET, (byte) 'I');
                continue;
            }
            final int type = random.nextInt(100) < 45 ? EventTypeCode.ADD : 1 + random.nextInt(10);
            final boolean isNamed = random.nextInt(20) == 0;
            int instrument = random.nextInt(instruments);
            final int pick = live == 0 || random.nextInt(30) == 0 ? -1 : live - 1 - random.nextInt(Math.min(live, 50));
            long orderId = pick < 0 ? random.nextLong() : ids[pick];
            int price = (random.nextInt(wild == 30 ? 40 : 2_000_000) - 10) * priceUnit;
            long auxId = 0;
            long newId = 0;
            if (type == EventTypeCode.ADD || type == EventTypeCode.REPLACE) {
                id += random.nextInt(100) == 0 ? random.nextLong() : random.nextLong(1L << random.nextInt(1, 20));
                newId = areIdsDense ? ((long) instrument << 40) + ++nextIds[instrument] : id;
            }
            if (type == EventTypeCode.ADD) {
                orderId = newId;
            } else if (pick >= 0 && random.nextInt(50) != 0) {
                instrument = idInstruments[pick];
                price = isRestated ? idPrices[pick] : type == EventTypeCode.REPLACE ? price : 0;
            }
            if (type == EventTypeCode.REPLACE) {
                auxId = newId;
            } else if (type >= EventTypeCode.TRADE) {
                orderId = random.nextInt(20) == 0 ? orderId : 0;
            }
            if (type >= EventTypeCode.EXECUTE && type != EventTypeCode.REPLACE) {
                auxId = match += areIdsDense ? 1 : random.nextInt(5);
            }
            if (newId != 0) {
                ids[live] = newId;
                idInstruments[live] = instrument;
                idPrices[live++] = price;
            }
            buffer.putLong(at + ORDER_ID_OFFSET, orderId, ORDER);
            buffer.putLong(at + AUX_ID_OFFSET, auxId, ORDER);
            buffer.putInt(at + INSTRUMENT_ID_OFFSET, instrument + 1, ORDER);
            buffer.putInt(at + PRICE_OFFSET, price, ORDER);
            buffer.putInt(
                    at + QUANTITY_OFFSET,
                    random.nextInt(3) != 0 ? 100 : random.nextInt(1 << random.nextInt(1, random.nextInt(20) + 10)),
                    ORDER);
            buffer.putInt(at + MPID_OFFSET, isNamed ? 0x4E53_4451 : 0, ORDER);
            buffer.putShort(at + FLAGS_OFFSET, (short) (isNamed ? 8 : random.nextInt(10) == 0 ? 2 : 0), ORDER);
            buffer.putShort(at + TRACKING_OFFSET, (short) (random.nextInt(50) == 0 ? 0xFFFE : 0), ORDER);
            buffer.putByte(at + EVENT_TYPE_OFFSET, (byte) type);
            buffer.putByte(at + SIDE_OFFSET, (byte)
                    (type == EventTypeCode.ADD || isRestated ? 1 + random.nextInt(2) : SideCode.NONE));
        }
        return slots;
    }

    /** The instrument that a record names. */
    static int instrumentId(final DirectBuffer slots, final int offset) {
        return slots.getInt(
                offset + (isEvent(slots, offset) ? INSTRUMENT_ID_OFFSET : ItchSlotDescriptor.INSTRUMENT_ID_OFFSET),
                ORDER);
    }

    static Path write(final Path path, final int chunkCapacity, final byte[] slots) throws IOException {
        try (Format2Writer writer = Format2Writer.create(path, metadata(), chunkCapacity, NO_SYNC)) {
            append(writer, slots);
        }
        return path;
    }

    static void append(final Format2Writer writer, final byte[] slots) throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(slots);
        for (int at = 0; at < slots.length; at += SLOT_LENGTH) {
            writer.append(buffer, at);
        }
    }

    static byte[] read(final Path path) throws IOException {
        try (Format2Reader reader = Format2Reader.open(path)) {
            return read(reader);
        }
    }

    static byte[] read(final Format2Reader reader) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        reader.forEach((slots, low, high) -> collect(bytes, slots, low, high));
        return bytes.toByteArray();
    }

    static void collect(final ByteArrayOutputStream bytes, final SlotArray slots, final long low, final long high) {
        final byte[] slot = new byte[SLOT_LENGTH];
        for (long at = low; at <= high; at++) {
            slots.buffer().getBytes(slots.offset(at), slot);
            bytes.writeBytes(slot);
        }
    }

    /** The records from one number on, from 0, to another one. */
    static byte[] part(final byte[] slots, final int from, final int to) {
        return Arrays.copyOfRange(slots, from * SLOT_LENGTH, to * SLOT_LENGTH);
    }
}
