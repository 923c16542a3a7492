package io.tapedeck.engine.validation;

/** What an oracle says. */
public enum Verdict {
    /** The tape agrees with the law, as far as this statistic can see. */
    HOLDS,

    /**
     * Once in a thousand honest tapes the statistic is so far off. Judge a tape of another seed that is four times as
     * long: if it is doubtful again the law does not hold.
     */
    DOUBTFUL,

    /** Less than once in a million honest tapes the statistic is so far off. */
    FAILS,

    /** The model has no such property, or the recipe leaves it open. */
    NOT_APPLICABLE,

    /** The tape is too short for the statistic's law to hold. */
    TOO_SHORT;

    /** Below it a p-value is doubtful. */
    public static final double DOUBTFUL_BELOW = 1e-3;

    /** Below it a p-value fails. */
    public static final double FAILS_BELOW = 1e-6;

    /**
     * The verdict on a p-value.
     *
     * @param pValue 0 to 1.
     * @return {@link #HOLDS}, {@link #DOUBTFUL} or {@link #FAILS}.
     */
    public static Verdict of(final double pValue) {
        if (pValue >= DOUBTFUL_BELOW) {
            return HOLDS;
        }
        return pValue >= FAILS_BELOW ? DOUBTFUL : FAILS;
    }
}
