package io.tapedeck.engine.importer;

import io.tapedeck.engine.exporter.ItchFileSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.journal.manifest.Recipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** What the command line does with importers and exporters, for tests. */
final class Imported {
    static final LocalDate DATE = LocalDate.of(2019, 12, 30);
    static final Recipe RECIPE = new Recipe("test", "1", "import", Map.of(), Map.of());

    private Imported() {}

    /** Imports one ITCH file and gives the tape. */
    static Path itch(final Path file, final Path folder) throws IOException {
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(file);
        final DataSetRecorder recorder =
                DataSetRecorder.create(folder, RECIPE, ZoneId.of("America/New_York"), instruments.instruments(), true);
        try (ItchSource source = ItchSource.open(file, DATE, instruments.instruments(), facts)) {
            recorder.record(
                    source, DATE, Map.of("endMark", Boolean.toString(facts.hasEndMark())), Map.of(), count -> {});
        }
        return folder.resolve(DATE + ".qrsdp");
    }

    /** Exports a tape as an ITCH file. */
    static byte[] itchBytes(final Path tape) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JournalSource source = JournalSource.open(tape);
                ItchFileSink sink =
                        new ItchFileSink(Channels.newChannel(bytes), InstrumentTable.of(source.instruments()))) {
            Replay.run(source, sink, count -> {});
            if (Boolean.parseBoolean(source.metadata().recipe().parameters().get("endMark"))) {
                sink.writeEndMark();
            }
        }
        return bytes.toByteArray();
    }

    /** Plays a source to its end and counts. */
    static long count(final EventSource source) throws IOException {
        return Replay.run(source, (slots, low, high) -> {}, count -> {});
    }
}
