package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.*;

import io.tapedeck.codecs.record.EventSlotDescriptor;
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
            buffer.putInt(at + EventSlotDescriptor.INSTRUMENT_ID_OFFSET, 1, ORDER);
            buffer.putInt(at + PRICE_OFFSET, 10_000 + (int) (id % 11), ORDER);
            buffer.putInt(at + QUANTITY_OFFSET, 1, ORDER);
            buffer.putByte(at + EVENT_TYPE_OFFSET, (byte)
                    (add ? EventTypeCode.ADD : execute ? EventTypeCode.EXECUTE : EventTypeCode.DELETE));
            buffer.putByte(at + SIDE_OFFSET, (byte) ((id & 1) == 0 ? SideCode.BUY : SideCode.SELL));
        }
        return slots;
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
