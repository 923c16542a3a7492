package io.tapedeck.tools.commands;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.engine.replay.QueueBookReplay;
import io.tapedeck.journal.format1.Format1Cursor;
import io.tapedeck.journal.format1.Format1Descriptor;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Reader;
import io.tapedeck.journal.tape.TapeFormat;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is on a tape. */
@Command(
        name = "info",
        description =
                "Show what is in a journal or a run: parameters, sessions, records, times, prices, sizes, first events.")
public final class InfoCommand extends BaseCommand {
    @Parameters(paramLabel = "PATH", description = "Journal, or folder of a run.")
    private Path path;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of the first records to show of a journal. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--chunks",
            description =
                    "Show of a journal of format 2 what its index says of each chunk: records, bytes, times, instruments,"
                            + " types.")
    private boolean chunks;

    /** What a pass over one tape finds. */
    private record Contents(
            Format1Header header,
            long records,
            int chunks,
            boolean indexed,
            long lengthBytes,
            long firstTimestampNs,
            long lastTimestampNs,
            long[] typeCounts,
            QueueBookReplay replay) {
        double bytesPerEvent() {
            return records == 0 ? 0 : (double) lengthBytes / records;
        }

        double compressionRatio() {
            return records == 0 ? 1 : (double) records * Format1Descriptor.RECORD_LENGTH / lengthBytes;
        }

        boolean isBookKnown() {
            return replay.incoherence() == null;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (events < 0) {
            throw usage("--events must be 0 or more: " + events);
        }
        final List<Tape> tapes = Tape.find(path);
        if (chunks && (tapes.size() != 1 || tapes.get(0).kind() != Tape.Kind.FORMAT_2)) {
            throw usage("--chunks needs one journal of format 2: " + path);
        }
        describeAll(tapes).print(out(), json());
        return ExitCode.OK;
    }

    private Report describeAll(final List<Tape> tapes) throws IOException {
        if (tapes.stream().anyMatch(tape -> tape.requireJournal() == TapeFormat.FORMAT_1)) {
            return tapes.size() == 1 ? describe(tapes.get(0)) : describe(tapes);
        }
        if (tapes.size() == 1) {
            return JournalInfo.describe(tapes.get(0).file(), events, chunks);
        }
        try (Progress progress = Progress.start(messages(), "reading", "records")) {
            return JournalInfo.describe(path, tapes, progress);
        }
    }

    private Report describe(final Tape tape) throws IOException {
        final Report report = new Report();
        final Contents contents = scan(tape);
        report.add("file", "file", tape.file().toString())
                .add("format", "format", "1.0", "journal 1.0 (26-byte records)");
        addHeader(report, contents.header());
        addContents(report, contents);
        addFirstRecords(report, tape.file());
        return report;
    }

    private static void addHeader(final Report report, final Format1Header header) {
        report.heading("session")
                .add("seed", "seed", Long.toUnsignedString(header.seed()))
                .add("openTime", "opens at", TimeOfDay.format(header.marketOpenNs()))
                .add("sessionSeconds", "length, s", header.sessionSeconds())
                .add("p0Ticks", "opening price, ticks", header.openingPriceTicks())
                .add("tickSize", "tick size, 1/10,000", header.tickSize())
                .add("levelsPerSide", "levels per side", header.levelsPerSide())
                .add("initialSpreadTicks", "initial spread, ticks", header.initialSpreadTicks())
                .add("initialDepth", "initial depth per level", header.initialDepth())
                .add("model", "model", null, "not recorded in format 1");
    }

    private static void addContents(final Report report, final Contents contents) {
        report.heading("records")
                .add("records", "records", contents.records())
                .add(
                        "chunks",
                        "chunks",
                        contents.chunks(),
                        contents.chunks() + " of up to " + contents.header().chunkCapacity() + " records"
                                + (contents.indexed() ? ", indexed" : ", no index"))
                .add("bytes", "bytes", contents.lengthBytes())
                .add("bytesPerEvent", "bytes per event", contents.bytesPerEvent())
                .add(
                        "compression",
                        "compression",
                        contents.compressionRatio(),
                        String.format(Locale.ROOT, "%.2f : 1", contents.compressionRatio()));
        if (contents.records() > 0) {
            report.add(
                            "firstTimestampNs",
                            "first event",
                            contents.firstTimestampNs(),
                            TimeOfDay.format(contents.firstTimestampNs()))
                    .add(
                            "lastTimestampNs",
                            "last event",
                            contents.lastTimestampNs(),
                            TimeOfDay.format(contents.lastTimestampNs()));
        }
        final Map<String, Long> mix = new LinkedHashMap<>();
        for (int type = 0; type < QueueEventType.COUNT; type++) {
            mix.put(QueueEventType.name(type), contents.typeCounts()[type]);
        }
        report.addHidden("eventMix", mix);
        mix.forEach((name, count) -> report.line(String.format(
                Locale.ROOT, "  %-12s  %,d (%.1f %%)", name, count, 100.0 * count / Math.max(1, contents.records()))));
        addBook(report, contents);
    }

    private static void addBook(final Report report, final Contents contents) {
        final QueueBookReplay replay = contents.replay();
        report.heading("book, rebuilt from the records");
        if (contents.isBookKnown()) {
            report.add("closeTicks", "closing mid price, ticks", replay.book().midTicks())
                    .add("moves", "best-price moves", replay.moveCount())
                    .add("widestSpreadTicks", "widest spread, ticks", replay.widestSpreadTicks());
        } else {
            report.add("incoherence", "cannot be rebuilt", replay.incoherence())
                    .line(
                            "  (a session with re-initialisations, which format 1 does not record, looks like this, and so does one that"
                                    + " was exported order by order)");
        }
    }

    private void addFirstRecords(final Report report, final Path file) throws IOException {
        final List<String> first = new ArrayList<>();
        try (Format1Reader reader = Format1Reader.open(file);
                Format1Cursor cursor = reader.cursor()) {
            while (first.size() < events && cursor.next()) {
                first.add(cursor.record().toString());
            }
        }
        report.addHidden("firstRecords", first);
        if (!first.isEmpty()) {
            report.heading("first records");
            first.forEach(record -> report.line("  " + record));
        }
    }

    private Report describe(final List<Tape> tapes) throws IOException {
        final Report report = new Report().add("path", "run", path.toString());
        final List<Map<String, Object>> sessions = new ArrayList<>();
        long records = 0;
        long bytes = 0;
        report.line(String.format(
                Locale.ROOT,
                "  %-20s %20s %12s %12s %8s %9s %9s %8s %7s",
                "session",
                "seed",
                "records",
                "bytes",
                "B/event",
                "open",
                "close",
                "moves",
                "widest"));
        try (Progress progress = Progress.start(messages(), "reading", "records")) {
            for (final Tape tape : tapes) {
                final Contents contents = scan(tape);
                records += contents.records();
                bytes += contents.lengthBytes();
                progress.update(records, (double) (sessions.size() + 1) / tapes.size());
                sessions.add(session(report, tape, contents));
            }
        }
        return report.addHidden("sessions", sessions)
                .add("sessionCount", "sessions", tapes.size())
                .add("records", "records", records)
                .add("bytes", "bytes", bytes)
                .add("bytesPerEvent", "bytes per event", records == 0 ? 0.0 : (double) bytes / records);
    }

    private static Map<String, Object> session(final Report report, final Tape tape, final Contents contents) {
        final QueueBookReplay replay = contents.replay();
        final String seed = Long.toUnsignedString(contents.header().seed());
        final Map<String, Object> session = new LinkedHashMap<>();
        session.put("name", tape.name());
        session.put("file", tape.file().toString());
        session.put("seed", seed);
        session.put("records", contents.records());
        session.put("bytes", contents.lengthBytes());
        session.put("openTicks", contents.header().openingPriceTicks());
        session.put("closeTicks", contents.isBookKnown() ? replay.book().midTicks() : null);
        session.put("moves", contents.isBookKnown() ? replay.moveCount() : null);
        session.put("widestSpreadTicks", contents.isBookKnown() ? replay.widestSpreadTicks() : null);
        report.line(String.format(
                Locale.ROOT,
                "  %-20s %20s %,12d %,12d %8.2f %9d %9s %8s %7s",
                tape.name(),
                seed,
                contents.records(),
                contents.lengthBytes(),
                contents.bytesPerEvent(),
                contents.header().openingPriceTicks(),
                contents.isBookKnown() ? replay.book().midTicks() : "?",
                contents.isBookKnown() ? replay.moveCount() : "?",
                contents.isBookKnown() ? replay.widestSpreadTicks() : "?"));
        return session;
    }

    private static Contents scan(final Tape tape) throws IOException {
        try (Format1Reader reader = Format1Reader.open(tape.file())) {
            final QueueBookReplay replay = new QueueBookReplay(reader.header());
            final long[] typeCounts = new long[256];
            reader.forEach(record -> {
                typeCounts[record.type()]++;
                replay.apply(record);
            });
            final int chunks = reader.chunkCount();
            return new Contents(
                    reader.header(),
                    reader.recordCount(),
                    chunks,
                    reader.indexed(),
                    reader.lengthBytes(),
                    chunks == 0 ? 0 : reader.chunkFirstTimestampNs(0),
                    chunks == 0 ? 0 : reader.chunkLastTimestampNs(chunks - 1),
                    typeCounts,
                    replay);
        }
    }
}
