package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All statistics of a tape, over all its instruments and days. Of constant size. */
final class OracleStatistics {
    /** What rounding leaves of an identity. */
    private static final double EXACT = 1e-6;

    /** What can be said without knowing when. */
    private static final Set<String> TIMELESS =
            Set.of("live-orders", "possible-events", "type-shares", "cancel-ranks", "execution-turns");

    private final FlowCells cells;
    private final QueueLaws queueLaws;
    private final RateCells rateCells;
    private final TypeShares typeShares = new TypeShares();
    private final WaitingTimes waitingTimes = new WaitingTimes();
    private final QueueRanks ranks = new QueueRanks();
    private final Lifetimes lifetimes = new Lifetimes();
    private final FillChances fillChances = new FillChances();
    private final Paces paces = new Paces();
    private final Shifts shifts;
    private final OracleModel model;
    private double excitationOff;
    private long unknownOrders;
    private long outsideWindow;

    OracleStatistics(final OracleModel model) {
        this.model = model;
        cells = model.cells();
        queueLaws = model.queueLaws();
        rateCells = new RateCells(cells);
        shifts = new Shifts(cells);
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

    Paces paces() {
        return paces;
    }

    Shifts shifts() {
        return shifts;
    }

    /** At the end of a session: how far an instrument's excitation is off its balance. */
    void excitation(final double off) {
        excitationOff = Math.max(excitationOff, off);
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
        results.add(excitation());
        results.add(
                model.isPaced()
                        ? paces.result()
                        : OracleResult.notApplicable(
                                Paces.NAME, Paces.TITLE, "the model's clock always goes at one pace"));
        results.add(
                model.hasFactor()
                        ? shifts.result()
                        : OracleResult.notApplicable(Shifts.NAME, Shifts.TITLE, "no market factor moves this model"));
        results.add(invariantLaw());
        results.addAll(ranks.results());
        results.add(lifetimes.result());
        results.add(fillChances.result());
        if (model.hasExcitation() && model.hasSilentEvents()) {
            results.replaceAll(OracleStatistics::withoutTimes);
        }
        return results;
    }

    /** Events without a record excite others: when things should happen cannot be told from such a tape. */
    private static OracleResult withoutTimes(final OracleResult result) {
        return TIMELESS.contains(result.name())
                ? result
                : OracleResult.notApplicable(
                        result.name(),
                        result.title(),
                        "events that change nothing leave no record, and they excite others too");
    }

    private OracleResult excitation() {
        final String name = "excitation-balance";
        final String title = "Excitation that events bring in decays or is left (exact)";
        if (!model.hasExcitation()) {
            return OracleResult.notApplicable(name, title, "events of this model do not excite each other");
        }
        return OracleResult.judged(
                name,
                title,
                waitingTimes.sample().count(),
                excitationOff < EXACT ? 1 : 0,
                String.format(Locale.ROOT, "%.1e off", excitationOff),
                "beta times the integral of E against alpha N and what is left, on the tape's own times");
    }

    private OracleResult invariantLaw() {
        final String name = "invariant-law";
        final String title = "Time at each queue size against the invariant law (Wald)";
        return queueLaws == null
                ? OracleResult.notApplicable(name, title, model.whyNoQueueLaws())
                : queueLaws.result(name, title);
    }
}
