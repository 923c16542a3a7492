package io.tapedeck.tools.commands;

import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.importer.ItchBookBuilder;
import io.tapedeck.engine.importer.ItchBookReplay;
import io.tapedeck.engine.importer.ItchFileReader;
import io.tapedeck.engine.importer.UnknownReference;
import io.tapedeck.engine.replay.SnapshotGrid;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ITCH file: the order-level books of all its symbols. */
final class ItchBookTape implements BookTape {
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
    public void giveSnapshots(final long intervalNs, final SnapshotGrid.Listener listener) {
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
        OrderBooksReport.addBooks(report, builder.books(), builder.directory());
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
        OrderBooksReport.addOutcomes(report, books);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
