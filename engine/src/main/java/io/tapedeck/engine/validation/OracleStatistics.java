package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.util.ArrayList;
import java.util.List;

/** All statistics of a tape, over all its instruments and days. Of constant size. */
final class OracleStatistics {
    private final FlowCells cells;
    private final QueueLaws queueLaws;
    private final RateCells rateCells;
    private final TypeShares typeShares = new TypeShares();
    private final WaitingTimes waitingTimes = new WaitingTimes();
    private final QueueRanks ranks = new QueueRanks();
    private final Lifetimes lifetimes = new Lifetimes();
    private final FillChances fillChances = new FillChances();
    private long unknownOrders;
    private long outsideWindow;

    OracleStatistics(final FlowCells cells, final QueueLaws queueLaws) {
        this.cells = cells;
        this.queueLaws = queueLaws;
        rateCells = new RateCells(cells);
    }

    FlowCells cells() {
        return cells;
    }

    RateCells rateCells() {
        return rateCells;
    }

    TypeShares typeShares() {
        return typeShares;
    }

    WaitingTimes waitingTimes() {
        return waitingTimes;
    }

    QueueRanks ranks() {
        return ranks;
    }

    Lifetimes lifetimes() {
        return lifetimes;
    }

    FillChances fillChances() {
        return fillChances;
    }

    /** The window was in this state for some time of the model's clock. */
    void exposed(final ModelWindow window, final double seconds) {
        if (queueLaws != null) {
            for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
                for (int level = 0; level < cells.levels(); level++) {
                    queueLaws.exposed(side * cells.levels() + level, window.depth(side, level), seconds);
                }
            }
        }
    }

    /** A record names an order that is not in the book. */
    void unknownOrder() {
        unknownOrders++;
    }

    /** An event of the model at a price where the model has no level. */
    void outsideWindow() {
        outsideWindow++;
    }

    List<OracleResult> results() {
        final List<OracleResult> results = new ArrayList<>();
        final long strays = unknownOrders + outsideWindow;
        results.add(OracleResult.judged(
                "live-orders",
                "Events name live orders, at prices that the model looks at",
                waitingTimes.sample().count(),
                strays == 0 ? 1 : 0,
                strays + " strays",
                strays == 0 ? "exact" : unknownOrders + " unknown orders, " + outsideWindow + " events elsewhere"));
        results.addAll(rateCells.results());
        results.add(typeShares.result());
        results.addAll(waitingTimes.results());
        final String law = "Time at each queue size against the invariant law (Wald)";
        results.add(
                queueLaws == null
                        ? OracleResult.notApplicable(
                                "invariant-law",
                                law,
                                "the queues move with the price, and a law of their own they have only while it stands")
                        : queueLaws.result("invariant-law", law));
        results.addAll(ranks.results());
        results.add(lifetimes.result());
        results.add(fillChances.result());
        return results;
    }
}
