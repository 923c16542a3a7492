package io.tapedeck.journal.format1;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the tests of this package share: headers, records as values, files of them. */
final class Format1Files {
    static final long OPEN_NS = 34_200_000_000_000L;

    /** A record as a value, so that lists of them can be compared. */
    record Event(long timestampNs, int type, int side, int priceTicks, int quantity, long orderId) {
        static Event of(final Qrsdp1RecordFlyweight record) {
            return new Event(
                    record.timestampNs(),
                    record.type(),
                    record.side(),
                    record.priceTicks(),
                    record.quantity(),
                    record.orderId());
        }
    }

    private Format1Files() {}

    static Format1Header header(final int chunkCapacity) {
        return new Format1Header(42, 10_000, 100, 60, 5, 2, 5, chunkCapacity, OPEN_NS);
    }

    /** Records as the seed program could write them: inside the session, sides that fit, numbered from 1. */
    static List<Event> plausible(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Event> events = new ArrayList<>();
        long timestampNs = OPEN_NS;
        for (int i = 1; i <= count; i++) {
            timestampNs += random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000);
            final int type = random.nextInt(QueueEventType.COUNT);
            events.add(
                    new Event(timestampNs, type, QueueEventType.restingSide(type), 9_990 + random.nextInt(20), 1, i));
        }
        return events;
    }

    /** Records of any values that the format can hold. */
    static List<Event> extreme(final int count, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int[] ints = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt()};
        final long[] longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong()};
        final List<Event> events = new ArrayList<>();
        long timestampNs = 0;
        for (int i = 0; i < count; i++) {
            final long room = Long.MAX_VALUE - timestampNs;
            timestampNs += switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> room;
                case 2 -> Math.min(room, 1L << random.nextInt(62));
                default -> Math.min(room, random.nextInt(100));
            };
            events.add(new Event(
                    i < count / 2 ? Math.min(timestampNs, i) : timestampNs,
                    random.nextInt(6),
                    random.nextInt(3),
                    ints[random.nextInt(ints.length)],
                    ints[random.nextInt(ints.length)],
                    longs[random.nextInt(longs.length)]));
            timestampNs = events.get(i).timestampNs();
        }
        return events;
    }

    static Path write(final Path path, final Format1Header header, final List<Event> events) throws IOException {
        try (Format1Writer writer = Format1Writer.create(path, header)) {
            append(writer, events);
        }
        return path;
    }

    static void append(final Format1Writer writer, final List<Event> events) throws IOException {
        for (final Event event : events) {
            writer.append(
                    event.timestampNs(),
                    event.type(),
                    event.side(),
                    event.priceTicks(),
                    event.quantity(),
                    event.orderId());
        }
    }

    static List<Event> read(final Path path) throws IOException {
        try (Format1Reader reader = Format1Reader.open(path)) {
            return read(reader);
        }
    }

    static List<Event> read(final Format1Reader reader) throws IOException {
        final List<Event> events = new ArrayList<>();
        reader.forEach(record -> events.add(Event.of(record)));
        return events;
    }
}
