package io.tapedeck.tools.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command with the options that every command has. */
public abstract class BaseCommand implements Callable<Integer> {
    /** Set by the command line before the command is called. */
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress and no hints.")
    private boolean quiet;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    private boolean debug;

    /** For the commands. */
    protected BaseCommand() {}

    /**
     * Where results go.
     *
     * @return standard output.
     */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /**
     * Where messages and progress go.
     *
     * @return standard error, or null when the user asked for silence.
     */
    protected final PrintWriter messages() {
        return quiet ? null : spec.commandLine().getErr();
    }

    /**
     * Whether the summary is for a script.
     *
     * @return true with {@code --json}.
     */
    protected final boolean json() {
        return json;
    }

    /**
     * Whether an error shows its stack trace.
     *
     * @return true with {@code --debug}.
     */
    public final boolean debug() {
        return debug;
    }

    /**
     * A mistake in the use of this command's options, reported with the way to its help.
     *
     * @param message what is wrong, with the value, and what would be right.
     * @return to be thrown.
     */
    protected final CommandLine.ParameterException usage(final String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
