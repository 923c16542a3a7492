package io.tapedeck.tools.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command line inside the test's own JVM and keeps what it printed. */
public final class CommandRunner {
    private CommandRunner() {}

    /** What a command left behind. */
    public record Result(int exitCode, String out, String err) {}

    /** Runs one command. */
    public static Result run(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Tapedeck.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
