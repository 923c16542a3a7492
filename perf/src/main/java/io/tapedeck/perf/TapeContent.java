package io.tapedeck.perf;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.importer.ItchFileFacts;
import io.tapedeck.engine.importer.ItchInstruments;
import io.tapedeck.engine.importer.ItchSource;
import io.tapedeck.engine.replay.SourceState;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** What journals of format 2 are measured with, and what a record of each may take of a file. */
enum TapeContent {
    /** One symbol, a whole day. */
    SIMULATED(4.5) {
        @Override
        Path record(final TemporaryRun run, final Path data) throws IOException, InterruptedException {
            return run.run(UnitConsumers.NONE).days().get(0).file();
        }
    },
    /** 50 symbols in one unit, 20 minutes. */
    FIFTY_SYMBOLS(5.0) {
        @Override
        Path record(final TemporaryRun run, final Path data) throws IOException, InterruptedException {
            return run.run(50, 1_200).days().get(0).file();
        }
    },
    /** The real hour one hundred and ten times, with fresh ids, one hour after the other. */
    AAPL(6.0) {
        @Override
        Path record(final TemporaryRun run, final Path data) throws IOException {
            final Path file = run.folder().resolve("aapl.qrsdp");
            repeat(Workloads.aaplHour(data), file, 110);
            return file;
        }
    };

    private static final int BATCH = 256;
    private static final int SLOTS = 1 << 17;

    private final double maxBytesPerRecord;

    TapeContent(final double maxBytesPerRecord) {
        this.maxBytesPerRecord = maxBytesPerRecord;
    }

    /** Makes the tape. */
    abstract Path record(TemporaryRun run, Path data) throws IOException, InterruptedException;

    /** Requires that the tape is as small as it has to be. */
    void requireSize(final long bytes, final long records) {
        Workload.require(
                bytes <= maxBytesPerRecord * records,
                (double) bytes / records + " bytes a record, must be at most " + maxBytesPerRecord);
    }

    private static void repeat(final Path itch, final Path file, final int times) throws IOException {
        final LocalDate date = LocalDate.of(2012, 6, 21);
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(itch);
        final SlotArray hour = new SlotArray(SLOTS);
        final SessionMetadata metadata = new SessionMetadata(
                date,
                ZoneOffset.UTC,
                0,
                "BENCH",
                new Recipe("bench", "1", "AAPL", Map.of(), Map.of()),
                instruments.instruments());
        try (ItchSource source = ItchSource.open(itch, date, instruments.instruments(), facts);
                Format2Writer writer = Format2Writer.create(
                        file, metadata, Format2Descriptor.DEFAULT_CHUNK_CAPACITY, SyncPolicy.parse("none"))) {
            final RepeatedRecords records = new RepeatedRecords(hour);
            while (source.state() != SourceState.ENDED) {
                source.poll(records, BATCH);
            }
            for (int time = 0; time < times; time++) {
                records.append(writer, time);
            }
        }
    }
}
