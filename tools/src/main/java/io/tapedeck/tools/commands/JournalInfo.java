package io.tapedeck.tools.commands;

import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.engine.replay.CsvSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.text.CsvChannel;
import io.tapedeck.engine.text.RecordCsv;
import io.tapedeck.engine.text.RecordTypeName;
import io.tapedeck.journal.format2.Format2Chunk;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Summary;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import io.tapedeck.tools.cli.Progress;
import io.tapedeck.tools.cli.Report;
import io.tapedeck.tools.cli.TimeOfDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is on tapes of format 2, as reports. */
final class JournalInfo {
    /** Instruments beyond this number are not shown one by one. */
    private static final int MAX_SHOWN_INSTRUMENTS = 12;

    private static final String FORMAT = Format2Descriptor.VERSION_MAJOR + "." + Format2Descriptor.VERSION_MINOR;

    private JournalInfo() {}

    /** Everything about one tape, with its first records. */
    static Report describe(final Path file, final int records, final boolean showsChunks) throws IOException {
        final Format2Summary summary = Format2Summary.of(file);
        final Report report = new Report()
                .add("file", "file", file.toString())
                .add("format", "format", FORMAT, "journal " + FORMAT + " (64-byte records)");
        addSession(report, summary);
        addRecords(report, summary);
        if (showsChunks) {
            addChunks(report, summary);
        }
        addFirstRecords(report, file, records);
        return report;
    }

    private static void addSession(final Report report, final Format2Summary summary) {
        final SessionMetadata metadata = summary.metadata();
        final Recipe recipe = metadata.recipe();
        report.heading("session")
                .add("date", "date", metadata.sessionDate().toString())
                .add("zone", "zone", metadata.zone().getId())
                .add("unit", "unit", metadata.unit())
                .add("sessionName", "MoldUDP64 session", metadata.sessionName())
                .add("generator", "made by", recipe.generator() + " " + recipe.generatorVersion())
                .add("model", "model", recipe.model())
                .addHidden("parameters", recipe.parameters());
        recipe.parameters().forEach((name, text) -> report.line("    " + name + " = " + text));
        final Map<String, String> seeds = new LinkedHashMap<>();
        recipe.seeds().forEach((name, seed) -> seeds.put(name, Long.toUnsignedString(seed)));
        report.addHidden("seeds", seeds);
        seeds.forEach((name, seed) -> report.line("    seed " + name + " = " + seed));
        addInstruments(report, summary);
    }

    private static void addInstruments(final Report report, final Format2Summary summary) {
        final List<Instrument> instruments = summary.metadata().instruments();
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final Instrument instrument : instruments) {
            counts.put(instrument.symbol(), summary.instrumentCounts().getOrDefault(instrument.id(), 0L));
        }
        report.add("instruments", "instruments", counts, Integer.toString(instruments.size()));
        for (int i = 0; i < Math.min(MAX_SHOWN_INSTRUMENTS, instruments.size()); i++) {
            final Instrument instrument = instruments.get(i);
            report.line(String.format(
                    Locale.ROOT,
                    "    %5d %-8s tick %d/10,000  %,d records",
                    instrument.id(),
                    instrument.symbol(),
                    instrument.tickSize(),
                    counts.get(instrument.symbol())));
        }
        if (instruments.size() > MAX_SHOWN_INSTRUMENTS) {
            report.line("    ...");
        }
    }

    private static void addRecords(final Report report, final Format2Summary summary) {
        report.heading("records")
                .add("records", "records", summary.recordCount())
                .add(
                        "chunks",
                        "chunks",
                        summary.chunkCount(),
                        summary.chunkCount() + " of up to " + summary.chunkCapacity() + " records")
                .add("bytes", "bytes", summary.lengthBytes())
                .add("sections", "  of these", summary.sections(), sections(summary))
                .add("bytesPerEvent", "bytes per event", summary.bytesPerRecord())
                .add(
                        "compression",
                        "compression",
                        compression(summary),
                        String.format(Locale.ROOT, "%.2f : 1", compression(summary)))
                .add("contentHash", "content hash", summary.contentHash());
        if (summary.recordCount() > 0) {
            report.add(
                            "firstTimestampNs",
                            "earliest event",
                            summary.leastTimeNs(),
                            TimeOfDay.format(summary.leastTimeNs()))
                    .add(
                            "lastTimestampNs",
                            "latest event",
                            summary.greatestTimeNs(),
                            TimeOfDay.format(summary.greatestTimeNs()));
        }
        final Map<String, Long> mix = new LinkedHashMap<>();
        summary.eventCounts().forEach((type, count) -> mix.put(RecordTypeName.of(type), count));
        summary.itchCounts()
                .forEach((type, count) -> mix.put(type + " " + ItchMessageType.name((byte) (char) type), count));
        report.addHidden("eventMix", mix);
        mix.forEach((name, count) -> report.line(String.format(
                Locale.ROOT,
                "  %-40s  %,d (%.1f %%)",
                name,
                count,
                100.0 * count / Math.max(1, summary.recordCount()))));
    }

    private static String sections(final Format2Summary summary) {
        final Map<String, Long> sections = summary.sections();
        return String.format(
                Locale.ROOT,
                "header and metadata %,d; chunk headers %,d; columns %,d; index %,d",
                sections.get("metadata"),
                sections.get("chunkHeaders"),
                sections.get("columns"),
                sections.get("index"));
    }

    private static void addChunks(final Report report, final Format2Summary summary) {
        report.heading("chunks")
                .line(String.format(
                        Locale.ROOT,
                        "  %12s %9s %11s %8s  %-18s  %-18s %6s  %s",
                        "from record",
                        "records",
                        "bytes",
                        "B/event",
                        "earliest",
                        "latest",
                        "instr.",
                        "types"));
        final List<Object> chunks = new ArrayList<>();
        for (final Format2Chunk chunk : summary.chunks()) {
            final List<String> types = types(chunk, summary);
            final long instruments = summary.instrumentCounts().keySet().stream()
                    .filter(id -> id != 0 && chunk.contents().mayHaveInstrument(id))
                    .count();
            final Map<String, Object> values = new LinkedHashMap<>();
            values.put("offset", chunk.offset());
            values.put("bytes", chunk.lengthBytes());
            values.put("firstSequence", chunk.firstSequence());
            values.put("records", chunk.recordCount());
            values.put("leastTimestampNs", chunk.leastTimeNs());
            values.put("greatestTimestampNs", chunk.greatestTimeNs());
            values.put("instruments", instruments);
            values.put("types", types);
            chunks.add(values);
            report.line(String.format(
                    Locale.ROOT,
                    "  %,12d %,9d %,11d %8.2f  %-18s  %-18s %,6d  %s",
                    chunk.firstSequence(),
                    chunk.recordCount(),
                    chunk.lengthBytes(),
                    (double) chunk.lengthBytes() / chunk.recordCount(),
                    TimeOfDay.format(chunk.leastTimeNs()),
                    TimeOfDay.format(chunk.greatestTimeNs()),
                    instruments,
                    String.join(" ", types)));
        }
        report.addHidden("chunkList", chunks);
    }

    /** Of the types on the tape those that the index has for a chunk. */
    private static List<String> types(final Format2Chunk chunk, final Format2Summary summary) {
        final List<String> types = new ArrayList<>();
        summary.eventCounts().keySet().stream()
                .filter(type -> chunk.contents().mayHaveEventType(type))
                .forEach(type -> types.add(RecordTypeName.of(type)));
        summary.itchCounts().keySet().stream()
                .filter(type -> chunk.contents().mayHaveItchType(type))
                .forEach(type -> types.add(Character.toString(type)));
        return types;
    }

    private static double compression(final Format2Summary summary) {
        return summary.recordCount() == 0
                ? 1
                : (double) summary.recordCount() * EventSlotDescriptor.SLOT_LENGTH / summary.lengthBytes();
    }

    private static void addFirstRecords(final Report report, final Path file, final int records) throws IOException {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (EventSource source = JournalSource.open(file);
                CsvChannel out = new CsvChannel(Channels.newChannel(text))) {
            final CsvSink csv = new CsvSink(new RecordCsv(out, InstrumentTable.of(source.instruments())));
            int left = records;
            while (left > 0) {
                final int delivered = source.poll(csv, left);
                left = delivered == 0 ? 0 : left - delivered;
            }
        }
        final List<String> rows =
                text.toString(StandardCharsets.US_ASCII).lines().toList();
        report.addHidden("firstRecords", rows.subList(1, rows.size()));
        if (rows.size() > 1) {
            report.heading("first records");
            rows.forEach(row -> report.line("  " + row));
        }
    }

    /** One line for each tape of a data set, and the sums. */
    static Report describe(final Path path, final List<Tape> tapes, final Progress progress) throws IOException {
        final Report report = new Report().add("path", "data set", path.toString());
        final List<Map<String, Object>> sessions = new ArrayList<>();
        long records = 0;
        long bytes = 0;
        report.line(String.format(
                Locale.ROOT,
                "  %-16s %14s %14s %8s %12s  %s",
                "tape",
                "records",
                "bytes",
                "B/event",
                "instruments",
                "content hash"));
        for (final Tape tape : tapes) {
            final Format2Summary summary = Format2Summary.of(tape.file());
            records += summary.recordCount();
            bytes += summary.lengthBytes();
            progress.update(records, (double) (sessions.size() + 1) / tapes.size());
            sessions.add(Map.of(
                    "name", tape.name(),
                    "file", tape.file().toString(),
                    "records", summary.recordCount(),
                    "bytes", summary.lengthBytes(),
                    "contentHash", summary.contentHash()));
            report.line(String.format(
                    Locale.ROOT,
                    "  %-16s %,14d %,14d %8.2f %,12d  %s",
                    tape.name(),
                    summary.recordCount(),
                    summary.lengthBytes(),
                    summary.bytesPerRecord(),
                    summary.metadata().instruments().size(),
                    summary.contentHash()));
        }
        return report.addHidden("sessions", sessions)
                .add("sessionCount", "tapes", tapes.size())
                .add("records", "records", records)
                .add("bytes", "bytes", bytes)
                .add("bytesPerEvent", "bytes per event", records == 0 ? 0.0 : (double) bytes / records);
    }
}
