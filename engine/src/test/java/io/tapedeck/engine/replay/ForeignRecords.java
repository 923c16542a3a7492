package io.tapedeck.engine.replay;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.ItchSlotDescriptor.BODY_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.engine.importer.ItchFileFacts;
import io.tapedeck.engine.importer.ItchInstruments;
import io.tapedeck.engine.importer.ItchSample;
import io.tapedeck.engine.importer.ItchSource;
import io.tapedeck.engine.importer.LobsterFacts;
import io.tapedeck.engine.importer.LobsterSession;
import io.tapedeck.engine.importer.LobsterSource;
import io.tapedeck.engine.importer.Qrsdp1Session;
import io.tapedeck.engine.importer.Qrsdp1Source;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionListener;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SessionRecorder;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** What sources that are no journals read, and their records as they come out when they are made in another way. */
final class ForeignRecords {
    private static final int LENGTH_FIELD_LENGTH = 2;
    private static final int TIME_OFFSET = 5;
    private static final int TIME_SHIFT = 16;
    private static final int SYMBOLS = 3;
    private static final int SECONDS = 10;

    /** Of one security alone: two system events, the directory, the trading action, the orders of the opening book. */
    private static final int DIRECTORY_AT = 2;

    private static final int TRADING_AT = 3;

    private ForeignRecords() {}

    /** Writes an ITCH file; gives the records that its messages become one by one. */
    static List<Row> writeItch(final Path file, final int seed, final int messages, final boolean isWild)
            throws IOException {
        final byte[] bytes = ItchSample.file(seed, messages);
        if (isWild) {
            shuffleTimes(bytes, seed);
        }
        Files.write(file, bytes);
        final ItchInstruments instruments = new ItchInstruments();
        instruments.scan(file);
        final ItchToRecord translator = new ItchToRecord(InstrumentTable.of(instruments.instruments()));
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final SlotArray slot = new SlotArray(1);
        final List<Row> rows = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += LENGTH_FIELD_LENGTH + length(bytes, at)) {
            translator.translate(
                    buffer, at + LENGTH_FIELD_LENGTH, length(bytes, at), slot.buffer(), 0, rows.size() + 1L);
            rows.add(Row.of(slot.buffer(), 0));
        }
        return rows;
    }

    private static int length(final byte[] bytes, final int at) {
        return ByteBuffer.wrap(bytes).getShort(at);
    }

    /** Moves every message by some milliseconds, so that some come before those in front of them. */
    private static void shuffleTimes(final byte[] bytes, final int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int at = 0; at < bytes.length; at += LENGTH_FIELD_LENGTH + length(bytes, at)) {
            // The six bytes of the time, with the two in front of them.
            final int place = at + LENGTH_FIELD_LENGTH + TIME_OFFSET - 2;
            final long time = buffer.getLong(place);
            final long moved = (time << TIME_SHIFT >>> TIME_SHIFT) + random.nextInt(8_000_000);
            buffer.putLong(place, time >>> Long.SIZE - TIME_SHIFT << Long.SIZE - TIME_SHIFT | moved);
        }
    }

    static EventSource openItch(final Path file, final LocalDate date) throws IOException {
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(file);
        return ItchSource.open(file, date, instruments.instruments(), facts);
    }

    /**
     * Writes reference sessions; gives the records of each security by itself, put together by time, between the records that
     * a session of several securities begins and ends with.
     */
    static List<Row> writeQrsdp1(final Path folder, final LocalDate date, final int seed) throws IOException {
        final SessionParameters parameters = SessionParameters.builder()
                .sessionSeconds(SECONDS)
                .levelsPerSide(4)
                .initialDepth(3)
                .build();
        final List<List<Row>> alone = new ArrayList<>();
        for (int id = 1; id <= SYMBOLS; id++) {
            final Qrsdp1Session session = session(folder, id);
            new SessionRecorder(parameters, 512, new SessionListener() {}, () -> false)
                    .record(null, date.toString(), seed * 10L + id, 10_000 * id, session.path(), false, null);
            final Rows rows = new Rows();
            try (EventSource source = Qrsdp1Source.open(List.of(session), date, seed)) {
                JournalSourceTest.drain(source, rows, 1);
            }
            alone.add(rows.rows);
        }
        final List<Row> all = new ArrayList<>(alone.get(0).subList(0, DIRECTORY_AT));
        alone.forEach(rows -> all.add(rows.get(DIRECTORY_AT)));
        alone.forEach(rows -> all.add(rows.get(TRADING_AT)));
        alone.forEach(rows -> all.addAll(rows.subList(TRADING_AT + 1, indexOf(rows, 'Q'))));
        final List<Row> events = new ArrayList<>();
        alone.forEach(rows -> events.addAll(rows.subList(indexOf(rows, 'Q') + 1, indexOf(rows, 'M'))));
        // The sort is stable, and securities were added in their order.
        events.sort(Comparator.comparingLong(Row::timeNs));
        final List<Row> first = alone.get(0);
        all.add(first.get(indexOf(first, 'Q')));
        all.addAll(events);
        all.addAll(first.subList(indexOf(first, 'M'), first.size()));
        return numbered(all);
    }

    /** Where the system event with a code is; the code is the first byte of its body. */
    private static int indexOf(final List<Row> rows, final char code) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).type().equals("S")
                    && rows.get(i).bytes().startsWith(HexFormat.of().toHexDigits((byte) code), 2 * BODY_OFFSET)) {
                return i;
            }
        }
        throw new AssertionError("no system event " + code);
    }

    private static List<Row> numbered(final List<Row> rows) {
        final List<Row> numbered = new ArrayList<>();
        for (final Row row : rows) {
            final UnsafeBuffer slot = new UnsafeBuffer(HexFormat.of().parseHex(row.bytes()));
            slot.putLong(SEQUENCE_OFFSET, numbered.size() + 1L, LITTLE_ENDIAN);
            numbered.add(Row.of(slot, 0));
        }
        return numbered;
    }

    static EventSource openQrsdp1(final Path folder, final LocalDate date, final int seed) throws IOException {
        final List<Qrsdp1Session> sessions = new ArrayList<>();
        for (int id = 1; id <= SYMBOLS; id++) {
            sessions.add(session(folder, id));
        }
        return Qrsdp1Source.open(sessions, date, seed);
    }

    private static Qrsdp1Session session(final Path folder, final int id) {
        return new Qrsdp1Session(folder.resolve("s" + id + ".qrsdp"), new Instrument(id, "S" + id, 100, Map.of()));
    }

    /**
     * Writes a message file of orders that are entered, executed and deleted; gives the records as they come one by one. What
     * they have to be {@code LobsterImportTest} knows.
     */
    static List<Row> writeLobster(final Path file, final LocalDate date, final int seed, final int count)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final StringBuilder text = new StringBuilder();
        final long[] orders = new long[20];
        long microseconds = 0;
        for (int i = 1; i <= count; i++) {
            microseconds += random.nextInt(3);
            final int slot = random.nextInt(orders.length);
            final boolean isNew = orders[slot] == 0;
            final int type = isNew ? 1 : random.nextBoolean() ? 3 : 4;
            orders[slot] = isNew ? i : orders[slot];
            final boolean isBid = slot % 2 == 0;
            text.append(String.format(
                    Locale.ROOT,
                    "34200.%06d,%d,%d,100,%d,%d%n",
                    microseconds,
                    type,
                    orders[slot],
                    isBid ? 999_900 : 1_000_100,
                    isBid ? 1 : -1));
            orders[slot] = isNew ? orders[slot] : 0;
        }
        Files.writeString(file, text);
        final Rows rows = new Rows();
        try (EventSource source = openLobster(file, date)) {
            JournalSourceTest.drain(source, rows, 1);
        }
        return rows.rows;
    }

    static EventSource openLobster(final Path file, final LocalDate date) throws IOException {
        final long openNs = TimeUnit.SECONDS.toNanos(34_200);
        return LobsterSource.open(
                new LobsterSession(file, null, "AAPL", date, openNs, openNs + TimeUnit.HOURS.toNanos(1)),
                LobsterFacts.of(file));
    }

    /** Records a run; gives the records on its tapes. */
    static List<Row> writeRun(final Path folder, final int seed, final int days)
            throws IOException, InterruptedException {
        final List<RunSecurity> securities = new ArrayList<>();
        for (int i = 0; i < SYMBOLS; i++) {
            securities.add(new RunSecurity("S" + i, 10_000 + i));
        }
        TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder)
                .seed(seed)
                .parameters(SessionParameters.DEFAULTS.toBuilder()
                        .sessionSeconds(SECONDS)
                        .build())
                .securities(securities)
                .days(days));
        final Rows rows = new Rows();
        try (EventSource tapes = DataSetSource.open(folder)) {
            JournalSourceTest.drain(tapes, rows, 100);
        }
        return rows.rows;
    }

    static EventSource openGenerator(final int seed, final int days) {
        return SimulatedDay.source(seed, SYMBOLS, SECONDS, days);
    }
}
