package io.tapedeck.tools.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.TestData;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file that the reference program wrote, regenerated from the options it was run with. */
class ReferenceFilesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "run-simple-s1, --seed 1 --days 1 --seconds 180",
        "run-simple-s42, --seed 42 --days 1 --seconds 240",
        "run-hlr-s42, --seed 42 --days 1 --seconds 240 --model hlr",
        "run-simple-nospread-s7," + " --seed 7 --days 1 --seconds 120 --spread-sens 0 --epsilon-exec 1.0 --base-M 40",
        "run-multiday-s42, --seed 42 --days 4 --seconds 60 --start-date 2026-01-02",
        "run-multisec-s42, '--seed 42 --days 2 --seconds 60 --start-date 2024-02-28"
                + " --securities AAPL:10000,MSFT:15000,GOOG:20000'",
        "run-hlrcurves-s100, --seed 100 --days 1 --seconds 120 --hlr-curves {curves-from-hlr-s42.json}",
        "run-hlr-fallback-s5,"
                + " --seed 5 --days 1 --seconds 60 --levels 2 --hlr-curves {curves-from-multiday-k3.json}",
    })
    void shouldRegenerateARunDirectory(final String name, final String options) throws IOException {
        final Path expected = TestData.reference(name);
        final Path actual = folder.resolve(name);

        run(options, actual);

        assertThat(files(actual)).isEqualTo(files(expected));
        for (final String file : files(expected)) {
            if (file.endsWith(".json")) {
                assertThat(actual.resolve(file)).hasSameTextualContentAs(expected.resolve(file));
            }
        }
        // Header fields and every field of every record, times to the nanosecond.
        assertThat(CommandRunner.run("diff", expected.toString(), actual.toString())
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cli-simple-s42-60s, --seed 42 --seconds 60 --spread-improve 0",
        "var-simple-short-s42, --seed 42 --seconds 5 --chunk-size 4096",
        "var-simple-reinit-s3, --seed 3 --seconds 90 --theta-reinit 0.3 --reinit-depth-mean 6",
        "var-simple-onelevel-s6,"
                + " --seed 6 --seconds 60 --alpha 0.9 --spread-improve 0.15 --initial-spread 5 --levels 1 --depth 2",
    })
    void shouldRegenerateASingleFile(final String name, final String options) throws IOException {
        final Path expected = TestData.reference(name + ".qrsdp");
        final Path actual = folder.resolve(name + ".qrsdp");

        run(options, actual);

        assertThat(CommandRunner.run("diff", expected.toString(), actual.toString())
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "var-simple-reinit-s3, --seed 3 --seconds 90 --theta-reinit 0.3 --reinit-depth-mean 6",
        "var-simple-onelevel-s6,"
                + " --seed 6 --seconds 60 --alpha 0.9 --spread-improve 0.15 --initial-spread 5 --levels 1 --depth 2",
    })
    void shouldRegenerateTheFlagsOfASession(final String name, final String options) throws IOException {
        final Path expected = TestData.reference(name + ".flags.csv");
        final Path flags = folder.resolve("flags.csv");

        run(options + " --flags-csv " + flags, folder.resolve(name + ".qrsdp"));

        assertThat(flags).hasSameTextualContentAs(expected);
    }

    @Test
    void shouldSaySoWhenSessionsDiffer() {
        final Path a = TestData.reference("run-multiday-s42/2026-01-02.qrsdp");
        final Path b = TestData.reference("run-multiday-s42/2026-01-05.qrsdp");

        final CommandRunner.Result result = CommandRunner.run("diff", a.toString(), b.toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).contains("first difference", "at record 1", "4,402", "4,241");
    }

    private static void run(final String options, final Path output) {
        final List<String> args = new ArrayList<>(List.of("run", "--reference", "--quiet"));
        for (final String option : options.trim().split(" ")) {
            args.add(
                    option.startsWith("{")
                            ? TestData.reference(option.substring(1, option.length() - 1))
                                    .toString()
                            : option);
        }
        args.addAll(List.of("--output", output.toString()));
        final CommandRunner.Result result = CommandRunner.run(args.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private static List<String> files(final Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.toList());
        }
    }
}
