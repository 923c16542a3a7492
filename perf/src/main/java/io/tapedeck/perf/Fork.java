package io.tapedeck.perf;

import java.nio.file.Path;
import java.util.Arrays;

/** One JVM's measurement of one workload: warm-up runs, then measured ones. */
final class Fork {
    private static final int WARM_UP_RUNS = 8;
    private static final int MEASURED_RUNS = 7;
    private static final String RESULT = "rate ";
    private static final String REMARK = "remark ";

    private Fork() {}

    /** Prints the median of the measured runs, in units per second; started by {@link Bench}. */
    public static void main(final String[] args) throws Exception {
        final Workloads what = Workloads.of(args[0]);
        final Workload workload = what.create(Path.of(args[1]));
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            workload.run();
        }
        final double[] rates = new double[MEASURED_RUNS];
        for (int i = 0; i < MEASURED_RUNS; i++) {
            final long startNs = what.nowNs();
            final long units = workload.run();
            rates[i] = units * 1e9 / (what.nowNs() - startNs);
        }
        Arrays.sort(rates);
        if (!workload.remark().isEmpty()) {
            System.out.println(REMARK + workload.remark());
        }
        System.out.println(RESULT + rates[MEASURED_RUNS / 2]);
    }

    /** The rate in a line that {@link #main} printed, or NaN. */
    static double rate(final String line) {
        return line.startsWith(RESULT) ? Double.parseDouble(line.substring(RESULT.length())) : Double.NaN;
    }

    /** The remark in a line that {@link #main} printed, or null. */
    static String remark(final String line) {
        return line.startsWith(REMARK) ? line.substring(REMARK.length()) : null;
    }
}
