package io.tapedeck.engine.replay.transform;

/** A record that does not fit to those before it. */
public final class IncoherentRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncoherentRecordException(final String message) {
        super(message);
    }
}
