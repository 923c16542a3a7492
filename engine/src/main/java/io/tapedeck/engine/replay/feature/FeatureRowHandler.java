package io.tapedeck.engine.replay.feature;

import java.io.IOException;

/** Takes rows of features. */
@FunctionalInterface
public interface FeatureRowHandler {
    /**
     * Takes a row.
     *
     * @param sequence     of the last record that it knows of.
     * @param timeNs       of the row, nanoseconds since midnight.
     * @param instrumentId that it is about.
     * @param values       of the features in their order, {@link Feature#MISSING} where there is none; valid during the
     *                     call.
     * @throws IOException if the row cannot be written.
     */
    void onRow(long sequence, long timeNs, int instrumentId, double[] values) throws IOException;

    /**
     * Called while there is nothing to take: the place to write what waits.
     *
     * @return how much was done.
     * @throws IOException if the output cannot be written.
     */
    default int onIdle() throws IOException {
        return 0;
    }
}
