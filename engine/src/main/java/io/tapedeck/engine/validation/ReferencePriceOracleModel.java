package io.tapedeck.engine.validation;

import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.statistics.BirthDeathChain;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import java.util.List;

/** The model of queues around a reference price. */
final class ReferencePriceOracleModel extends OracleModel {
    private final FlowCells cells;
    private final ReferencePriceRates rates;
    private final List<BirthDeathChain> chains;
    private final double theta;
    private final double thetaReinit;

    ReferencePriceOracleModel(final Recipe recipe) {
        super(recipe);
        cells = new FlowCells(numbers().integer("model.levels"));
        rates = new ReferencePriceRates(numbers(), cells);
        chains = rates.chains();
        theta = numbers().number("model.theta");
        thetaReinit = numbers().number("model.theta_reinit");
    }

    @Override
    FlowCells cells() {
        return cells;
    }

    @Override
    FlowRates rates() {
        return rates;
    }

    @Override
    ModelWindow newWindow(final Instrument instrument, final PriceLevels[] sides) {
        final double[][] laws = new double[chains.size()][];
        for (int queue = 0; queue < laws.length; queue++) {
            laws[queue] = chains.get(queue).law();
            for (int n = 1; n < laws[queue].length; n++) {
                laws[queue][n] += laws[queue][n - 1];
            }
        }
        return new ReferencePriceWindow(
                sides, laws, theta, thetaReinit, new RandomStreams(runSeed()), instrument.symbol());
    }

    @Override
    QueueLaws queueLaws() {
        return theta == 0 ? new QueueLaws(chains) : null;
    }

    @Override
    String whyNoQueueLaws() {
        return "the reference price moves; with theta 0 every queue has a law of its own";
    }
}
