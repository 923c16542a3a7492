package io.tapedeck.engine.run;

import io.tapedeck.engine.pipeline.CountersFile;
import io.tapedeck.engine.pipeline.PipelineContext;
import io.tapedeck.engine.pipeline.RunListener;
import io.tapedeck.engine.pipeline.ThreadPins;
import io.tapedeck.engine.pipeline.WaitMode;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.session.ParallelWork;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SharedMarket;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.engine.session.TradingCalendar;
import io.tapedeck.journal.format2.Compression;
import io.tapedeck.journal.format2.Format2Descriptor;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.RunPlan;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.status.CountersManager;

/**
 * A run of the native simulator: order-level records of the trading days of all symbols, spread over units, in a data set
 * of journals of format 2. The manifest is written before the first record and after every day; the symbols' own records
 * do not depend on the number of units.
 *
 * <p>A run that is resumed begins with the day behind the last one in its manifest. Of that day every consumer gets all
 * records from the first on; the journal compares those that its tape has.
 *
 * <p>When the run is stopped, the day at work ends where it is: its tapes are closed in good order and in the manifest.
 */
public final class TapeRun {
    /** Name of the counters file of a run, where it is in the run's folder. */
    public static final String COUNTERS_FILE_NAME = "counters";

    /** Room for the ring, its consumers, a feed and the servers beside it. */
    private static final int COUNTERS_PER_UNIT = 256;

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    private final Context context;
    private final List<UnitRunner> runners = new ArrayList<>();
    private DataSetManifest manifest;

    private TapeRun(final Context context) {
        this.context = context;
    }

    /**
     * Does the whole run, one thread for each unit's producer and more for the consumers, and waits for them.
     *
     * @param context what to do; {@link Context#conclude} is called first.
     * @return what became of it.
     * @throws IllegalArgumentException   if the context is not coherent.
     * @throws FileAlreadyExistsException if the folder holds a run already, and the run is not forced.
     * @throws IOException                if a tape cannot be written; days that ended before are in the manifest.
     * @throws InterruptedException       if the calling thread was interrupted; the day at work has ended early.
     */
    public static TapeRunSummary run(final Context context) throws IOException, InterruptedException {
        context.conclude();
        return new TapeRun(context).run();
    }

    private TapeRunSummary run() throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        layOutUnits();
        if (context.resumed == null) {
            prepareFolder();
            manifest.write(context.outputDirectory);
        }
        context.openCounters();
        final List<UnitDayResult> results = new ArrayList<>();
        final ExecutorService executor = Executors.newFixedThreadPool(context.units);
        try {
            LocalDate date = nextDate();
            if (context.resumed != null) {
                requireNoWriter(date);
            }
            for (int day = manifest.days().size();
                    (context.days == 0 || day < context.days) && !context.isStopped();
                    day++) {
                results.addAll(runDay(executor, date));
                date = TradingCalendar.onOrAfter(date.plusDays(1));
            }
        } finally {
            executor.shutdown();
        }
        return new TapeRunSummary(results, context.stop.getAsBoolean(), System.nanoTime() - startNs);
    }

    private LocalDate nextDate() {
        final List<DataSetManifest.Day> days = manifest.days();
        return TradingCalendar.onOrAfter(
                days.isEmpty()
                        ? context.startDate
                        : days.get(days.size() - 1).date().plusDays(1));
    }

    /** Before anything is changed: units of a run that is alive may be on either side of the end of a day. */
    private void requireNoWriter(final LocalDate date) throws IOException {
        for (int unit = 0; unit < context.units; unit++) {
            Format2Writer.requireNoWriter(context.outputDirectory.resolve(DataSet.fileName(context.units, unit, date)));
        }
    }

    private void layOutUnits() {
        final SharedMarket market = new SharedMarket(context.parameters, new RandomStreams(context.seed));
        final List<DataSetManifest.Unit> units = new ArrayList<>();
        for (int unit = 0; unit < context.units; unit++) {
            final List<SymbolProducer> producers = new ArrayList<>();
            final List<Instrument> instruments = new ArrayList<>();
            final List<Integer> prices = new ArrayList<>();
            // Dealt out in turn, so that units are about equally busy whatever the order of the symbols.
            for (int i = unit; i < context.securities.size(); i += context.units) {
                final RunSecurity security = context.securities.get(i);
                producers.add(new SymbolProducer(i + 1, security.symbol(), market));
                instruments.add(new Instrument(
                        i + 1,
                        security.symbol(),
                        context.parameters.tickSize(),
                        Map.of("p0_ticks", Integer.toString(security.p0Ticks()))));
                prices.add(
                        context.resumed == null
                                ? security.p0Ticks()
                                : context.resumed.plan().openingPricesTicks().get(i));
            }
            units.add(new DataSetManifest.Unit(unit, instruments));
            runners.add(new UnitRunner(
                    context,
                    unit,
                    producers,
                    instruments,
                    prices.stream().mapToInt(Integer::intValue).toArray()));
        }
        if (context.resumed != null) {
            manifest = context.resumed;
            return;
        }
        final List<Integer> openingPricesTicks = new ArrayList<>();
        context.securities.forEach(security -> openingPricesTicks.add(security.p0Ticks()));
        final RunPlan plan = new RunPlan(
                context.startDate,
                context.days,
                context.chunkCapacity,
                context.compression.toString(),
                openingPricesTicks);
        manifest = new DataSetManifest(RunRecipe.of(context.parameters, context.seed), ZONE, units, plan, List.of());
    }

    private void prepareFolder() throws IOException {
        Files.createDirectories(context.outputDirectory);
        final Path manifestPath = context.outputDirectory.resolve(DataSetManifest.FILE_NAME);
        if (!context.isForced && Files.exists(manifestPath)) {
            throw new FileAlreadyExistsException(
                    manifestPath.toString(),
                    null,
                    "the folder holds a run; choose another one, or overwrite it with --force");
        }
    }

    private List<UnitDayResult> runDay(final ExecutorService executor, final LocalDate date)
            throws IOException, InterruptedException {
        final boolean isResumed = manifest == context.resumed;
        context.listener.onDayStart(date);
        final List<Future<UnitDayResult>> futures = new ArrayList<>();
        for (int unit = 0; unit < context.units; unit++) {
            final UnitRunner runner = runners.get(unit);
            final String fileName = DataSet.fileName(context.units, unit, date);
            final Path file = context.outputDirectory.resolve(fileName);
            futures.add(executor.submit(() -> runner.runDay(date, manifest, file, fileName, isResumed)));
        }
        final List<UnitDayResult> results = ParallelWork.await(futures, () -> context.hasFailed.set(true));
        final List<DataSetManifest.DayFile> files = new ArrayList<>();
        long records = 0;
        for (final UnitDayResult result : results) {
            files.add(result.entry());
            records += result.entry().recordCount();
        }
        manifest = manifest.with(new DataSetManifest.Day(date, files))
                .with(manifest.plan().withOpeningPrices(closingPricesTicks(results)));
        manifest.write(context.outputDirectory);
        for (final UnitDayResult result : results) {
            context.listener.onArtifact(result.file(), "journal", result.entry().lengthBytes());
        }
        context.listener.onDayEnd(date, records);
        return results;
    }

    /** By instrument id, which is how they were dealt out to the units. */
    private List<Integer> closingPricesTicks(final List<UnitDayResult> results) {
        final List<Integer> pricesTicks = new ArrayList<>();
        for (int i = 0; i < context.securities.size(); i++) {
            pricesTicks.add(results.get(i % context.units)
                    .symbols()
                    .get(i / context.units)
                    .closePriceTicks());
        }
        return pricesTicks;
    }

    /**
     * What a run is to do. Starts from the command line's defaults; {@link #conclude()} checks all of it once.
     *
     * <p><b>Note:</b> not to be changed while the run is at work.
     */
    public static final class Context {
        /** Records per full chunk where nothing else is asked for. */
        public static final int DEFAULT_CHUNK_CAPACITY = Format2Descriptor.DEFAULT_CHUNK_CAPACITY;

        /** The most units that a tape can tell apart. */
        public static final int MAX_UNITS = 100;

        private final AtomicBoolean hasFailed = new AtomicBoolean();
        private Path outputDirectory;
        private SessionParameters parameters = SessionParameters.DEFAULTS;
        private List<RunSecurity> securities = List.of();
        private long seed = 42;
        private int days = 5;
        private LocalDate startDate = LocalDate.of(2026, 1, 2);
        private int units = 1;
        private int chunkCapacity = DEFAULT_CHUNK_CAPACITY;
        private SyncPolicy syncPolicy = SyncPolicy.parse("none");
        private Compression compression = Compression.LZ4;
        private Pace pace = Pace.MAX;
        private long flushIntervalNs = TimeUnit.MILLISECONDS.toNanos(100);
        private WaitMode waitMode = WaitMode.YIELD;
        private int ringSize = PipelineContext.DEFAULT_RING_SIZE;
        private boolean isForced;
        private DataSetManifest resumed;
        private BooleanSupplier stop = () -> false;
        private RunListener listener = RunListener.NONE;
        private TapeRunListener progress = (unit, date, records, fraction) -> {};
        private UnitConsumers consumers = UnitConsumers.NONE;
        private ThreadPins pins = ThreadPins.NONE;
        private Path countersFile;
        private CountersManager counters;

        /**
         * Checks that everything is there and in range.
         *
         * @throws IllegalArgumentException naming what is wrong.
         */
        public void conclude() {
            if (outputDirectory == null) {
                throw new IllegalArgumentException("outputDirectory is not set");
            }
            if (securities.isEmpty()) {
                throw new IllegalArgumentException("a run needs a security");
            }
            if (days < 0) {
                throw new IllegalArgumentException("days must be 0, for no end, or more: days=" + days);
            }
            if (units < 1 || units > Math.min(MAX_UNITS, securities.size())) {
                throw new IllegalArgumentException("units must be 1 to " + Math.min(MAX_UNITS, securities.size())
                        + ", at most one for each security: units=" + units + ", securities=" + securities.size());
            }
            for (final RunSecurity security : securities) {
                if (security.symbol() == null) {
                    throw new IllegalArgumentException("a security needs a symbol");
                }
                parameters.toBuilder().p0Ticks(security.p0Ticks()).build();
            }
            TradingCalendar.onOrAfter(startDate);
        }

        /**
         * Sets where the run is written. Must be set.
         *
         * @param value a folder; created if it does not exist.
         * @return this.
         */
        public Context outputDirectory(final Path value) {
            outputDirectory = value;
            return this;
        }

        /**
         * Sets what all sessions are made from; {@link SessionParameters#DEFAULTS} if not set.
         *
         * @param value parameters; opening prices are the securities' own.
         * @return this.
         */
        public Context parameters(final SessionParameters value) {
            parameters = value;
            return this;
        }

        /**
         * Sets the securities. At least one must be set.
         *
         * @param value with distinct symbols; their order decides the instrument ids.
         * @return this.
         */
        public Context securities(final List<RunSecurity> value) {
            securities = List.copyOf(value);
            return this;
        }

        /**
         * Sets the seed of all random streams; 42 if not set.
         *
         * @param value any 64 bits.
         * @return this.
         */
        public Context seed(final long value) {
            seed = value;
            return this;
        }

        /**
         * Sets the number of trading days; 5 if not set.
         *
         * @param value 0 to go on until the run is stopped.
         * @return this.
         */
        public Context days(final int value) {
            days = value;
            return this;
        }

        /**
         * Sets from when on; 2026-01-02 if not set.
         *
         * @param value the first session is on this date or the first trading day after it.
         * @return this.
         */
        public Context startDate(final LocalDate value) {
            startDate = value;
            return this;
        }

        /**
         * Sets over how many units the securities are spread; 1 if not set.
         *
         * @param value 1 to the number of securities.
         * @return this.
         */
        public Context units(final int value) {
            units = value;
            return this;
        }

        /**
         * Sets the records per full chunk; {@link #DEFAULT_CHUNK_CAPACITY} if not set.
         *
         * @param value as the journal allows.
         * @return this.
         */
        public Context chunkCapacity(final int value) {
            chunkCapacity = value;
            return this;
        }

        /**
         * Sets when the journal forces its bytes to the disk; never if not set.
         *
         * @param value a policy.
         * @return this.
         */
        public Context syncPolicy(final SyncPolicy value) {
            syncPolicy = value;
            return this;
        }

        /**
         * Sets how the journal compresses its columns; {@link Compression#LZ4} if not set.
         *
         * @param value a compression.
         * @return this.
         */
        public Context compression(final Compression value) {
            compression = value;
            return this;
        }

        /**
         * Sets how fast the market's time goes by; as fast as possible if not set.
         *
         * @param value a pace.
         * @return this.
         */
        public Context pace(final Pace value) {
            pace = value;
            return this;
        }

        /**
         * Sets after what time a paced run closes an incomplete chunk; 100 ms if not set.
         *
         * @param value nanoseconds.
         * @return this.
         */
        public Context flushIntervalNs(final long value) {
            flushIntervalNs = value;
            return this;
        }

        /**
         * Sets how ring and consumers wait; yielding if not set.
         *
         * @param value a mode.
         * @return this.
         */
        public Context waitMode(final WaitMode value) {
            waitMode = value;
            return this;
        }

        /**
         * Sets the slots of each unit's ring; {@link PipelineContext#DEFAULT_RING_SIZE} if not set.
         *
         * @param value a power of two.
         * @return this.
         */
        public Context ringSize(final int value) {
            ringSize = value;
            return this;
        }

        /**
         * Sets whether an older run in the folder is overwritten; it is not if not set.
         *
         * @param value true to overwrite. Files that this run does not write stay.
         * @return this.
         */
        public Context force(final boolean value) {
            isForced = value;
            return this;
        }

        /** Sets the manifest of the run to go on with; all else is as it was when the run began. */
        Context resume(final DataSetManifest value) {
            resumed = value;
            return this;
        }

        /**
         * Sets the stop flag; never raised if not set.
         *
         * @param value asked every few thousand records, on every producer's thread; once true it stays true.
         * @return this.
         */
        public Context stop(final BooleanSupplier value) {
            stop = value;
            return this;
        }

        /**
         * Sets who hears of days, artifacts and failures; nobody if not set.
         *
         * @param value a listener.
         * @return this.
         */
        public Context listener(final RunListener value) {
            listener = value;
            return this;
        }

        /**
         * Sets who hears how far the run has come; nobody if not set.
         *
         * @param value a listener.
         * @return this.
         */
        public Context progress(final TapeRunListener value) {
            progress = value;
            return this;
        }

        /**
         * Sets who consumes the records beside the journal; nobody if not set.
         *
         * @param value adds them to every unit's day.
         * @return this.
         */
        public Context consumers(final UnitConsumers value) {
            consumers = value;
            return this;
        }

        /**
         * Sets which threads run on which CPUs; wherever the kernel likes if not set.
         *
         * @param value pins of the producers and the consumers' threads; others may be in it.
         * @return this.
         */
        public Context pins(final ThreadPins value) {
            pins = value;
            return this;
        }

        /**
         * Sets where the counters of all pipelines are kept, for whoever looks from outside; in memory if not set. The
         * file is made when the run's folder is known to be free, in place of an earlier one, and stays.
         *
         * @param value a file, for example {@value TapeRun#COUNTERS_FILE_NAME} in the run's folder.
         * @return this.
         */
        public Context countersFile(final Path value) {
            countersFile = value;
            return this;
        }

        void openCounters() throws IOException {
            if (countersFile != null) {
                counters = CountersFile.create(countersFile, units * COUNTERS_PER_UNIT);
            }
        }

        ThreadPins pins() {
            return pins;
        }

        PipelineContext newPipeline(final String unitName) {
            return new PipelineContext()
                    .unit(unitName)
                    .ringSize(ringSize)
                    .waitMode(waitMode)
                    .counters(counters)
                    .runListener(listener);
        }

        boolean isStopped() {
            return hasFailed.get() || stop.getAsBoolean();
        }

        SessionParameters parameters() {
            return parameters;
        }

        int units() {
            return units;
        }

        int chunkCapacity() {
            return chunkCapacity;
        }

        SyncPolicy syncPolicy() {
            return syncPolicy;
        }

        Compression compression() {
            return compression;
        }

        Pace pace() {
            return pace;
        }

        long flushIntervalNs() {
            return pace.isPaced() ? flushIntervalNs : Long.MAX_VALUE;
        }

        boolean isForced() {
            return isForced;
        }

        TapeRunListener progress() {
            return progress;
        }

        UnitConsumers consumers() {
            return consumers;
        }
    }
}
