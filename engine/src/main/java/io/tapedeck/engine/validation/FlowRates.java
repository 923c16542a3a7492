package io.tapedeck.engine.validation;

/** The law of a model as the oracles compute it: the rate of every event that would leave a record. */
interface FlowRates {
    /**
     * Computes all rates.
     *
     * @param window         the present state.
     * @param imbalanceShift what a market factor adds to the imbalance.
     * @param rates          events per second by cell of {@link FlowCells}; overwritten.
     */
    void compute(ModelWindow window, double imbalanceShift, double[] rates);

    /**
     * Whether the model draws cancellations for queues without orders.
     *
     * @return true if it does; they change nothing and leave no record.
     */
    default boolean hasCancellationsAtNoOrder() {
        return false;
    }
}
