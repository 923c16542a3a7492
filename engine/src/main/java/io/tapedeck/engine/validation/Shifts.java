package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import java.util.Locale;

/** Counts of each type against the integral of its rate, by how far the market factor shifts the imbalance. */
final class Shifts {
    static final String NAME = "rates-by-factor";
    static final String TITLE = "Event counts by type and shift of the market factor";

    private static final double[] EDGES = {-0.4, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.4};
    private static final int CELLS = EDGES.length + 1;

    private final FlowCells cells;
    private final long[] observed = new long[CELLS * QueueEventType.COUNT];
    private final double[] expected = new double[CELLS * QueueEventType.COUNT];

    Shifts(final FlowCells cells) {
        this.cells = cells;
    }

    void expose(final double shift, final double[] rates, final double seconds) {
        final int first = cell(shift) * QueueEventType.COUNT;
        for (int cell = 0; cell < rates.length; cell++) {
            expected[first + cells.type(cell)] += rates[cell] * seconds;
        }
    }

    void count(final double shift, final int type) {
        observed[cell(shift) * QueueEventType.COUNT + type]++;
    }

    private static int cell(final double shift) {
        int cell = 0;
        while (cell < EDGES.length && shift >= EDGES[cell]) {
            cell++;
        }
        return cell;
    }

    OracleResult result() {
        final CountTest test = new CountTest();
        for (int cell = 0; cell < CELLS; cell++) {
            for (int type = 0; type < QueueEventType.COUNT; type++) {
                final int at = cell * QueueEventType.COUNT + type;
                final String name =
                        cell == 0 ? "below " + EDGES[0] : String.format(Locale.ROOT, "from %+.2f", EDGES[cell - 1]);
                test.add(QueueEventType.name(type) + ", shift " + name, observed[at], expected[at]);
            }
        }
        return test.result(NAME, TITLE);
    }
}
