package io.tapedeck.engine.replay.pipeline;

/** A stage threw, and the replay is over. Says which stage, and at which records of which file. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final transient FailedRecords records;

    ReplayException(final String stage, final FailedRecords records, final Throwable cause) {
        super(
                "stage '" + stage + "' failed" + records + ": "
                        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
        this.stage = stage;
        this.records = records;
    }

    /**
     * Which stage threw.
     *
     * @return its name.
     */
    public String stage() {
        return stage;
    }

    /**
     * Where it threw: at one record where the stage knows that, else somewhere in the batch at work.
     *
     * @return the record, or the first and the last one.
     */
    public FailedRecords records() {
        return records;
    }
}
