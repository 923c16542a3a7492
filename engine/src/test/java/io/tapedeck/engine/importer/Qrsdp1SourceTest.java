package io.tapedeck.engine.importer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.LadderBook;
import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.session.SessionListener;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SessionRecorder;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.format1.Format1Writer;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reference sessions order by order: their queue events are kept, and the orders make the book that the ladder had. */
@Tag("campaign")
class Qrsdp1SourceTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    @TempDir
    private Path folder;

    /** Goes through the records beside the file that they were made of. */
    private static final class Comparison implements ReplayHandler, AutoCloseable {
        private final Format1Reader reader;
        private final Format1Cursor cursor;
        private final QueueBookReplay ladder;
        private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
        private final LevelCursor level = new LevelCursor();
        private long sequence;
        private long eventCount;

        Comparison(final Path file) throws IOException {
            reader = Format1Reader.open(file);
            cursor = reader.cursor();
            ladder = new QueueBookReplay(reader.header());
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                compare(slots.buffer(), slots.offset(at));
            }
        }

        private void compare(final DirectBuffer buffer, final int offset) {
            assertThat(buffer.getLong(offset + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN))
                    .isEqualTo(++sequence);
            if (EventSlotDescriptor.isEvent(buffer, offset)
                    && buffer.getShort(offset + EventSlotDescriptor.FLAGS_OFFSET, LITTLE_ENDIAN) == 0) {
                // All records of the event before are applied now.
                requireSameBook();
                requireSameEvent(buffer, offset);
            }
            assertThat(builder.apply(buffer, offset)).isEqualTo(BookOutcome.APPLIED);
        }

        private void requireSameEvent(final DirectBuffer buffer, final int offset) {
            try {
                assertThat(cursor.next()).isTrue();
            } catch (final IOException ex) {
                throw new AssertionError(ex);
            }
            eventCount++;
            ladder.apply(cursor.record());
            assertThat(buffer.getLong(offset + EventSlotDescriptor.EVENT_TIME_OFFSET, LITTLE_ENDIAN))
                    .isEqualTo(cursor.record().timestampNs());
            assertThat(buffer.getInt(offset + EventSlotDescriptor.PRICE_OFFSET, LITTLE_ENDIAN))
                    .isEqualTo(cursor.record().priceTicks());
            assertThat(queueEventType(
                            buffer.getByte(offset + EventSlotDescriptor.EVENT_TYPE_OFFSET),
                            buffer.getByte(offset + EventSlotDescriptor.SIDE_OFFSET)))
                    .isEqualTo(cursor.record().type());
        }

        private static int queueEventType(final int type, final int side) {
            final boolean isBid = side == SideCode.BUY;
            switch (type) {
                case EventTypeCode.ADD:
                    return isBid ? QueueEventType.ADD_BID : QueueEventType.ADD_ASK;
                case EventTypeCode.DELETE:
                    return isBid ? QueueEventType.CANCEL_BID : QueueEventType.CANCEL_ASK;
                case EventTypeCode.EXECUTE:
                    return isBid ? QueueEventType.EXECUTE_SELL : QueueEventType.EXECUTE_BUY;
                default:
                    throw new AssertionError("no queue event becomes a record of type " + type);
            }
        }

        void requireSameBook() {
            final LadderBook book = ladder.book();
            for (int i = 0; i < book.levels(); i++) {
                requireSameLevel(Side.BID, book.priceTicks(QueueSide.BID, i), book.depth(QueueSide.BID, i));
                requireSameLevel(Side.ASK, book.priceTicks(QueueSide.ASK, i), book.depth(QueueSide.ASK, i));
            }
            assertThat(builder.books().book(1).bestPrice(Side.BID)).isEqualTo(book.bestBidTicks());
            assertThat(builder.books().book(1).bestPrice(Side.ASK)).isEqualTo(book.bestAskTicks());
        }

        private void requireSameLevel(final int side, final int priceTicks, final int depth) {
            final boolean isThere = level.toPrice(builder.books().book(1), side, priceTicks);
            assertThat(isThere ? level.quantity() : 0)
                    .as("event %d, side %d, price %d", eventCount, side, priceTicks)
                    .isEqualTo(depth);
        }

        @Override
        public void close() {
            cursor.close();
            reader.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cli-simple-s42-60s.qrsdp",
                "run-hlr-fallback-s5/2026-01-02.qrsdp",
                "run-hlr-s42/2026-01-02.qrsdp",
                "run-hlrcurves-s100/2026-01-02.qrsdp",
                "run-multiday-s42/2026-01-06.qrsdp",
                "run-multisec-s42/GOOG/2024-02-29.qrsdp",
                "run-simple-nospread-s7/2026-01-02.qrsdp",
                "run-simple-s1/2026-01-02.qrsdp",
                "run-simple-s42/2026-01-02.qrsdp",
                "var-simple-onelevel-s6.qrsdp",
                "var-simple-short-s42.qrsdp"
            })
    void shouldKeepTheEventsAndTheBookOfAReferenceFile(final String name) throws IOException {
        requireSameAsFile(TestData.reference(name), 42);
    }

    @ParameterizedTest
    @CsvSource({"1, 10000, 5, 5", "2, 0, 1, 1", "3, -20, 64, 2", "4, 10000, 3, 40"})
    void shouldKeepTheEventsAndTheBookOfASessionOfItsOwn(
            final long seed, final int p0Ticks, final int levels, final int depth) throws IOException {
        requireSameAsFile(record("session.qrsdp", seed, p0Ticks, levels, depth, 0), seed);
    }

    private static void requireSameAsFile(final Path file, final long seed) throws IOException {
        try (Qrsdp1Source source = open(file, seed);
                Comparison comparison = new Comparison(file)) {
            Replay.run(source, comparison, count -> {});
            comparison.requireSameBook();

            assertThat(comparison.eventCount).isEqualTo(comparison.reader.recordCount());
        }
    }

    @Test
    void shouldChooseOtherOrdersWithAnotherSeedAndTheSameWithTheSame() throws IOException {
        final Path file = record("session.qrsdp", 1, 10_000, 5, 5, 0);

        final List<Long> deleted = deletedOrders(file, 1);

        assertThat(deletedOrders(file, 1)).isEqualTo(deleted).hasSizeGreaterThan(100);
        assertThat(deletedOrders(file, 2)).hasSameSizeAs(deleted).isNotEqualTo(deleted);
    }

    private static List<Long> deletedOrders(final Path file, final long seed) throws IOException {
        final List<Long> orders = new ArrayList<>();
        try (Qrsdp1Source source = open(file, seed)) {
            Replay.run(
                    source,
                    (slots, low, high) -> {
                        for (long at = low; at <= high; at++) {
                            final int offset = slots.offset(at);
                            if (EventSlotDescriptor.isEvent(slots.buffer(), offset)
                                    && slots.buffer().getByte(offset + EventSlotDescriptor.EVENT_TYPE_OFFSET)
                                            == EventTypeCode.DELETE) {
                                orders.add(slots.buffer()
                                        .getLong(offset + EventSlotDescriptor.ORDER_ID_OFFSET, LITTLE_ENDIAN));
                            }
                        }
                    },
                    count -> {});
        }
        return orders;
    }

    @Test
    void shouldPutSeveralSecuritiesInOrderOfTimeAndKeepEachAsItIsAlone() throws IOException {
        final List<Qrsdp1Session> sessions = new ArrayList<>();
        final List<List<String>> alone = new ArrayList<>();
        for (int id = 1; id <= 3; id++) {
            final Path file = record("s" + id + ".qrsdp", id, 10_000 * id, 5, 5, 0);
            sessions.add(new Qrsdp1Session(file, new Instrument(id, "S" + id, 100, Map.of())));
            alone.add(eventsOf(Qrsdp1Source.open(sessions.subList(id - 1, id), DATE, 7), id));
        }
        for (int id = 1; id <= 3; id++) {
            assertThat(eventsOf(Qrsdp1Source.open(sessions, DATE, 7), id)).isEqualTo(alone.get(id - 1));
        }
        final long[] lastNs = new long[1];
        try (Qrsdp1Source source = Qrsdp1Source.open(sessions, DATE, 7)) {
            Replay.run(
                    source,
                    (slots, low, high) -> {
                        for (long at = low; at <= high; at++) {
                            final long timeNs = slots.buffer()
                                    .getLong(slots.offset(at) + EventSlotDescriptor.EVENT_TIME_OFFSET, LITTLE_ENDIAN);
                            assertThat(timeNs).isGreaterThanOrEqualTo(lastNs[0]);
                            lastNs[0] = timeNs;
                        }
                    },
                    count -> {});
        }
    }

    /** Everything about an instrument's order events but their sequences. */
    private static List<String> eventsOf(final Qrsdp1Source source, final int instrumentId) throws IOException {
        final List<String> events = new ArrayList<>();
        try (source) {
            Replay.run(
                    source,
                    (slots, low, high) -> {
                        for (long at = low; at <= high; at++) {
                            final int offset = slots.offset(at);
                            if (EventSlotDescriptor.isEvent(slots.buffer(), offset)
                                    && slots.buffer()
                                                    .getInt(
                                                            offset + EventSlotDescriptor.INSTRUMENT_ID_OFFSET,
                                                            LITTLE_ENDIAN)
                                            == instrumentId) {
                                final byte[] bytes = new byte[48];
                                slots.buffer().getBytes(offset + EventSlotDescriptor.EVENT_TIME_OFFSET, bytes);
                                events.add(HexFormat.of().formatHex(bytes));
                            }
                        }
                    },
                    count -> {});
        }
        return events;
    }

    @Test
    void shouldRefuseASessionWithReinitialisations() throws IOException {
        final Path file = record("session.qrsdp", 3, 10_000, 5, 5, 0.3);
        try (Qrsdp1Source source = open(file, 1)) {
            assertThatThrownBy(() -> Imported.count(source))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("session.qrsdp")
                    .hasMessageContaining("re-initialisations");
        }
    }

    @Test
    void shouldRefuseWhatNoOrdersOfOneShareCanBe() throws IOException {
        final Format1Header header = new Format1Header(1, 10_000, 100, 10, 5, 2, 5, 100, 0);
        final Path large = folder.resolve("large.qrsdp");
        try (Format1Writer writer = Format1Writer.create(large, header)) {
            writer.append(1, QueueEventType.ADD_BID, QueueSide.BID, 9_999, 2, 1);
        }
        final Path late = folder.resolve("late.qrsdp");
        try (Format1Writer writer = Format1Writer.create(late, header)) {
            writer.append(10_000_000_001L, QueueEventType.ADD_BID, QueueSide.BID, 9_999, 1, 1);
        }
        final Path deep = folder.resolve("deep.qrsdp");
        Format1Writer.create(deep, new Format1Header(1, 10_000, 100, 10, 64, 2, Integer.MAX_VALUE, 100, 0))
                .close();
        final Path tick = folder.resolve("tick.qrsdp");
        Format1Writer.create(tick, new Format1Header(1, 10_000, 1, 10, 5, 2, 5, 100, 0))
                .close();

        assertThatThrownBy(() -> count(large)).hasMessageContaining("event 1 has quantity 2");
        assertThatThrownBy(() -> count(late)).hasMessageContaining("event 1 is at 10000000001 ns, outside");
        assertThatThrownBy(() -> count(deep)).hasMessageContaining("the opening book has 274877906816 orders");
        assertThatThrownBy(() -> count(tick)).hasMessageContaining("tick_size is 1, must be 100");
    }

    @Test
    void shouldMakeRecordsOrSayWhatIsCorruptWhateverTheBytes() throws IOException {
        final byte[] original = Files.readAllBytes(record("session.qrsdp", 5, 10_000, 5, 5, 0));
        final Path file = folder.resolve("mutant.qrsdp");
        int corrupt = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            Files.write(file, ByteMutator.mutate(original, seed, 128));
            try {
                assertThat(count(file)).as("seed %d", seed).isPositive();
            } catch (final CorruptDataException ex) {
                assertThat(ex).hasMessageContaining("mutant.qrsdp: at offset");
                corrupt++;
            }
        }
        assertThat(corrupt).isBetween(1, MUTANTS - 1);
    }

    private static long count(final Path file) throws IOException {
        try (Qrsdp1Source source = open(file, 1)) {
            return Imported.count(source);
        }
    }

    private static Qrsdp1Source open(final Path file, final long seed) throws IOException {
        return Qrsdp1Source.open(
                List.of(new Qrsdp1Session(file, new Instrument(1, "AAPL", 100, Map.of()))), DATE, seed);
    }

    private Path record(
            final String name,
            final long seed,
            final int p0Ticks,
            final int levels,
            final int depth,
            final double thetaReinit)
            throws IOException {
        final SessionParameters parameters = SessionParameters.builder()
                .sessionSeconds(20)
                .levelsPerSide(levels)
                .initialDepth(depth)
                .thetaReinit(thetaReinit)
                .build();
        final Path file = folder.resolve(name);
        new SessionRecorder(parameters, 512, new SessionListener() {}, () -> false)
                .record(null, DATE.toString(), seed, p0Ticks, file, false, null);
        return file;
    }
}
