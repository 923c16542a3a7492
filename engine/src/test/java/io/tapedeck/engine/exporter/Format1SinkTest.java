package io.tapedeck.engine.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.LevelCursor;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.importer.ItchFileFacts;
import io.tapedeck.engine.importer.ItchInstruments;
import io.tapedeck.engine.importer.ItchSource;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.format1.Format1Writer;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule of squeezing order events into six types, and that no depth is lost on the way. */
class Format1SinkTest {
    private static final Instrument AAPL = new Instrument(1, "AAPL", 100, Map.of());
    private static final int BUY = SideCode.BUY;
    private static final int SELL = SideCode.SELL;
    private static final int NONE = SideCode.NONE;

    private final RecordBuffer buffer = new RecordBuffer(64);
    private final RecordWriter writer = new RecordWriter(buffer);
    private long leftOut;
    private long refused;
    private long lostPrices;
    private Format1Header header;

    @TempDir
    private Path folder;

    @Test
    void shouldWriteEachEventByItsRule() throws IOException {
        new SessionRecords(writer).systemEvent(100, 'Q');
        event(100, EventTypeCode.ADD, BUY, EventFlags.OPENING, 1, 0, 999, 10);
        event(101, EventTypeCode.ADD, SELL, 0, 2, 0, 1_002, 5);
        event(102, EventTypeCode.REDUCE, NONE, 0, 1, 0, 0, 3);
        event(103, EventTypeCode.EXECUTE, NONE, 0, 1, 77, 0, 2);
        event(104, EventTypeCode.EXECUTE_AT_PRICE, NONE, 0, 2, 78, 1_001, 1);
        event(105, EventTypeCode.REPLACE, NONE, 0, 1, 3, 998, 20);
        event(106, EventTypeCode.TRADE, BUY, 0, 0, 79, 1_000, 9);
        event(107, EventTypeCode.DELETE, NONE, 0, 2, 0, 0, 0);
        event(108, EventTypeCode.DELETE, NONE, 0, 2, 0, 0, 0);
        event(109, EventTypeCode.EXECUTE, NONE, 0, 3, 80, 0, 25);

        assertThat(export())
                .containsExactly(
                        "100 ADD_BID 999 x 10 #1",
                        "101 ADD_ASK 1002 x 5 #2",
                        "102 CANCEL_BID 999 x 3 #1",
                        "103 EXECUTE_SELL 999 x 2 #1",
                        "104 EXECUTE_BUY 1002 x 1 #2",
                        "105 CANCEL_BID 999 x 5 #1",
                        "105 ADD_BID 998 x 20 #3",
                        "107 CANCEL_ASK 1002 x 4 #2",
                        "109 EXECUTE_SELL 998 x 20 #3");
        assertThat(leftOut).isEqualTo(2);
        assertThat(refused).isEqualTo(1);
        assertThat(lostPrices).isEqualTo(1);
        assertThat(header).isEqualTo(new Format1Header(9, 1_000, 100, 1, 0, 0, 0, 4_096, 100));
    }

    @Test
    void shouldRefuseTimesThatFallAndASecondSession() throws IOException {
        event(100, EventTypeCode.ADD, BUY, 0, 1, 0, 999, 10);
        event(99, EventTypeCode.ADD, BUY, 0, 2, 0, 999, 10);
        try (Format1Writer out =
                Format1Writer.create(folder.resolve("out.qrsdp"), new Format1Header(0, 0, 1, 0, 0, 0, 0, 10, 0))) {
            final Format1Sink sink = new Format1Sink(out, 1);
            writer.flush();
            assertThatThrownBy(() -> sink.onBatch(buffer.slots(), 0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("timestampNs=99 must not be before 100");
            sink.onSession(LocalDate.of(2026, 1, 2));
            assertThatThrownBy(() -> sink.onSession(LocalDate.of(2026, 1, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2026-01-02 and 2026-01-05");
        }
    }

    @Test
    void shouldKeepTheDepthOfAnHourOfRealOrderFlow() throws IOException {
        final Path file = TestData.file("itch/aapl-20120621-0930-1030.itch50");
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(file);
        final Instrument instrument = instruments.instruments().get(0);
        final Path out = folder.resolve("out.qrsdp");
        final BookSink books = new BookSink(new OrderBooks(), null);
        final Format1Survey survey = new Format1Survey(instrument);
        play(file, instruments, facts, books);
        play(file, instruments, facts, survey);
        try (Format1Writer format1 = Format1Writer.create(out, survey.header(0))) {
            final Format1Sink sink = new Format1Sink(format1, instrument.id());
            play(file, instruments, facts, sink);
            assertThat(sink.refusedCount()).isZero();
        }

        final Map<String, Long> depth = new TreeMap<>();
        try (Format1Reader reader = Format1Reader.open(out)) {
            reader.forEach(record -> {
                final boolean isAdd = record.type() < QueueEventType.CANCEL_BID;
                final String level = (record.side() == 0 ? "bid " : "ask ") + record.priceTicks();
                depth.merge(level, (long) (isAdd ? record.quantity() : -record.quantity()), Long::sum);
            });
        }
        depth.values().removeIf(quantity -> quantity == 0);
        assertThat(depth)
                .isEqualTo(new TreeMap<>(depths(books.builder().books(), instrument.id())))
                .isNotEmpty();
    }

    private static Map<String, Long> depths(final OrderBooks books, final int instrumentId) {
        final Map<String, Long> depths = new HashMap<>();
        final LevelCursor level = new LevelCursor();
        for (final int side : new int[] {Side.BID, Side.ASK}) {
            for (boolean more = level.toBest(books.book(instrumentId), side); more; more = level.next()) {
                depths.put((side == Side.BID ? "bid " : "ask ") + level.price(), level.quantity());
            }
        }
        return depths;
    }

    private static void play(
            final Path file, final ItchInstruments instruments, final ItchFileFacts facts, final ReplayHandler handler)
            throws IOException {
        try (ItchSource source = ItchSource.open(file, LocalDate.of(2012, 6, 21), instruments.instruments(), facts)) {
            Replay.run(source, handler, count -> {});
        }
    }

    private void event(
            final long timeNs,
            final int type,
            final int side,
            final int flags,
            final long orderId,
            final long auxId,
            final int priceTicks,
            final int quantity) {
        writer.event(timeNs, type, side, flags, orderId, auxId, AAPL.id(), priceTicks, quantity);
    }

    private List<String> export() throws IOException {
        writer.flush();
        final SlotArray slots = buffer.slots();
        final Format1Survey survey = new Format1Survey(AAPL);
        survey.onBatch(slots, 0, buffer.size() - 1);
        header = survey.header(9);
        final Path out = folder.resolve("out.qrsdp");
        try (Format1Writer format1 = Format1Writer.create(out, header)) {
            final Format1Sink sink = new Format1Sink(format1, AAPL.id());
            sink.onSession(LocalDate.of(2026, 1, 2));
            sink.onBatch(slots, 0, buffer.size() - 1);
            leftOut = sink.leftOutCount();
            refused = sink.refusedCount();
            lostPrices = sink.lostPriceCount();
        }
        final List<String> rows = new ArrayList<>();
        try (Format1Reader reader = Format1Reader.open(out)) {
            reader.forEach(record -> rows.add(record.timestampNs() + " " + QueueEventType.name(record.type()) + " "
                    + record.priceTicks() + " x " + record.quantity() + " #" + record.orderId()));
        }
        return rows;
    }
}
