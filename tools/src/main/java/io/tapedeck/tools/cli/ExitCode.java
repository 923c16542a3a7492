package io.tapedeck.tools.cli;

/** What a script may rely on after a command has ended. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** The work failed; a message says what, where and what to do. */
    public static final int FAILED = 1;

    /** Wrong usage: an option or a value that makes no sense, a file that would be overwritten. */
    public static final int USAGE = 2;

    /** A file or a connection could not be read or written. */
    public static final int IO = 3;

    /** Data is corrupt, or a check did not hold. */
    public static final int CHECK = 4;

    private ExitCode() {}
}
