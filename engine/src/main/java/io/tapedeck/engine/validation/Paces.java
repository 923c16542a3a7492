package io.tapedeck.engine.validation;

import java.util.Locale;

/**
 * Event counts against the integral of the rate, by the pace of the model's clock at the start of each stretch: whether events
 * are as much more frequent after events, and in busy times, as excitation and activity say.
 */
final class Paces {
    static final String NAME = "rates-by-pace";
    static final String TITLE = "Event counts by how fast the clock goes (excitation, activity)";

    private static final int CELLS_PER_OCTAVE = 2;
    private static final int OCTAVES_BELOW = 8;
    private static final int CELLS = 2 * OCTAVES_BELOW * CELLS_PER_OCTAVE;

    private final long[] observed = new long[CELLS];
    private final double[] expected = new double[CELLS];

    void expose(final double pace, final double amount) {
        expected[cell(pace)] += amount;
    }

    void count(final double pace) {
        observed[cell(pace)]++;
    }

    private static int cell(final double pace) {
        // Half a cell up: a pace of exactly 1 lies in the middle of a cell.
        final double octaves = Math.log(pace) / Math.log(2) + OCTAVES_BELOW;
        return (int) Math.max(0, Math.min(CELLS - 1, octaves * CELLS_PER_OCTAVE + 0.5));
    }

    OracleResult result() {
        final CountTest test = new CountTest();
        for (int cell = 0; cell < CELLS; cell++) {
            final double pace = Math.pow(2, (double) cell / CELLS_PER_OCTAVE - OCTAVES_BELOW);
            test.add(String.format(Locale.ROOT, "pace about %.2f", pace), observed[cell], expected[cell]);
        }
        return test.result(NAME, TITLE);
    }
}
