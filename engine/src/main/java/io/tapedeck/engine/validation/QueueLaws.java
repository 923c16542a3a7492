package io.tapedeck.engine.validation;

import io.tapedeck.engine.statistics.BirthDeathChain;
import java.util.List;
import java.util.Locale;

/**
 * The invariant laws of queues that live by themselves at a price that never moves, and the time that the tape's queues have
 * spent at each size. This is a test of the wiring: it hardly sees a rate that is off by some percent.
 */
final class QueueLaws {
    private static final int SIZES = 512;

    private final List<BirthDeathChain> chains;
    private final double[][] seconds;

    /** The chains in the order of the queues: the bid's levels, then the ask's. */
    QueueLaws(final List<BirthDeathChain> chains) {
        this.chains = chains;
        seconds = new double[chains.size()][SIZES];
    }

    void exposed(final int queue, final int size, final double duration) {
        seconds[queue][Math.min(size, SIZES - 1)] += duration;
    }

    OracleResult result(final String name, final String title) {
        double chiSquare = 0;
        int degrees = 0;
        double total = 0;
        for (int queue = 0; queue < chains.size(); queue++) {
            final BirthDeathChain.Test test = chains.get(queue).test(seconds[queue]);
            chiSquare += test.wald();
            degrees += test.degrees();
            for (final double duration : seconds[queue]) {
                total += duration;
            }
        }
        return OracleResult.judged(
                name,
                title,
                (long) (total / chains.size()),
                io.tapedeck.engine.statistics.Distributions.chiSquareAbove(chiSquare, degrees),
                String.format(Locale.ROOT, "W, chi2(%d) = %.1f", degrees, chiSquare),
                chains.size() + " queues; observations are seconds");
    }
}
