package io.tapedeck.tools.commands;

import java.nio.file.Path;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** Where the data set of an import goes, and where its day is. */
final class ImportOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "Folder of the data set to make.")
    private Path output;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "America/New_York",
            description = "Zone in which times count from midnight. Default: ${DEFAULT-VALUE}.")
    private ZoneId zone;

    @Option(names = "--force", description = "Delete the data set that is there.")
    private boolean force;

    Path output() {
        return output;
    }

    ZoneId zone() {
        return zone;
    }

    boolean isForced() {
        return force;
    }
}
