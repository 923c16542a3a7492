package io.tapedeck.engine.replay.pipeline;

import java.util.function.Consumer;

/**
 * What becomes of a replay when a stage throws at a record. Damage in the source always ends the replay, and so does a
 * sink that cannot write: that is no fault of the record.
 *
 * <p>A stage that may skip gets its records one at a time, so that it is certain which one failed; that costs speed.
 */
public final class ErrorPolicy {
    /** The first error ends the replay. */
    public static final ErrorPolicy FAIL = new ErrorPolicy(Kind.FAIL, 0, error -> {});

    private final Kind kind;
    private final long limit;
    private final Consumer<ReplayError> errors;

    /** What is done at an error. */
    enum Kind {
        FAIL,
        SKIP_AND_RECORD,
        HALT_INSTRUMENT
    }

    private ErrorPolicy(final Kind kind, final long limit, final Consumer<ReplayError> errors) {
        if (limit < 0) {
            throw new IllegalArgumentException("an error limit must not be negative: limit=" + limit);
        }
        this.kind = kind;
        this.limit = limit;
        this.errors = errors;
    }

    /**
     * Leaves the record out and goes on.
     *
     * @param limit  how many errors there may be; one more ends the replay.
     * @param errors is told of each, on the thread of the stage.
     * @return the policy.
     */
    public static ErrorPolicy skipAndRecord(final long limit, final Consumer<ReplayError> errors) {
        return new ErrorPolicy(Kind.SKIP_AND_RECORD, limit, errors);
    }

    /**
     * Leaves the record out, and from then on every record of its instrument for the rest of the session; those are
     * counted as dropped. A record about no instrument is left out alone.
     *
     * @param limit  how many errors there may be; one more ends the replay.
     * @param errors is told of each, on the thread of the stage.
     * @return the policy.
     */
    public static ErrorPolicy haltInstrument(final long limit, final Consumer<ReplayError> errors) {
        return new ErrorPolicy(Kind.HALT_INSTRUMENT, limit, errors);
    }

    boolean isFailing() {
        return kind == Kind.FAIL;
    }

    boolean isHalting() {
        return kind == Kind.HALT_INSTRUMENT;
    }

    long limit() {
        return limit;
    }

    Consumer<ReplayError> errors() {
        return errors;
    }
}
