package io.tapedeck.tools.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the formats that a data set can be made of. */
@Command(
        name = "import",
        description = "Make a data set of journals out of files in another format.",
        synopsisSubcommandLabel = "FORMAT",
        subcommands = {ImportItch50Command.class, ImportLobsterCommand.class, ImportQrsdp1Command.class})
public final class ImportCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a format is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
}
