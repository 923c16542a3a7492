package io.tapedeck.perf;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.perf.Format2ReadWorkload.Way;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that can be measured, by name. */
enum Workloads {
    REFERENCE_SIMPLE("reference generator, simple model, 1 symbol, no output", "events") {
        @Override
        Workload create(final Path data) {
            return new GenerateWorkload(SimpleImbalanceParameters.DEFAULTS, 1_689_650, 10_128);
        }
    },
    REFERENCE_QUEUE_REACTIVE("reference generator, queue-reactive model, 1 symbol, no output", "events") {
        @Override
        Workload create(final Path data) {
            return new GenerateWorkload(QueueReactiveCurves.defaults(5), 1_610_699, 9_966);
        }
    },
    NATIVE_SIMPLE("native generator, simple model, 1 symbol, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(SessionParameters.DEFAULTS, 1);
        }
    },
    NATIVE_QUEUE_REACTIVE("native generator, queue-reactive model, 1 symbol, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(queueReactive(), 1);
        }
    },
    NATIVE_HAWKES("native generator, simple model, excitation and activity, 1 symbol, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(hawkes(SessionParameters.DEFAULTS), 1);
        }
    },
    NATIVE_FACTOR("native generator, simple model, market factor, 1 symbol, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(factor(SessionParameters.DEFAULTS), 1);
        }
    },
    NATIVE_EVERYTHING(
            "native generator, queue-reactive model, excitation, activity and factor, 1 symbol, records into slots",
            "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(factor(hawkes(queueReactive())), 1);
        }
    },
    NATIVE_REFERENCE_PRICE(
            "native generator, France Telecom around a reference price, 1 symbol, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            // A stock of some six events a second: ten of its days have about as many as one of the others.
            return new NativeWorkload(seconds(franceTelecom(), 240_000), 1);
        }
    },
    NATIVE_ORDER_SIZES(
            "native generator, simple model, lognormal order sizes, 1 symbol, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(
                    SessionParameters.builder()
                            .orderSizes(OrderSizeLaw.parse("lognormal:300,0.8"))
                            .build(),
                    1);
        }
    },
    NATIVE_100_SYMBOLS("native generator, simple model, 100 symbols in one unit, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(seconds(SessionParameters.DEFAULTS, 600), 100);
        }
    },
    NATIVE_500_SYMBOLS("native generator, simple model, 500 symbols in one unit, records into slots", "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(seconds(SessionParameters.DEFAULTS, 120), 500);
        }
    },
    NATIVE_500_SYMBOLS_EVERYTHING(
            "native generator, simple model, excitation, activity and factor, 500 symbols in one unit, records into slots",
            "records") {
        @Override
        Workload create(final Path data) {
            return new NativeWorkload(seconds(factor(hawkes(SessionParameters.DEFAULTS)), 120), 500);
        }
    },
    RUN_JOURNAL("generate and journal through the ring, 1 symbol", "records", Clock.WALL, false) {
        @Override
        Workload create(final Path data) throws Exception {
            return new RunWorkload(false);
        }
    },
    RUN_JOURNAL_FEED("generate, journal and publish on loopback multicast, 1 symbol", "records", Clock.WALL, false) {
        @Override
        Workload create(final Path data) throws Exception {
            return new RunWorkload(true);
        }
    },
    FORMAT2_WRITE("journal format 2, append, hash, pack, compress and write, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2WriteWorkload(TapeContent.SIMULATED, data);
        }
    },
    FORMAT2_WRITE_50_SYMBOLS(
            "journal format 2, append, hash, pack, compress and write, 50 simulated symbols", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2WriteWorkload(TapeContent.FIFTY_SYMBOLS, data);
        }
    },
    FORMAT2_WRITE_AAPL(
            "journal format 2, append, hash, pack, compress and write, real AAPL hour x 110",
            "records",
            Clock.THREAD,
            true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2WriteWorkload(TapeContent.AAPL, data);
        }
    },
    FORMAT2_STAGES_HASH("journal format 2, encoding up to a stage, check and hash, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2StagesWorkload(TapeContent.SIMULATED, Format2StagesWorkload.Stage.HASH, data);
        }
    },
    FORMAT2_STAGES_EXAMINE("journal format 2, encoding up to a stage, check, hash, examine, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2StagesWorkload(TapeContent.SIMULATED, Format2StagesWorkload.Stage.EXAMINE, data);
        }
    },
    FORMAT2_STAGES_PACK(
            "journal format 2, encoding up to a stage, check, hash, examine, pack, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2StagesWorkload(TapeContent.SIMULATED, Format2StagesWorkload.Stage.PACK, data);
        }
    },
    FORMAT2_STAGES_ASSEMBLE("journal format 2, encoding up to a stage, all but the file, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2StagesWorkload(TapeContent.SIMULATED, Format2StagesWorkload.Stage.ASSEMBLE, data);
        }
    },
    FORMAT2_READ("journal format 2, check, decode and hand over batches, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.SIMULATED, Way.BATCHES, data);
        }
    },
    FORMAT2_READ_50_SYMBOLS("journal format 2, check, decode and hand over batches, 50 simulated symbols", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.FIFTY_SYMBOLS, Way.BATCHES, data);
        }
    },
    FORMAT2_READ_AAPL(
            "journal format 2, check, decode and hand over batches, real AAPL hour x 110",
            "records",
            Clock.THREAD,
            true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.AAPL, Way.BATCHES, data);
        }
    },
    FORMAT2_EVENTS("journal format 2, a handler called inside the decoding loop, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.SIMULATED, Way.EVENTS, data);
        }
    },
    FORMAT2_EVENTS_50_SYMBOLS(
            "journal format 2, a handler called inside the decoding loop, 50 simulated symbols", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.FIFTY_SYMBOLS, Way.EVENTS, data);
        }
    },
    FORMAT2_EVENTS_AAPL(
            "journal format 2, a handler called inside the decoding loop, real AAPL hour x 110",
            "records",
            Clock.THREAD,
            true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.AAPL, Way.EVENTS, data);
        }
    },
    FORMAT2_TIMES("journal format 2, times alone, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.SIMULATED, Way.TIMES, data);
        }
    },
    FORMAT2_ONE_OF_50("journal format 2, one of 50 simulated symbols, of all records", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format2ReadWorkload(TapeContent.FIFTY_SYMBOLS, Way.ONE_INSTRUMENT, data);
        }
    },
    LZ4_ROWS("LZ4 alone, the same records as rows of 26 bytes, simulated day", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Lz4RowsWorkload(TapeContent.SIMULATED, data);
        }
    },
    REPLAY_SCAN("replay pipeline to a sum over every record", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new ReplayWorkload(ReplayWorkload.Kind.SCAN);
        }
    },
    REPLAY_BOOK("replay pipeline into the order-level book", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new ReplayWorkload(ReplayWorkload.Kind.BOOK);
        }
    },
    REPLAY_BOOK_IN_LOOP("journal into the order-level book from inside the decode loop", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new ReplayWorkload(ReplayWorkload.Kind.BOOK_IN_LOOP);
        }
    },
    REPLAY_FEATURES("replay pipeline to seven features, a row at each change of the touch, discarded", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new ReplayWorkload(ReplayWorkload.Kind.FEATURES);
        }
    },
    REPLAY_CSV("replay pipeline, filter by type, CSV text of all columns, discarded", "rows") {
        @Override
        Workload create(final Path data) throws Exception {
            return new ReplayWorkload(ReplayWorkload.Kind.CSV);
        }
    },
    REPLAY_SEEK("open a tape, first record at a random time", "seeks") {
        @Override
        Workload create(final Path data) throws Exception {
            return new ReplaySeekWorkload(TapeContent.SIMULATED, data);
        }
    },
    FORMAT1_WRITE("journal format 1, append, compress and write", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format1WriteWorkload();
        }
    },
    FORMAT1_READ("journal format 1, decompress and hand over every record", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format1ReadWorkload();
        }
    },
    FORMAT1_BOOK("journal format 1 to the book of counts, every state hashed", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format1BookWorkload();
        }
    },
    FORMAT1_CSV("journal format 1 to CSV text, discarded", "rows") {
        @Override
        Workload create(final Path data) throws Exception {
            return new Format1CsvWorkload();
        }
    },
    ITCH_ENCODE("ITCH encode and MoldUDP64 framing, no socket", "messages") {
        @Override
        Workload create(final Path data) {
            return new ItchEncodeWorkload();
        }
    },
    PUBLISH_NOTHING("records to ITCH in MoldUDP64 packets, no socket, 1 symbol", "messages") {
        @Override
        Workload create(final Path data) throws Exception {
            return new PublishWorkload(PublishWorkload.Way.NOTHING);
        }
    },
    PUBLISH_WIRE(
            "records to ITCH packets on loopback, encoding and sending side by side", "packets", Clock.WALL, false) {
        @Override
        Workload create(final Path data) throws Exception {
            return new PublishWorkload(PublishWorkload.Way.WIRE);
        }
    },
    BARE_WIRE("the same packets, made before, through a bare channel", "packets", Clock.WALL, false) {
        @Override
        Workload create(final Path data) throws Exception {
            return new PublishWorkload(PublishWorkload.Way.BARE_CHANNEL);
        }
    },
    RECOVER_RECENT("messages asked for again, all of them recent", "messages", Clock.WALL, false) {
        @Override
        Workload create(final Path data) throws Exception {
            return new RecoveryWorkload(RecoveryWorkload.Place.RECENT);
        }
    },
    RECOVER_JOURNAL("messages asked for again, all of them in the journal alone", "messages", Clock.WALL, false) {
        @Override
        Workload create(final Path data) throws Exception {
            return new RecoveryWorkload(RecoveryWorkload.Place.JOURNAL);
        }
    },
    SNAPSHOT_PAUSE_10K("books for snapshots, 10,000 orders of 500 symbols, a snapshot all the time", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new SnapshotPauseWorkload(10_000, 500);
        }
    },
    SNAPSHOT_PAUSE_100K("books for snapshots, 100,000 orders of 500 symbols, a snapshot all the time", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new SnapshotPauseWorkload(100_000, 500);
        }
    },
    SNAPSHOT_PAUSE_1M("books for snapshots, 1,000,000 orders of 500 symbols, a snapshot all the time", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new SnapshotPauseWorkload(1_000_000, 500);
        }
    },
    SNAPSHOT_PAUSE_ONE_BOOK("books for snapshots, 100,000 orders of 1 symbol, a snapshot all the time", "records") {
        @Override
        Workload create(final Path data) throws Exception {
            return new SnapshotPauseWorkload(100_000, 1);
        }
    },
    COUNTERS("counters of packets, messages and bytes in a counters file", "updates") {
        @Override
        Workload create(final Path data) throws Exception {
            return new CountersWorkload();
        }
    },
    ITCH_DECODE("ITCH decode, real AAPL hour, every field of the book messages read", "messages", Clock.THREAD, true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new ItchDecodeWorkload(data);
        }
    },
    BOOK_UPDATES("order-level book alone, real AAPL hour x 8 with fresh ids", "updates", Clock.THREAD, true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new BookWorkload(data);
        }
    },
    ITCH_TO_BOOK("ITCH bytes to order-level book, real AAPL hour", "messages", Clock.THREAD, true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new ItchToBookWorkload(data);
        }
    };

    /** As {@code --model hawkes} has it, with the base rate rounded. */
    private static final HawkesParameters HAWKES = HawkesParameters.ofBranchingRatio(0.6, 72, 2, 5);

    private static final String AAPL_HOUR = "itch/aapl-20120621-0930-1030.itch50";

    private final String title;
    private final String unit;
    private final Clock clock;
    private final boolean needsMarketData;

    /** What a rate is measured with. */
    enum Clock {
        /** Processor time of the one thread that does the work. */
        THREAD,
        /** The clock on the wall, where several threads do it. */
        WALL
    }

    Workloads(final String title, final String unit) {
        this(title, unit, Clock.THREAD, false);
    }

    Workloads(final String title, final String unit, final Clock clock, final boolean needsMarketData) {
        this.title = title;
        this.unit = unit;
        this.clock = clock;
        this.needsMarketData = needsMarketData;
    }

    /** Makes the workload ready to run; what it needs is made or read here and not measured. */
    abstract Workload create(Path data) throws Exception;

    String title() {
        return clock == Clock.WALL ? title + ", wall clock" : title;
    }

    /** The present time in nanoseconds, of the clock that counts for this workload. */
    long nowNs() {
        return clock == Clock.WALL
                ? System.nanoTime()
                : ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    String unit() {
        return unit;
    }

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isPossible(final Path data) {
        return !needsMarketData || Files.exists(aaplHour(data));
    }

    private static SessionParameters queueReactive() {
        return SessionParameters.builder()
                .model(QueueReactiveCurves.defaults(5))
                .build();
    }

    private static SessionParameters franceTelecom() {
        return SessionParameters.builder()
                .model(ReferencePriceCurvesFile.franceTelecom())
                .build();
    }

    private static SessionParameters hawkes(final SessionParameters parameters) {
        return parameters.toBuilder()
                .clock(new ClockParameters(HAWKES, ActivityParameters.DEFAULTS))
                .build();
    }

    private static SessionParameters factor(final SessionParameters parameters) {
        return parameters.toBuilder()
                .factor(new FactorParameters(0.5, 0.1, 0.2))
                .build();
    }

    private static SessionParameters seconds(final SessionParameters parameters, final int seconds) {
        return parameters.toBuilder().sessionSeconds(seconds).build();
    }

    static Path aaplHour(final Path data) {
        return data.resolve(AAPL_HOUR);
    }

    static Workloads of(final String key) {
        for (final Workloads workload : values()) {
            if (workload.key().equals(key)) {
                return workload;
            }
        }
        throw new IllegalArgumentException("there is no workload '" + key + "'; choose from " + keys());
    }

    static List<String> keys() {
        final List<String> keys = new ArrayList<>();
        for (final Workloads workload : values()) {
            keys.add(workload.key());
        }
        return keys;
    }
}
