package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.exporter.ItchFileSink;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Verifier;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.ByteMutator;
import io.tapedeck.testing.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** LOBSTER files to tapes: the published books from the tape, rows that are none, orders that no row enters. */
@Tag("campaign")
class LobsterImportTest {
    private static final int MUTANTS = Integer.getInteger("tapedeck.mutants", 2_000);
    private static final String TEN = "lobster/AAPL_2012-06-21_34200000_57600000_%s_10.csv";
    private static final String HOUR = "lobster/AAPL_2012-06-21_34200000_37800000_message_50.csv";

    @TempDir
    private Path folder;

    @Test
    void shouldHaveThePublishedTenLevelsAfterEveryRow() throws IOException {
        final Path orderBook = TestData.file(String.format(TEN, "orderbook"));
        final LobsterSession session = session(TestData.file(String.format(TEN, "message")), orderBook);
        final List<String> books = new ArrayList<>();
        final long corrected;
        try (LobsterSource source = LobsterSource.open(session, LobsterFacts.of(session.messages()))) {
            Replay.run(source, new RowBooks(books, 10), count -> {});
            corrected = source.correctedLevelCount();
            assertThat(source.enteredLevelCount()).isPositive();
        }

        assertThat(corrected).as("levels in view that needed help").isZero();
        assertThat(books).containsExactlyElementsOf(Files.readAllLines(orderBook));
    }

    @Test
    void shouldCountWhatNoRowEntersAndHaveTheBookOfTheSameHourAsAFeedTellsIt() throws IOException {
        final Path file = TestData.file(HOUR);
        final LobsterFacts facts = LobsterFacts.of(file);
        final Path bbo = folder.resolve("bbo.csv");
        final Path depth = folder.resolve("depth.csv");

        final Path tape = record(session(file, null), facts);

        assertThat(facts.rowCount()).isEqualTo(91_997);
        assertThat(facts.unknownReferenceCount()).isEqualTo(84);
        assertThat(facts.neverEnteredCount()).isEqualTo(80);
        assertThat(facts.openingCount()).isEqualTo(36);
        assertThat(facts.contradictionCount()).isZero();
        assertThat(facts.unknownReferences().get(0)).isEqualTo(new UnknownReference(8, '3', 13_919_004));
        final OrderBooks books = new OrderBooks();
        try (JournalSource source = JournalSource.open(tape);
                BboRecorder recorder = new BboRecorder(
                        FileChannel.open(bbo, StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        InstrumentTable.of(source.instruments()))) {
            final BookSink sink = new BookSink(books, recorder);
            Replay.run(source, sink, count -> {});
            assertThat(sink.builder().refusedCount()).isZero();
            new DepthWriter(InstrumentTable.of(source.instruments()))
                    .add(books)
                    .write(FileChannel.open(depth, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        assertThat(depth).hasSameBinaryContentAs(TestData.file("itch/aapl-20120621-final-depth.csv"));
        final List<String> golden = Files.readAllLines(TestData.file("itch/aapl-20120621-golden-bbo.csv"));
        assertThat(Files.readAllLines(bbo).stream()
                        .skip(1)
                        .limit(golden.size() - 1)
                        .map(row -> row.replace(",AAPL,", ","))
                        .map(LobsterImportTest::withoutNumber))
                .containsExactlyElementsOf(golden.stream()
                        .skip(1)
                        .map(LobsterImportTest::withoutNumber)
                        .toList());
    }

    /** Rows are numbered differently in the two files; what they say is the same. */
    private static String withoutNumber(final String row) {
        return row.substring(row.indexOf(','));
    }

    @Test
    void shouldMakeATapeThatVerifiesAndThatAFeedCanCarry() throws IOException {
        final Path tape = record(write(Sample.messages(1, 3_000)));

        assertThat(Format2Verifier.verify(tape)).noneMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JournalSource source = JournalSource.open(tape);
                ItchFileSink sink =
                        new ItchFileSink(Channels.newChannel(bytes), InstrumentTable.of(source.instruments()))) {
            assertThat(Replay.run(source, sink, count -> {})).isGreaterThan(3_000);
        }
        assertThat(bytes.size()).isGreaterThan(3_000 * 20);
    }

    @Test
    void shouldAddAnOrderThatNoRowEntersWithWhatItsRowsTakeOff() throws IOException {
        final List<String> events = events(record(write("""
                34200.5,2,50,10,1000100,-1
                34200.6,1,100,5,999900,1
                34200.7,4,50,20,1000100,-1
                34200.8,3,200,7,999800,1
                """)));

        assertThat(events)
                .containsExactly(
                        "ADD 50 30@1000100 OPENING",
                        "REDUCE 50 10@1000100",
                        "ADD 100 5@999900",
                        "EXECUTE 50 20@1000100",
                        "ADD 200 7@999800 REFILL",
                        "DELETE 200 7@999800");
    }

    @Test
    void shouldSeedTheDepthOfAnOrderBookFileAndTakeKnownOrdersOutOfIt() throws IOException {
        final Path messages = write("""
                34200.5,1,100,5,999900,1
                34200.6,4,200,3,1000100,-1
                34200.7,3,100,5,999900,1
                """);
        final Path orderBook = Files.writeString(folder.resolve("book.csv"), """
                1000100,10,999900,15
                1000100,7,999900,15
                1000100,7,999900,10
                """);

        final List<String> events = events(record(session(messages, orderBook), LobsterFacts.of(messages)));

        assertThat(events)
                .containsExactly(
                        "ADD N1 10@999900 OPENING",
                        "ADD N2 10@1000100 OPENING",
                        "ADD 100 5@999900",
                        "REDUCE N2 3@1000100 REFILL",
                        "ADD 200 3@1000100 REFILL",
                        "EXECUTE 200 3@1000100",
                        "DELETE 100 5@999900");
    }

    @Test
    void shouldCorrectAndCountALevelInViewThatDoesNotAgree() throws IOException {
        final Path messages = write("34200.5,1,100,5,999900,1\n34200.6,1,101,5,999900,1\n");
        final Path orderBook =
                Files.writeString(folder.resolve("book.csv"), "1000100,10,999900,5\n1000100,9,999900,10\n");
        final LobsterSession session = session(messages, orderBook);
        try (LobsterSource source = LobsterSource.open(session, LobsterFacts.of(messages))) {
            Replay.run(source, (slots, low, high) -> {}, count -> {});

            assertThat(source.correctedLevelCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldCarryHiddenTradesCrossesAndHalts() throws IOException {
        final Path tape = record(write("""
                34200.1,6,-1,5000,1000000,-1
                34200.2,5,0,100,1000050,-1
                34200.3,7,0,0,-1,-1
                34200.4,7,0,0,0,-1
                34200.5,7,0,0,1,-1
                57600.0,6,-1,7000,1010000,1
                """));

        final ByteArrayOutputStream itch = new ByteArrayOutputStream();
        try (JournalSource source = JournalSource.open(tape);
                ItchFileSink sink =
                        new ItchFileSink(Channels.newChannel(itch), InstrumentTable.of(source.instruments()))) {
            Replay.run(source, sink, count -> {});
        }
        final String types = types(itch.toByteArray());
        assertThat(types).isEqualTo("S S R H S Q(O) P H(H) H(Q) H(T) Q(C) S S S");
        assertThat(events(tape)).containsExactly("TRADE 0 100@1000050");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "34200.1,1,1,5,100,1,7            | line 2: has 7 fields, rows of messages have 6",
                "x,1,1,5,100,1                    | line 2: time is \"x\", must be seconds from midnight",
                "34200.,1,1,5,100,1               | line 2: time is \"34200.\"",
                "34199.9,1,1,5,100,1              | line 2: the time is 100000000 ns before that of the row before",
                "34200.1,8,1,5,100,1              | line 2: type is \"8\", must be a whole number from 1 to 7",
                "34200.1,1,0,5,100,1              | line 2: order id is \"0\"",
                "34200.1,1,1,-5,100,1             | line 2: size is \"-5\"",
                "34200.1,1,1,5,2147483648,1       | line 2: price is \"2147483648\", must be a whole number from 1 to 2147483647",
                "34200.1,1,1,5,1e2,1              | line 2: price is \"1e2\"",
                "34200.1,1,1,5,100,0              | line 2: direction is 0, must be 1 or -1",
                "34200.1,1,99999999999999999999,5,100,1 | line 2: order id is \"99999999999999999999\"",
                "34200.1,7,0,0,2,1                | line 2: price of a halt is \"2\"",
            })
    void shouldNameLineFieldAndValueOfARowThatIsNone(final String row, final String message) throws IOException {
        final Path file = write("34200.0,1,9,5,100,1\n" + row + "\n");

        assertThatThrownBy(() -> record(file))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("messages.csv: at offset 20: " + message)
                .hasMessageContaining("correct the row");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,3\n", "100,5,200\n", "200,5,100,5,190,1,90,1\n", "-1,5,100,5\n", ""})
    void shouldRefuseAnOrderBookFileThatIsNone(final String rows) throws IOException {
        final Path messages = write("34200.0,1,9,5,100,1\n");
        final Path orderBook = Files.writeString(folder.resolve("book.csv"), rows);

        assertThatThrownBy(() -> record(session(messages, orderBook), LobsterFacts.of(messages)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("book.csv");
    }

    @Test
    void shouldRoundTimesToNanoseconds() throws IOException {
        final Path file = write("34200.0000000014,1,1,5,100,1\n34200.000000001500,1,2,5,100,1\n34201,1,3,5,100,1\n");
        try (LobsterMessages rows = LobsterMessages.open(file)) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.timeNs()).isEqualTo(34_200_000_000_001L);
            assertThat(rows.next()).isTrue();
            assertThat(rows.timeNs()).isEqualTo(34_200_000_000_002L);
            assertThat(rows.next()).isTrue();
            assertThat(rows.timeNs()).isEqualTo(34_201_000_000_000L);
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void shouldMakeABookOrSayWhatIsCorrupt() throws IOException {
        final byte[] messages = Sample.messages(1, 60).getBytes(StandardCharsets.US_ASCII);
        final byte[] orderBook = "1000100,10,999900,15\n".repeat(60).getBytes(StandardCharsets.US_ASCII);
        final Path messageFile = folder.resolve("messages.csv");
        final Path bookFile = folder.resolve("book.csv");
        int corrupt = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            Files.write(messageFile, seed % 2 == 0 ? ByteMutator.mutate(messages, seed, 64) : messages);
            Files.write(bookFile, seed % 4 == 1 ? ByteMutator.mutate(orderBook, seed, 64) : orderBook);
            try {
                replay(session(messageFile, seed % 3 == 0 ? null : bookFile));
            } catch (final CorruptDataException ex) {
                assertThat(ex).hasMessageContaining(".csv: at offset");
                corrupt++;
            }
        }
        assertThat(corrupt).isBetween(1, MUTANTS - 1);
    }

    private static void replay(final LobsterSession session) throws IOException {
        final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
        try (LobsterSource source = LobsterSource.open(session, LobsterFacts.of(session.messages()))) {
            Replay.run(source, builder::onBatch, count -> {});
        }
    }

    @Test
    void shouldAllocateNothingPerRow() throws IOException {
        final Path few = Files.writeString(folder.resolve("few.csv"), Sample.messages(1, 40_000));
        final Path many = Files.writeString(folder.resolve("many.csv"), Sample.messages(1, 160_000));

        final long ofFew = leastBytes(few);
        final long ofMany = leastBytes(many);

        // The same for 40,000 rows as for 160,000, but for what the JVM may do on the side.
        assertThat(ofMany - ofFew).isLessThan(10_000);
    }

    private static long leastBytes(final Path file) throws IOException {
        final LobsterFacts facts = LobsterFacts.of(file);
        return AllocationMeter.leastAllocatedBytes(
                () -> {
                    try (LobsterSource source = LobsterSource.open(session(file, null), facts)) {
                        Replay.run(source, (slots, low, high) -> {}, count -> {});
                    } catch (final IOException ex) {
                        throw new UncheckedIOException(ex);
                    }
                },
                5);
    }

    private Path write(final String rows) throws IOException {
        return Files.writeString(folder.resolve("messages.csv"), rows);
    }

    private static LobsterSession session(final Path messages, final Path orderBook) {
        return new LobsterSession(
                messages, orderBook, "AAPL", LocalDate.of(2012, 6, 21), 34_200_000_000_000L, 37_800_000_000_000L);
    }

    private Path record(final Path messages) throws IOException {
        return record(session(messages, null), LobsterFacts.of(messages));
    }

    private Path record(final LobsterSession session, final LobsterFacts facts) throws IOException {
        final Path set = folder.resolve("set");
        try (LobsterSource source = LobsterSource.open(session, facts)) {
            final DataSetRecorder recorder = DataSetRecorder.create(
                    set, Imported.RECIPE, ZoneId.of("America/New_York"), source.instruments(), true);
            recorder.record(source, session.date(), Map.of(), Map.of(), count -> {});
        }
        return set.resolve("2012-06-21.qrsdp");
    }

    private static List<String> events(final Path tape) throws IOException {
        final List<String> events = new ArrayList<>();
        final EventDecoder event = new EventDecoder();
        try (JournalSource source = JournalSource.open(tape)) {
            Replay.run(
                    source,
                    (slots, low, high) -> {
                        for (long at = low; at <= high; at++) {
                            if (EventSlotDescriptor.isEvent(slots.buffer(), slots.offset(at))
                                    && slots.wrap(event, at).eventTypeRaw() != EventTypeCode.CROSS) {
                                events.add(text(event));
                            }
                        }
                    },
                    count -> {});
        }
        return events;
    }

    private static String text(final EventDecoder event) {
        final long id = event.orderId();
        final String name = id >= 1L << 62 ? "N" + (id - (1L << 62)) : Long.toString(id);
        return event.eventType() + " " + name + " " + event.quantity() + "@" + event.price()
                + ((event.flags() & EventFlags.OPENING) != 0 ? " OPENING" : "")
                + ((event.flags() & EventFlags.REFILL) != 0 ? " REFILL" : "");
    }

    /** The types of framed ITCH messages; of a cross and of a trading action also which one. */
    private static String types(final byte[] framed) {
        final List<String> types = new ArrayList<>();
        for (int at = 0; at < framed.length; at += 2 + framed[at + 1]) {
            final char type = (char) framed[at + 2];
            final int detail = type == 'Q' ? 39 : 19;
            types.add(
                    type == 'Q' || type == 'H' && types.size() > 3
                            ? type + "(" + (char) framed[at + 2 + detail] + ")"
                            : String.valueOf(type));
        }
        return String.join(" ", types);
    }

    /** Writes a book as a row of an order book file before each record that stands for a row of messages. */
    private static final class RowBooks implements ReplayHandler {
        private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
        private final EventDecoder event = new EventDecoder();
        private final LevelCursor level = new LevelCursor();
        private final List<String> rows;
        private final int levels;
        private boolean isPending;

        RowBooks(final List<String> rows, final int levels) {
            this.rows = rows;
            this.levels = levels;
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                if (EventSlotDescriptor.isEvent(slots.buffer(), slots.offset(at))
                        && slots.wrap(event, at).flags() == 0) {
                    addPending();
                    isPending = true;
                }
                builder.apply(slots.buffer(), slots.offset(at));
            }
        }

        @Override
        public void onClose() {
            addPending();
        }

        private void addPending() {
            if (isPending) {
                final StringBuilder row = new StringBuilder();
                for (int i = 0; i < levels; i++) {
                    for (final int side : new int[] {Side.ASK, Side.BID}) {
                        level.toLevel(builder.books().book(1), side, i);
                        row.append(row.isEmpty() ? "" : ",")
                                .append(level.price())
                                .append(',')
                                .append(level.quantity());
                    }
                }
                rows.add(row.toString());
            }
        }
    }

    /** Seeded rows: orders that come, shrink, trade and go, and now and then one that no row enters. */
    private static final class Sample {
        private Sample() {}

        static String messages(final long seed, final int rows) {
            final SplittableRandom random = new SplittableRandom(seed);
            final StringBuilder text = new StringBuilder();
            final List<long[]> live = new ArrayList<>();
            long timeNs = 34_200_000_000_000L;
            long nextId = 1_000;
            for (int i = 0; i < rows; i++) {
                timeNs += random.nextInt(1_000_000);
                final String time = timeNs / 1_000_000_000 + "." + String.format("%09d", timeNs % 1_000_000_000);
                if (live.size() < 20 || live.size() < 100 && random.nextBoolean()) {
                    final int side = random.nextBoolean() ? 1 : -1;
                    final long[] order = {
                        nextId++, 1 + random.nextInt(300), 1_000_000 - side * 100 * (1 + random.nextInt(9)), side
                    };
                    live.add(order);
                    text.append(row(time, 1, order, order[1]));
                } else if (random.nextInt(50) == 0) {
                    final long[] stranger = {random.nextInt(1, 90), 100, 1_000_200, -1};
                    text.append(row(time, 3, stranger, 100));
                } else {
                    final long[] order = live.get(random.nextInt(live.size()));
                    final int type = order[1] == 1 ? 3 : random.nextInt(2, 5);
                    final long size = type == 3 ? order[1] : 1 + random.nextLong(order[1] - (type == 2 ? 1 : 0));
                    order[1] -= size;
                    if (order[1] == 0) {
                        live.remove(order);
                    }
                    text.append(row(time, type, order, size));
                }
            }
            return text.toString();
        }

        private static String row(final String time, final int type, final long[] order, final long size) {
            return time + "," + type + "," + order[0] + "," + size + "," + order[2] + "," + order[3] + "\n";
        }
    }
}
