package io.tapedeck.tools.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the formats that a tape can be written to. */
@Command(
        name = "export",
        description = "Write a tape in another format.",
        synopsisSubcommandLabel = "FORMAT",
        subcommands = {ExportCsvCommand.class, ExportItch50Command.class, ExportQrsdp1Command.class})
public final class ExportCommand implements Runnable {
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
