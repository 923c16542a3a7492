package io.tapedeck.journal.manifest;

import java.time.LocalDate;
import java.util.List;

/**
 * What a run was asked for, and where its next day begins: with the recipe, all that is needed to go on with a run that was
 * cut off. Immutable.
 *
 * @param startDate          the first session is on this date or the first trading day after it.
 * @param days               how many trading days; 0 for a run that has no end of its own.
 * @param chunkCapacity      records per full chunk of each tape.
 * @param compression        of the tapes, by its name on the command line.
 * @param openingPricesTicks of the day behind the last that is done, by instrument id from 1.
 */
public record RunPlan(
        LocalDate startDate, int days, int chunkCapacity, String compression, List<Integer> openingPricesTicks) {
    /**
     * Checks the values and takes a copy of the list.
     *
     * @throws IllegalArgumentException if one is out of range; names it.
     */
    public RunPlan {
        ManifestText.requireYear("startDate", startDate);
        if (days < 0 || chunkCapacity < 1) {
            throw new IllegalArgumentException(
                    "days=" + days + " must be 0 or more, chunkCapacity=" + chunkCapacity + " must be 1 or more");
        }
        ManifestText.requireName("compression", compression);
        openingPricesTicks = List.copyOf(openingPricesTicks);
    }

    /**
     * The plan with a later day to come.
     *
     * @param pricesTicks that it opens with, by instrument id.
     * @return a new plan.
     */
    public RunPlan withOpeningPrices(final List<Integer> pricesTicks) {
        return new RunPlan(startDate, days, chunkCapacity, compression, pricesTicks);
    }
}
