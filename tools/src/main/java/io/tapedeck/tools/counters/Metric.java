package io.tapedeck.tools.counters;

/**
 * How a counter is shown to a monitoring system, by the conventions of Prometheus: base units, one name for what can be
 * added up, labels for what it can be added up over.
 *
 * @param name      of the metric, without {@code _total}.
 * @param help      one sentence.
 * @param isGauge   whether the value may fall.
 * @param divisor   of the counter's unit by the metric's.
 * @param partLabel label for the counter's part; null where it has none.
 * @param outcome   value of the label {@code outcome}; null where there is none.
 */
record Metric(String name, String help, boolean isGauge, double divisor, String partLabel, String outcome) {
    static Metric counter(final String name, final String help) {
        return new Metric(name, help, false, 1, null, null);
    }

    static Metric gauge(final String name, final String help) {
        return new Metric(name, help, true, 1, null, null);
    }

    Metric per(final String label) {
        return new Metric(name, help, isGauge, divisor, label, outcome);
    }

    Metric of(final String value) {
        return new Metric(name, help, isGauge, divisor, partLabel, value);
    }

    Metric fromNanoseconds() {
        return new Metric(name, help, isGauge, 1e9, partLabel, outcome);
    }
}
