package io.tapedeck.tools;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.replay.parallel.WorkerException;
import io.tapedeck.engine.replay.pipeline.ReplayException;
import io.tapedeck.engine.replay.transform.IncoherentRecordException;
import io.tapedeck.tools.cli.BaseCommand;
import io.tapedeck.tools.cli.CheckFailedException;
import io.tapedeck.tools.cli.ExitCode;
import io.tapedeck.tools.cli.VersionProvider;
import io.tapedeck.tools.commands.BookCommand;
import io.tapedeck.tools.commands.CalibrateCommand;
import io.tapedeck.tools.commands.DemoCommand;
import io.tapedeck.tools.commands.DiffCommand;
import io.tapedeck.tools.commands.ExportCommand;
import io.tapedeck.tools.commands.ImportCommand;
import io.tapedeck.tools.commands.InfoCommand;
import io.tapedeck.tools.commands.ItchCommand;
import io.tapedeck.tools.commands.ListenCommand;
import io.tapedeck.tools.commands.ReplayCommand;
import io.tapedeck.tools.commands.RunCommand;
import io.tapedeck.tools.commands.StatCommand;
import io.tapedeck.tools.commands.ValidateCommand;
import io.tapedeck.tools.commands.VerifyCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: parses the command line, runs the command, turns what went wrong into a message and an exit code. */
@Command(
        name = "tapedeck",
        description = "A market on tape: simulates an exchange, records every event, plays the tape back.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 the work failed; 2 wrong usage; 3 a file could not be read or written;",
            "4 data is corrupt or a check did not hold.",
            "'tapedeck COMMAND --help' explains a command."
        },
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ItchCommand.class,
            ListenCommand.class,
            InfoCommand.class,
            ValidateCommand.class,
            VerifyCommand.class,
            DiffCommand.class,
            BookCommand.class,
            CalibrateCommand.class,
            ReplayCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            StatCommand.class,
        })
public final class Tapedeck {
    private Tapedeck() {}

    /**
     * The process's entry point; ends the process with one of {@link ExitCode}.
     *
     * @param args command and its options.
     */
    public static void main(final String[] args) {
        System.exit(execute(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /**
     * Runs one command inside this process.
     *
     * @param out  receives results; flushed at the end.
     * @param err  receives messages.
     * @param args command and its options.
     * @return one of {@link ExitCode}.
     */
    public static int execute(final PrintWriter out, final PrintWriter err, final String... args) {
        final CommandLine commandLine = commandLine().setOut(out).setErr(err);
        final int code = commandLine.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /**
     * The complete description of all commands, for help, shell completion and tests.
     *
     * @return a fresh command line.
     */
    public static CommandLine commandLine() {
        final CommandLine commandLine = new CommandLine(new Tapedeck());
        commandLine.setExecutionExceptionHandler(Tapedeck::onFailure);
        commandLine.setParameterExceptionHandler(Tapedeck::onWrongUsage);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpWidth(110);
        commandLine.setAbbreviatedOptionsAllowed(false);
        return commandLine;
    }

    private static int onWrongUsage(final ParameterException ex, final String[] args) {
        final CommandLine command = ex.getCommandLine();
        command.getErr().println("tapedeck: " + ex.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(ex, command.getErr());
        command.getErr()
                .println("'" + command.getCommandSpec().qualifiedName()
                        + " --help' lists what there is to choose from.");
        return ExitCode.USAGE;
    }

    private static int onFailure(final Exception ex, final CommandLine command, final ParseResult parsed) {
        final PrintWriter err = command.getErr();
        if (isClosedPipe(ex)) {
            return ExitCode.IO;
        }
        err.println("tapedeck: " + message(ex));
        final Object userObject = command.getCommand();
        if (userObject instanceof BaseCommand && ((BaseCommand) userObject).debug()) {
            ex.printStackTrace(err);
        }
        return exitCode(ex);
    }

    /** Whoever reads the output, {@code head} for example, has enough of it: nothing to tell a person. */
    private static boolean isClosedPipe(final Exception ex) {
        return ex instanceof IOException && "Broken pipe".equals(ex.getMessage());
    }

    private static int exitCode(final Throwable ex) {
        if (ex instanceof WorkerException) {
            return exitCode(ex.getCause());
        }
        if (ex instanceof CorruptDataException
                || ex instanceof CheckFailedException
                || ex instanceof ReplayException && ex.getCause() instanceof IncoherentRecordException) {
            return ExitCode.CHECK;
        }
        if (ex instanceof FileAlreadyExistsException || ex instanceof IllegalArgumentException) {
            return ExitCode.USAGE;
        }
        return ex instanceof IOException || ex instanceof UncheckedIOException ? ExitCode.IO : ExitCode.FAILED;
    }

    private static String message(final Throwable ex) {
        if (ex instanceof WorkerException) {
            final WorkerException failure = (WorkerException) ex;
            return "worker " + failure.worker() + ", " + failure.task() + ": " + message(ex.getCause());
        }
        if (ex instanceof NoSuchFileException && ((NoSuchFileException) ex).getReason() == null) {
            return ex.getMessage() + ": no such file or folder";
        }
        if (ex instanceof FileAlreadyExistsException && ((FileAlreadyExistsException) ex).getReason() == null) {
            return ex.getMessage() + " exists already; choose another place, or allow overwriting with --force";
        }
        final String message = ex.getMessage();
        return ex instanceof IOException
                        || ex instanceof IllegalArgumentException
                        || message != null && message.contains(" ")
                ? message
                : ex.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                        + " (this is a fault of Tapedeck; --debug shows where)";
    }
}
