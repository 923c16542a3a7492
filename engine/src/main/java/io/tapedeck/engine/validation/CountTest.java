package io.tapedeck.engine.validation;

import io.tapedeck.engine.statistics.Distributions;

/**
 * Events counted in cells, against the integral of their rate. Count less compensator is a martingale whose variance is the
 * compensator, and different cells never jump together: so (N - E) / sqrt(E) is near a standard normal number in each
 * cell, independently of the others, and the sum of their squares is chi-square. Cells of small expectation are left out.
 */
final class CountTest {
    static final double LEAST_EXPECTATION = 25;

    private double chiSquare;
    private int cells;
    private long observations;
    private double smallest = 1;
    private double worst;
    private String worstName = "";

    /** Takes a cell. */
    void add(final String name, final long observed, final double expected) {
        if (expected < LEAST_EXPECTATION) {
            return;
        }
        final double z = (observed - expected) / Math.sqrt(expected);
        chiSquare += z * z;
        cells++;
        observations += observed;
        final double pValue = Distributions.poissonBeyond(observed, expected);
        if (pValue < smallest || worstName.isEmpty()) {
            smallest = pValue;
            worst = z;
            worstName = name;
        }
    }

    int cells() {
        return cells;
    }

    /** The smaller of two p-values, of the sum and of the worst cell, corrected for there being two. */
    double pValue() {
        final double ofSum = Distributions.chiSquareAbove(chiSquare, cells);
        final double ofWorst = Distributions.smallestOf(smallest, cells);
        return Distributions.smallestOf(Math.min(ofSum, ofWorst), 2);
    }

    OracleResult result(final String name, final String title) {
        if (cells == 0) {
            return OracleResult.tooShort(
                    name, title, observations, "no cell is expected to have " + LEAST_EXPECTATION + " events");
        }
        return OracleResult.judged(
                name,
                title,
                observations,
                pValue(),
                String.format(java.util.Locale.ROOT, "chi2(%d) = %.1f", cells, chiSquare),
                String.format(java.util.Locale.ROOT, "furthest z = %+.2f, %s", worst, worstName));
    }
}
