package io.tapedeck.perf;

import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.run.TapeRunSummary;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A native run of one symbol's day in a temporary folder, which goes away with the JVM. */
final class TemporaryRun {
    private final Path folder;

    TemporaryRun() throws IOException {
        folder = Files.createTempDirectory("tapedeck-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    TapeRunSummary run(final UnitConsumers consumers) throws IOException, InterruptedException {
        final TapeRunSummary summary = TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder)
                .securities(List.of(new RunSecurity("AAPL", 10_000)))
                .days(1)
                .force(true)
                .consumers(consumers));
        Workload.require(summary.isClean(), "a consumer did not get everything");
        return summary;
    }

    /** One unit of many symbols. */
    TapeRunSummary run(final int symbols, final int seconds) throws IOException, InterruptedException {
        final List<RunSecurity> securities = new ArrayList<>();
        for (int i = 1; i <= symbols; i++) {
            securities.add(new RunSecurity("S" + i, 10_000));
        }
        final TapeRunSummary summary = TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder)
                .parameters(SessionParameters.builder().sessionSeconds(seconds).build())
                .securities(securities)
                .days(1)
                .force(true));
        Workload.require(summary.isClean(), "a consumer did not get everything");
        return summary;
    }

    Path folder() {
        return folder;
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (final IOException ex) {
            System.err.println(folder + " could not be deleted: " + ex.getMessage());
        }
    }
}
