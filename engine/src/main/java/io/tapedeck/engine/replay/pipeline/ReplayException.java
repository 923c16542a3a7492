package io.tapedeck.engine.replay.pipeline;

import java.time.LocalDate;

/** A stage threw, and the replay is over. Says which stage, and at which records. */
public final class ReplayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String stage;
    private final long firstSequence;
    private final long lastSequence;
    private final int instrumentId;

    ReplayException(
            final String stage,
            final LocalDate date,
            final long firstSequence,
            final long lastSequence,
            final int instrumentId,
            final Throwable cause) {
        super(
                "stage '" + stage + "' failed "
                        + (firstSequence == lastSequence
                                ? "at record " + firstSequence
                                : "in records " + firstSequence + " to " + lastSequence)
                        + (instrumentId == 0 ? "" : " of instrument " + instrumentId)
                        + (date == null ? "" : ", " + date) + ": "
                        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()),
                cause);
        this.stage = stage;
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
        this.instrumentId = instrumentId;
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
     * The first record that it can have been.
     *
     * @return sequence of the first record of the batch at work; 0 if it was none.
     */
    public long firstSequence() {
        return firstSequence;
    }

    /**
     * The last record that it can have been.
     *
     * @return sequence of the last record of the batch at work.
     */
    public long lastSequence() {
        return lastSequence;
    }

    /**
     * Which instrument the record was about.
     *
     * @return 0 if it was about none, or where the batch has records of several.
     */
    public int instrumentId() {
        return instrumentId;
    }
}
