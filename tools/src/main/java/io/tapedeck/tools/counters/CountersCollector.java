package io.tapedeck.tools.counters;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tapedeck.codecs.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes metrics of a counters file each time that somebody asks. Any thread may ask. */
public final class CountersCollector implements MultiCollector {
    /** Whatever a newer version counts is shown too, under one name. */
    private static final Metric OTHER =
            Metric.counter("tapedeck_other", "Counters that this version does not know, by name.");

    private static final Metric UP =
            Metric.gauge("tapedeck_up", "1 while the process that writes the counters is at work.");
    private static final Metric START = Metric.gauge(
            "tapedeck_start_time_seconds", "When the process made its counters, in seconds since 1970 UTC.");

    private final CountersWatch watch;

    /** What is shown of one metric. */
    private static final class Family {
        private final Metric metric;
        private final Map<Labels, Double> points = new LinkedHashMap<>();

        Family(final Metric metric) {
            this.metric = metric;
        }

        MetricSnapshot snapshot() {
            return metric.isGauge() ? gauge() : counter();
        }

        private MetricSnapshot gauge() {
            final GaugeSnapshot.Builder builder =
                    GaugeSnapshot.builder().name(metric.name()).help(metric.help());
            points.forEach((labels, value) -> builder.dataPoint(
                    GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
            return builder.build();
        }

        private MetricSnapshot counter() {
            final CounterSnapshot.Builder builder =
                    CounterSnapshot.builder().name(metric.name()).help(metric.help());
            // A count is never negative, whatever the file says.
            points.forEach((labels, value) -> builder.dataPoint(CounterDataPointSnapshot.builder()
                    .labels(labels)
                    .value(Math.max(0, value))
                    .build()));
            return builder.build();
        }
    }

    /**
     * Metrics of a file.
     *
     * @param watch on the file.
     */
    public CountersCollector(final CountersWatch watch) {
        this.watch = watch;
    }

    /**
     * Looks at the file.
     *
     * @return what there is; where there is no file yet, or it is being replaced by something else, only that.
     */
    @Override
    public MetricSnapshots collect() {
        final Map<String, Family> families = new LinkedHashMap<>();
        try {
            final CountersLook look = watch.look();
            put(families, UP, Labels.EMPTY, look.isAlive() ? 1 : 0);
            put(families, START, Labels.EMPTY, look.startMs() / 1e3);
            look.counters().forEach((label, value) -> put(families, label, value));
        } catch (final IOException | CorruptDataException ex) {
            put(families, UP, Labels.EMPTY, 0);
        }
        final List<MetricSnapshot> snapshots = new ArrayList<>();
        families.values().forEach(family -> snapshots.add(family.snapshot()));
        return new MetricSnapshots(snapshots);
    }

    private static void put(final Map<String, Family> families, final CounterLabel label, final long value) {
        final Metric metric = MetricCatalogue.of(label.name());
        if (metric == null) {
            put(families, OTHER, Labels.of("unit", label.unit(), "name", label.name(), "part", label.part()), value);
            return;
        }
        Labels labels = Labels.of("unit", label.unit());
        if (metric.partLabel() != null) {
            labels = labels.add(metric.partLabel(), label.part());
        }
        if (metric.outcome() != null) {
            labels = labels.add("outcome", metric.outcome());
        }
        put(families, metric, labels, value / metric.divisor());
    }

    private static void put(
            final Map<String, Family> families, final Metric metric, final Labels labels, final double value) {
        families.computeIfAbsent(metric.name(), name -> new Family(metric))
                .points
                .put(labels, value);
    }
}
