package io.tapedeck.engine.run;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.mold.SessionName;
import io.tapedeck.engine.pipeline.ConsumerReport;
import io.tapedeck.engine.pipeline.CpuPinning;
import io.tapedeck.engine.pipeline.EventPipeline;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.pipeline.PipelineReport;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.engine.session.UnitProducer;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/** Produces the days of one unit, each through a ring of its own. <b>Note:</b> belongs to one thread at a time. */
final class UnitRunner {
    private static final String JOURNAL = "journal";
    private static final String PRODUCER = "producer";
    private static final long DRAIN_GRACE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PACED_WAIT_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long PROGRESS_INTERVAL_RECORDS = 1 << 16;

    private final TapeRun.Context context;
    private final int unit;
    private final List<SymbolProducer> producers;
    private final List<Instrument> instruments;
    private final int[] openingPricesTicks;

    UnitRunner(
            final TapeRun.Context context,
            final int unit,
            final List<SymbolProducer> producers,
            final List<Instrument> instruments,
            final int[] openingPricesTicks) {
        this.context = context;
        this.unit = unit;
        this.producers = producers;
        this.instruments = instruments;
        this.openingPricesTicks = openingPricesTicks;
    }

    /** Runs a day; its tape is closed when this returns, whatever its consumers did. */
    UnitDayResult runDay(
            final LocalDate date,
            final DataSetManifest manifest,
            final Path file,
            final String fileName,
            final boolean isResumed)
            throws IOException {
        Thread.currentThread().setName("tapedeck-u" + unit + "-" + PRODUCER);
        final UnitDay day = new UnitDay(
                unit, context.units(), date, SessionName.of(date, unit).toString(), instruments, file);
        final Format2Writer writer = openTape(day, manifest, file, isResumed);
        final PipelineContext pipelineContext =
                context.newPipeline("u" + unit).gating(JOURNAL, new JournalConsumer(writer, context.flushIntervalNs()));
        try {
            context.consumers().addTo(pipelineContext, day);
            pipelineContext.pin(context.pins(), unit);
        } catch (final IOException | RuntimeException ex) {
            writer.close();
            throw ex;
        }
        final NanoClock clock = pipelineContext.nanoClock();
        final long startNs = clock.nanoTime();
        final EventPipeline pipeline = new EventPipeline(pipelineContext).start();
        final UnitProducer producer = new UnitProducer(producers, pipeline.producer());
        final PipelineReport report;
        try {
            // Pinned once the consumers have their threads: a thread starts where the one that makes it may run.
            CpuPinning.runPinned(context.pins().cpu(unit, PRODUCER), pipelineContext.runListener(), () -> {
                produceAgain(producer, date, writer.resumedSequence());
                produce(producer, date, clock);
            });
        } finally {
            report = pipeline.drainAndClose(DRAIN_GRACE_NS);
        }
        requireJournal(report, file);
        return result(day, file, fileName, writer, producer, report, clock.nanoTime() - startNs);
    }

    private Format2Writer openTape(
            final UnitDay day, final DataSetManifest manifest, final Path file, final boolean isResumed)
            throws IOException {
        Files.createDirectories(file.getParent());
        final var metadata = manifest.sessionMetadata(day.date(), unit, day.sessionName());
        final int chunkCapacity = context.chunkCapacity();
        if (isResumed) {
            return Format2Writer.resume(file, metadata, chunkCapacity, context.syncPolicy(), context.compression());
        }
        return context.isForced()
                ? Format2Writer.replace(file, metadata, chunkCapacity, context.syncPolicy(), context.compression())
                : Format2Writer.create(file, metadata, chunkCapacity, context.syncPolicy(), context.compression());
    }

    /** Opens the day, and makes what the tape has: without waiting, and without a stop, which would end the day there. */
    private void produceAgain(final UnitProducer producer, final LocalDate date, final long lastSequence) {
        producer.open(date, openingPricesTicks);
        while (producer.sequence() < lastSequence && !producer.isClosed()) {
            producer.produce(Long.MAX_VALUE);
        }
    }

    private void produce(final UnitProducer producer, final LocalDate date, final NanoClock clock) {
        final long startNs = clock.nanoTime();
        final long fromNs = producer.nowNs();
        final long openNs = producers.get(0).marketOpenNs();
        final double lengthNs = context.parameters().sessionSeconds() * 1e9;
        long nextProgress = producer.sequence() + PROGRESS_INTERVAL_RECORDS;
        while (!producer.isClosed()) {
            if (context.isStopped()) {
                producer.close();
                break;
            }
            final long marketNs = context.pace().marketNs(fromNs, startNs, clock);
            if (producer.produce(marketNs) == 0 && producer.nowNs() >= marketNs) {
                LockSupport.parkNanos(PACED_WAIT_NS);
            }
            if (producer.sequence() >= nextProgress) {
                context.progress().onProgress(unit, date, producer.sequence(), (producer.nowNs() - openNs) / lengthNs);
                nextProgress += PROGRESS_INTERVAL_RECORDS;
            }
        }
    }

    /** A run without its tape is no run; any other consumer may fail and is reported. */
    private static void requireJournal(final PipelineReport report, final Path file) throws IOException {
        for (final ConsumerReport consumer : report.consumers()) {
            if (consumer.name().equals(JOURNAL) && consumer.ending() != ConsumerReport.Ending.DRAINED) {
                final Throwable failure = consumer.failure();
                if (failure instanceof CorruptDataException) {
                    throw (CorruptDataException) failure;
                }
                if (failure instanceof UncheckedIOException) {
                    throw ((UncheckedIOException) failure).getCause();
                }
                throw new IOException(file + ": the journal did not take every record: " + consumer, failure);
            }
        }
    }

    private UnitDayResult result(
            final UnitDay day,
            final Path file,
            final String fileName,
            final Format2Writer writer,
            final UnitProducer producer,
            final PipelineReport report,
            final long elapsedNs)
            throws IOException {
        final List<UnitDayResult.SymbolResult> symbols = new ArrayList<>();
        for (int i = 0; i < producers.size(); i++) {
            final SymbolProducer symbol = producers.get(i);
            symbols.add(new UnitDayResult.SymbolResult(
                    instruments.get(i).symbol(),
                    openingPricesTicks[i],
                    symbol.closePriceTicks(),
                    symbol.eventCount(),
                    symbol.moveCount()));
            openingPricesTicks[i] = symbol.closePriceTicks();
        }
        final DataSetManifest.DayFile entry = new DataSetManifest.DayFile(
                unit, fileName, day.sessionName(), writer.lastSequence(), Files.size(file), writer.contentHash());
        return new UnitDayResult(
                day,
                file,
                entry,
                symbols,
                report,
                producer.nowNs() >= producers.get(0).marketCloseNs(),
                elapsedNs);
    }
}
