package io.tapedeck.tools.cli;

/** A check that a command made did not hold; the command line ends with {@link ExitCode#CHECK}. */
public final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the check.
     *
     * @param message what was expected, what was found, and where.
     */
    public CheckFailedException(final String message) {
        super(message);
    }
}
