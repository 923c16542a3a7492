package io.tapedeck.perf;

import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
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
    ITCH_DECODE("ITCH decode, real AAPL hour, every field of the book messages read", "messages", true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new ItchDecodeWorkload(data);
        }
    },
    BOOK_UPDATES("order-level book alone, real AAPL hour x 8 with fresh ids", "updates", true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new BookWorkload(data);
        }
    },
    ITCH_TO_BOOK("ITCH bytes to order-level book, real AAPL hour", "messages", true) {
        @Override
        Workload create(final Path data) throws Exception {
            return new ItchToBookWorkload(data);
        }
    };

    private static final String AAPL_HOUR = "itch/aapl-20120621-0930-1030.itch50";

    private final String title;
    private final String unit;
    private final boolean needsMarketData;

    Workloads(final String title, final String unit) {
        this(title, unit, false);
    }

    Workloads(final String title, final String unit, final boolean needsMarketData) {
        this.title = title;
        this.unit = unit;
        this.needsMarketData = needsMarketData;
    }

    /** Makes the workload ready to run; what it needs is made or read here and not measured. */
    abstract Workload create(Path data) throws Exception;

    String title() {
        return title;
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
