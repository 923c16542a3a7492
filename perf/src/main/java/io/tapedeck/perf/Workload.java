package io.tapedeck.perf;

/** Something whose rate is measured. It is run many times in one JVM, and checks its own result every time. */
interface Workload {
    /**
     * Does the work once.
     *
     * @return how many units of work that was.
     * @throws IllegalStateException if the result is not the one it has to be.
     * @throws Exception             whatever else goes wrong.
     */
    long run() throws Exception;

    /**
     * What there is to say about the last run beside its rate.
     *
     * @return one line, or nothing.
     * @throws IllegalStateException if the result is not the one it has to be.
     */
    default String remark() {
        return "";
    }

    /** Ends a run whose result is wrong: its rate must not be reported. */
    static void require(final boolean isRight, final String what) {
        if (!isRight) {
            throw new IllegalStateException("wrong result: " + what);
        }
    }
}
