package io.tapedeck.engine.validation;

import java.util.Locale;

/**
 * What one oracle found.
 *
 * @param name         short, for scripts; lower case with dashes.
 * @param title        what is tested.
 * @param verdict      the answer.
 * @param observations how many events, orders or seconds it is based on.
 * @param pValue       chance that an honest tape is at least so far off; NaN where there is no verdict.
 * @param statistic    the statistic with its value, for people.
 * @param detail       what it means here: the worst cell, or why the oracle does not apply.
 */
public record OracleResult(
        String name, String title, Verdict verdict, long observations, double pValue, String statistic, String detail) {
    static OracleResult judged(
            final String name,
            final String title,
            final long observations,
            final double pValue,
            final String statistic,
            final String detail) {
        return new OracleResult(name, title, Verdict.of(pValue), observations, pValue, statistic, detail);
    }

    static OracleResult notApplicable(final String name, final String title, final String why) {
        return new OracleResult(name, title, Verdict.NOT_APPLICABLE, 0, Double.NaN, "", why);
    }

    static OracleResult tooShort(final String name, final String title, final long observations, final String why) {
        return new OracleResult(name, title, Verdict.TOO_SHORT, observations, Double.NaN, "", why);
    }

    OracleResult decidedBy(final OracleResult repeat) {
        final boolean isConfirmed = repeat.pValue < Verdict.DOUBTFUL_BELOW;
        return new OracleResult(
                name,
                title,
                isConfirmed ? Verdict.FAILS : Verdict.HOLDS,
                observations,
                pValue,
                statistic,
                detail + String.format(Locale.ROOT, "; repeated: p = %.2g, %s", repeat.pValue, repeat.statistic));
    }
}
