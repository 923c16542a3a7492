package io.tapedeck.tools.commands;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.importer.ItchBookBuilder;
import io.tapedeck.engine.importer.ItchBookReplay;
import io.tapedeck.engine.importer.ItchBookReplay.SnapshotListener;
import io.tapedeck.engine.importer.ItchFileReader;
import io.tapedeck.engine.importer.UnknownReference;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ITCH file: the order-level books of all its symbols. */
final class ItchBookTape implements BookTape {
    /** Books of more symbols than this are not shown one by one. */
    private static final int MAX_SHOWN_BOOKS = 12;

    private static final int PRICE_DECIMALS = 4;

    private final ItchFileReader reader;
    private final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
    private final ItchBookReplay replay;

    ItchBookTape(final Tape tape) throws IOException {
        reader = ItchFileReader.open(tape.file());
        replay = new ItchBookReplay(reader, builder);
    }

    @Override
    public InstrumentDirectory directory() {
        return builder.directory();
    }

    @Override
    public void giveSnapshots(final long intervalNs, final SnapshotListener listener) {
        replay.giveSnapshots(intervalNs, listener);
    }

    @Override
    public void play(final BboRecorder bbo, final long endNs, final Progress progress) throws IOException {
        replay.recordBbo(bbo).until(endNs).run();
    }

    @Override
    public DepthWriter addDepth(final DepthWriter writer) {
        return writer.add(builder.books());
    }

    @Override
    public void describe(final Report report) {
        final Map<String, Long> types = new LinkedHashMap<>();
        long messages = 0;
        for (int type = 0; type < 128; type++) {
            final long count = builder.typeCount((byte) type);
            if (count > 0) {
                types.put(Character.toString(type), count);
                messages += count;
            }
        }
        report.add("messages", "messages of ITCH 5.0", messages).addHidden("types", types);
        types.forEach((type, count) -> report.line(
                String.format("    %s %-50s %,12d", type, ItchMessageType.name((byte) type.charAt(0)), count)));
        report.add("unknownTypes", "messages of unknown types", builder.unknownTypeCount())
                .add("malformed", "malformed messages", builder.malformedCount())
                .add("bytesAfterEnd", "bytes after the end mark", reader.bytesAfterEnd());
        describeReferences(report);
        describeBooks(report);
    }

    private void describeReferences(final Report report) {
        final OrderBooks books = builder.books();
        report.add("unknownReferences", "unknown order references", builder.unknownReferenceCount());
        for (final UnknownReference unknown : builder.unknownReferences()) {
            report.line(String.format(
                    "    message %,d: %s names order %s, which is not live",
                    unknown.messageNumber(), unknown.type(), Long.toUnsignedString(unknown.orderReference())));
        }
        if (builder.unknownReferenceCount() > builder.unknownReferences().size()) {
            report.line("    ...");
        }
        report.add("duplicateOrders", "orders added twice", books.outcomeCount(BookOutcome.DUPLICATE_ORDER))
                .add("overQuantities", "more taken than there was", books.outcomeCount(BookOutcome.OVER_QUANTITY))
                .add("wrongQuantities", "impossible quantities", books.outcomeCount(BookOutcome.WRONG_QUANTITY));
    }

    private void describeBooks(final Report report) {
        final OrderBooks books = builder.books();
        final Map<String, Object> shown = new LinkedHashMap<>();
        int count = 0;
        for (int instrumentId = 1; instrumentId < books.instrumentLimit(); instrumentId++) {
            if (books.hasBook(instrumentId)) {
                count++;
                if (shown.size() < MAX_SHOWN_BOOKS) {
                    shown.put(symbol(instrumentId), describe(books.book(instrumentId)));
                }
            }
        }
        report.add("orders", "live orders", books.orderCount())
                .add(
                        "books",
                        "books",
                        shown,
                        count + (count > MAX_SHOWN_BOOKS ? ", of which the first " + MAX_SHOWN_BOOKS : ""));
        shown.forEach((symbol, text) -> report.line(String.format("    %-8s %s", symbol, text)));
    }

    private String symbol(final int instrumentId) {
        return Alpha.text(builder.directory().symbol(instrumentId));
    }

    private static String describe(final OrderBook book) {
        return touch(book, Side.BID) + " | " + touch(book, Side.ASK) + "   " + book.levelCount(Side.BID) + " + "
                + book.levelCount(Side.ASK) + " levels, hash " + String.format("%016x", book.hash());
    }

    private static String touch(final OrderBook book, final int side) {
        return book.bestQuantity(side) == 0
                ? "empty"
                : BigDecimal.valueOf(book.bestPrice(side), PRICE_DECIMALS) + " x " + book.bestQuantity(side);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
