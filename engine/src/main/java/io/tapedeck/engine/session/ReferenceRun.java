package io.tapedeck.engine.session;

import io.tapedeck.journal.manifest.ReferenceManifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A run of the reference model: sessions of consecutive weekdays for one or several securities, each in a file of
 * journal format 1, and a manifest.
 *
 * <pre>
 *   run directory
 *     manifest.json            written anew, as a whole, after every session
 *     DATE.qrsdp               the nameless security
 *     SYMBOL/DATE.qrsdp        or named ones
 * </pre>
 *
 * <p>A security's days follow each other, each opening at the close of the day before. Securities share nothing and run
 * on as many threads as there are processors; what is written does not depend on their scheduling.
 *
 * <p>When the run is stopped, every session at work ends early: its file is closed in good order and named in the
 * manifest.
 */
public final class ReferenceRun {
    private static final int MAX_NAMED_FILES = 3;

    private final Context context;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    private ReferenceRun(final Context context) {
        this.context = context;
    }

    /**
     * Does the whole run on threads of its own, and waits for them.
     *
     * @param context what to do; {@link Context#conclude} is called first.
     * @return what became of it.
     * @throws IllegalArgumentException   if the context is not coherent.
     * @throws FileAlreadyExistsException naming files that the run would overwrite, if it is not forced to.
     * @throws IOException                if a file cannot be written; sessions that ended before are in the manifest.
     * @throws InterruptedException       if the calling thread was interrupted; the sessions at work have ended early.
     */
    public static RunSummary run(final Context context) throws IOException, InterruptedException {
        context.conclude();
        return new ReferenceRun(context).run();
    }

    private RunSummary run() throws IOException, InterruptedException {
        final long startNs = System.nanoTime();
        prepareDirectory();
        final RunManifest manifest = new RunManifest(context);
        final int threads =
                Math.min(context.securities.size(), Runtime.getRuntime().availableProcessors());
        final ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            final List<Future<Void>> futures = new ArrayList<>();
            for (int i = 0; i < context.securities.size(); i++) {
                final SecurityRun securityRun = new SecurityRun(context, i, manifest, this::isStopped);
                futures.add(executor.submit(() -> {
                    runSecurity(securityRun);
                    return null;
                }));
            }
            ParallelWork.await(futures, () -> hasFailed.set(true));
        } finally {
            executor.shutdown();
        }
        return new RunSummary(manifest.summaries(), System.nanoTime() - startNs, context.stop.getAsBoolean());
    }

    private boolean isStopped() {
        return hasFailed.get() || context.stop.getAsBoolean();
    }

    private void runSecurity(final SecurityRun securityRun) throws IOException {
        boolean isDone = false;
        try {
            securityRun.run();
            isDone = true;
        } finally {
            if (!isDone) {
                hasFailed.set(true);
            }
        }
    }

    private void prepareDirectory() throws IOException {
        Files.createDirectories(context.outputDirectory);
        final Path manifestPath = context.outputDirectory.resolve(ReferenceManifest.FILE_NAME);
        if (context.isForced) {
            // An old manifest must not stand over new files if this run ends in a crash.
            Files.deleteIfExists(manifestPath);
        } else {
            refuseToOverwrite(manifestPath);
        }
        for (final RunSecurity security : context.securities) {
            Files.createDirectories(context.directory(security));
        }
    }

    private void refuseToOverwrite(final Path manifestPath) throws FileAlreadyExistsException {
        final List<Path> existing = new ArrayList<>();
        if (Files.exists(manifestPath)) {
            existing.add(manifestPath);
        }
        for (final RunSecurity security : context.securities) {
            final SessionCalendar calendar = new SessionCalendar(context.startDate);
            // Of a run without an end only the first file can be foreseen; a later one is refused when its day comes.
            for (int day = 0; day < Math.max(1, context.days) && existing.size() <= MAX_NAMED_FILES; day++) {
                final Path file = context.file(security, calendar.date());
                if (Files.exists(file)) {
                    existing.add(file);
                }
                calendar.advance();
            }
        }
        if (!existing.isEmpty()) {
            final String names = existing.subList(0, Math.min(existing.size(), MAX_NAMED_FILES)).stream()
                    .map(context.outputDirectory::relativize)
                    .map(Path::toString)
                    .reduce((left, right) -> left + ", " + right)
                    .orElseThrow();
            throw new FileAlreadyExistsException(
                    context.outputDirectory.toString(),
                    null,
                    "the run would overwrite " + names + (existing.size() > MAX_NAMED_FILES ? " and more" : "")
                            + "; choose another directory or force it");
        }
    }

    /**
     * What a run is to do. Starts from the command line's defaults; {@link #conclude()} checks all of it once.
     *
     * <p><b>Note:</b> not to be changed while the run is at work.
     */
    public static final class Context {
        private Path outputDirectory;
        private SessionParameters parameters = SessionParameters.DEFAULTS;
        private List<RunSecurity> securities = List.of();
        private long baseSeed = 42;
        private int days = 5;
        private String startDate = "2026-01-02";
        private int chunkCapacity;
        private boolean isForced;
        private BooleanSupplier stop = () -> false;
        private SessionListener listener = SessionListener.NONE;

        /**
         * Checks that everything is there and in range. A run without securities gets the nameless one.
         *
         * @throws IllegalArgumentException naming what is wrong.
         */
        public void conclude() {
            if (outputDirectory == null) {
                throw new IllegalArgumentException("outputDirectory is not set");
            }
            if (days < 0) {
                throw new IllegalArgumentException("days must be 0, for no end, or more: days=" + days);
            }
            if (chunkCapacity < 0) {
                throw new IllegalArgumentException("chunkCapacity must be 0, for "
                        + SessionRecorder.DEFAULT_CHUNK_CAPACITY + ", or more: chunkCapacity=" + chunkCapacity);
            }
            chunkCapacity = chunkCapacity == 0 ? SessionRecorder.DEFAULT_CHUNK_CAPACITY : chunkCapacity;
            if (securities.isEmpty()) {
                securities = List.of(new RunSecurity(null, parameters.p0Ticks()));
            }
            final Set<String> symbols = new HashSet<>();
            for (final RunSecurity security : securities) {
                parameters.toBuilder().p0Ticks(security.p0Ticks()).build();
                if (!symbols.add(security.symbol())) {
                    throw new IllegalArgumentException("a symbol may occur once: symbol=" + security.symbol());
                }
                if (ReferenceManifest.FILE_NAME.equals(security.symbol())) {
                    throw new IllegalArgumentException("a symbol may not be the manifest's name: " + security.symbol());
                }
            }
            ReferenceSession.requireReference(parameters);
            // These check dates, symbols and file header themselves; better now than after the first day.
            new SessionCalendar(startDate);
            RunManifest.empty(this);
            SessionRecorder.header(parameters, chunkCapacity, baseSeed, parameters.p0Ticks());
        }

        /**
         * Sets where the run is written. Must be set.
         *
         * @param value a directory; created if it does not exist.
         * @return this.
         */
        public Context outputDirectory(final Path value) {
            outputDirectory = value;
            return this;
        }

        /**
         * Sets what all sessions are made from; {@link SessionParameters#DEFAULTS} if not set.
         *
         * @param value parameters; their opening price serves the nameless security.
         * @return this.
         */
        public Context parameters(final SessionParameters value) {
            parameters = value;
            return this;
        }

        /**
         * Sets the named securities; if not set or empty there is one without a name.
         *
         * @param value in the order that decides their seeds.
         * @return this.
         */
        public Context securities(final List<RunSecurity> value) {
            securities = List.copyOf(value);
            return this;
        }

        /**
         * Sets the seed from which {@link SessionSeeds#sequential} derives all others; 42 if not set.
         *
         * @param value any 64 bits.
         * @return this.
         */
        public Context baseSeed(final long value) {
            baseSeed = value;
            return this;
        }

        /**
         * Sets the number of days; 5 if not set.
         *
         * @param value 0 to go on until the run is stopped.
         * @return this.
         */
        public Context days(final int value) {
            days = value;
            return this;
        }

        /**
         * Sets the first day; 2026-01-02 if not set.
         *
         * @param value {@code yyyy-mm-dd}; used as it is, even if it is no weekday.
         * @return this.
         */
        public Context startDate(final String value) {
            startDate = value;
            return this;
        }

        /**
         * Sets the records per full chunk of the files; 4,096 if not set.
         *
         * @param value in records; 0 means 4,096.
         * @return this.
         */
        public Context chunkCapacity(final int value) {
            chunkCapacity = value;
            return this;
        }

        /**
         * Sets whether files that exist are overwritten; they are not if not set.
         *
         * @param value true to overwrite. Files of an older run that this one does not write stay.
         * @return this.
         */
        public Context force(final boolean value) {
            isForced = value;
            return this;
        }

        /**
         * Sets the stop flag; never raised if not set.
         *
         * @param value asked every few hundred events, on every thread; once true it stays true.
         * @return this.
         */
        public Context stop(final BooleanSupplier value) {
            stop = value;
            return this;
        }

        /**
         * Sets who hears how the run goes on; nobody if not set.
         *
         * @param value called on the threads that generate.
         * @return this.
         */
        public Context listener(final SessionListener value) {
            listener = value;
            return this;
        }

        Path outputDirectory() {
            return outputDirectory;
        }

        SessionParameters parameters() {
            return parameters;
        }

        List<RunSecurity> securities() {
            return securities;
        }

        long baseSeed() {
            return baseSeed;
        }

        int days() {
            return days;
        }

        String startDate() {
            return startDate;
        }

        int chunkCapacity() {
            return chunkCapacity;
        }

        boolean isForced() {
            return isForced;
        }

        SessionListener listener() {
            return listener;
        }

        Path directory(final RunSecurity security) {
            return security.symbol() == null ? outputDirectory : outputDirectory.resolve(security.symbol());
        }

        Path file(final RunSecurity security, final String date) {
            return directory(security).resolve(date + ".qrsdp");
        }
    }
}
