package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts and compensators by kind of event and state: the size of the queue that the event is about, or the spread for an
 * order at a new price. This is the test that sees small errors of a rate: one of relative size d needs (5.62 / d)^2 events
 * to be seen nearly always.
 */
final class RateCells {
    /** Queues of this size and more are one state. */
    static final int STATES = 64;

    private final FlowCells cells;
    private final long[] observed;
    private final double[] expected;

    RateCells(final FlowCells cells) {
        this.cells = cells;
        observed = new long[cells.count() * STATES];
        expected = new double[cells.count() * STATES];
    }

    void expose(final int cell, final int state, final double amount) {
        expected[at(cell, state)] += amount;
    }

    void count(final int cell, final int state) {
        observed[at(cell, state)]++;
    }

    private static int at(final int cell, final int state) {
        return cell * STATES + Math.min(state, STATES - 1);
    }

    List<CellScore> scores() {
        final List<CellScore> scores = new ArrayList<>();
        for (int cell = 0; cell < cells.count(); cell++) {
            for (int state = 0; state < STATES; state++) {
                final int at = at(cell, state);
                if (expected[at] >= CountTest.LEAST_EXPECTATION) {
                    scores.add(
                            new CellScore(cells.type(cell), cells.level(cell) + 1, state, observed[at], expected[at]));
                }
            }
        }
        return scores;
    }

    List<OracleResult> results() {
        final CountTest byType = new CountTest();
        final CountTest byLevel = new CountTest();
        final CountTest byState = new CountTest();
        final long[] typeObserved = new long[QueueEventType.COUNT];
        final double[] typeExpected = new double[QueueEventType.COUNT];
        long impossible = 0;
        long total = 0;
        for (int cell = 0; cell < cells.count(); cell++) {
            long levelObserved = 0;
            double levelExpected = 0;
            for (int state = 0; state < STATES; state++) {
                final int at = at(cell, state);
                byState.add(cells.name(cell) + ", state " + state, observed[at], expected[at]);
                levelObserved += observed[at];
                levelExpected += expected[at];
                impossible += expected[at] == 0 ? observed[at] : 0;
            }
            total += levelObserved;
            byLevel.add(cells.name(cell), levelObserved, levelExpected);
            typeObserved[cells.type(cell)] += levelObserved;
            typeExpected[cells.type(cell)] += levelExpected;
        }
        for (int type = 0; type < QueueEventType.COUNT; type++) {
            byType.add(QueueEventType.name(type), typeObserved[type], typeExpected[type]);
        }
        return List.of(
                byType.result("rates-by-type", "Event counts against the integral of their rates, by type"),
                byLevel.result("rates-by-level", "... by type and level"),
                byState.result("rates-by-state", "... by type, level and queue size"),
                exact(impossible, total));
    }

    private static OracleResult exact(final long impossible, final long total) {
        return OracleResult.judged(
                "possible-events",
                "No event where its rate is 0",
                total,
                impossible == 0 ? 1 : 0,
                impossible + " events",
                impossible == 0 ? "exact" : "the law gives these events no rate in the state that they met");
    }
}
