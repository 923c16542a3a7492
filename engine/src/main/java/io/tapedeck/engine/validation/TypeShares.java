package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.engine.statistics.Distributions;
import io.tapedeck.engine.statistics.LinearSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The embedded chain: which type an event has, given the state. With p the shares of the rates, d = sum (1{type} - p) and
 * V = sum (diag(p) - p p'), d' V^-1 d is chi-square. Whatever multiplies all rates alike drops out.
 */
final class TypeShares {
    private static final long LEAST_EVENTS = 1_000;

    private final double[] deviations = new double[QueueEventType.COUNT];
    private final double[] expected = new double[QueueEventType.COUNT];
    private final double[][] variance = new double[QueueEventType.COUNT][QueueEventType.COUNT];
    private long count;

    void count(final int type, final double[] shares) {
        count++;
        deviations[type]++;
        for (int i = 0; i < shares.length; i++) {
            expected[i] += shares[i];
            deviations[i] -= shares[i];
            for (int j = 0; j < shares.length; j++) {
                variance[i][j] -= shares[i] * shares[j];
            }
            variance[i][i] += shares[i];
        }
    }

    OracleResult result() {
        final String name = "type-shares";
        final String title = "Type of each event, given the state (embedded chain)";
        final List<Integer> used = new ArrayList<>();
        for (int type = 0; type < QueueEventType.COUNT; type++) {
            if (expected[type] >= CountTest.LEAST_EXPECTATION) {
                used.add(type);
            }
        }
        if (count < LEAST_EVENTS || used.size() < 2) {
            return OracleResult.tooShort(name, title, count, "needs " + LEAST_EVENTS + " events of two types");
        }
        // The deviations add up to 0: one type follows from the others.
        final int degrees = used.size() - 1;
        final double[] d = new double[degrees];
        final double[][] v = new double[degrees][degrees];
        int worst = 0;
        for (int i = 0; i < degrees; i++) {
            d[i] = deviations[used.get(i)];
            for (int j = 0; j < degrees; j++) {
                v[i][j] = variance[used.get(i)][used.get(j)];
            }
        }
        for (int i = 0; i < used.size(); i++) {
            worst = Math.abs(zScore(used.get(i))) > Math.abs(zScore(used.get(worst))) ? i : worst;
        }
        final double chiSquare = new LinearSystem(v).quadraticForm(d);
        return OracleResult.judged(
                name,
                title,
                count,
                Distributions.chiSquareAbove(chiSquare, degrees),
                String.format(Locale.ROOT, "chi2(%d) = %.1f", degrees, chiSquare),
                String.format(
                        Locale.ROOT,
                        "furthest z = %+.2f, %s",
                        zScore(used.get(worst)),
                        QueueEventType.name(used.get(worst))));
    }

    private double zScore(final int type) {
        return deviations[type] / Math.sqrt(variance[type][type]);
    }
}
