package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.tools.Tapedeck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Help, exit codes, messages. */
class CommandLineTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("commands")
    void shouldExplainEveryCommandAndEveryOption(final String name, final CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(name)
                .isNotEmpty();
        for (final ArgSpec argument : command.getCommandSpec().args()) {
            assertThat(String.join(" ", argument.description()))
                    .as("%s %s", name, argument.paramLabel())
                    .matches("(?s)[A-Z-].*[.]");
        }
        assertThat(command.getUsageMessage()).contains("Usage: " + name);
        for (final String line : command.getUsageMessage().split("\n")) {
            assertThat(line).as(name).hasSizeLessThanOrEqualTo(112);
        }
    }

    static Stream<Object[]> commands() {
        final List<Object[]> all = new ArrayList<>();
        add(all, Tapedeck.commandLine());
        return all.stream();
    }

    private static void add(final List<Object[]> all, final CommandLine command) {
        all.add(new Object[] {command.getCommandSpec().qualifiedName(), command});
        command.getSubcommands().values().forEach(sub -> add(all, sub));
    }

    @ParameterizedTest(name = "{0} ends with {1}")
    @CsvSource({
        "--help, 0, Usage: tapedeck",
        "run --help, 0, --spread-improve",
        "nonsense, 2, nonsense",
        "run --units 2, 2, units",
        "run --reference --seed -1, 2, no seed",
        "run --reference --seed 18446744073709551616, 2, no seed",
        "run --reference --securities AAPL, 2, SYMBOL:TICKS",
        "run --reference --model nonsense, 2, simple",
        "run --reference --model simple --hlr-curves x.json, 2, leave one of them out",
        "run --reference --levels 0, 2, levelsPerSide",
        "run --reference --days -1, 2, days",
        "run --reference --market-open 9h, 2, time of day",
        "run --reference --days 2 -o x.qrsdp, 2, single session",
        "run --reference --flags-csv flags.csv, 2, single session",
        "run --reference --hlr-curves absent.json, 3, absent.json",
        "info absent.qrsdp, 3, absent.qrsdp: no such file",
        "info ., 3, manifest.json",
        "verify absent.qrsdp, 3, absent.qrsdp",
        "book absent.itch50, 3, absent.itch50",
        "book absent.itch50 --snapshots 5, 2, --depth",
        "export, 2, csv",
        "export csv absent.qrsdp -o x.csv, 3, absent.qrsdp",
        "import, 2, itch50",
        "import pcap absent.pcap -o x, 3, absent.pcap",
        "listen --port 99999, 2, HOST:PORT",
        "listen --give-up 0, 2, give-up",
        "listen --itch-request 10.0.0.1:5000, 2, interface",
        "replay absent.qrsdp, 3, absent.qrsdp",
        "validate absent.qrsdp, 3, no such file",
        "diff absent.qrsdp, 2, B",
    })
    void shouldEndWithTheExitCodeOfItsTrouble(final String args, final int exitCode, final String word) {
        final CommandRunner.Result result = CommandRunner.run(args.split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.out() + result.err()).contains(word);
        assertThat(result.err()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldCallForeignBytesCorrupt() throws IOException {
        final Path file = Files.writeString(folder.resolve("text.qrsdp"), "this is no tape at all");

        final CommandRunner.Result result = CommandRunner.run("info", file.toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("text.qrsdp: at offset 0", "QRSDPLOG");
    }

    @Test
    void shouldShowTheStackTraceOnlyWhenAsked() {
        assertThat(CommandRunner.run("info", "absent.qrsdp", "--debug").err()).contains("\tat ");
    }

    @Test
    void shouldNameVersionCommitAndJvm() {
        assertThat(CommandRunner.run("--version").out()).matches("(?s)tapedeck \\d\\S* \\(commit \\S+\\)\\RJVM .*\\R");
    }

    /** Regenerate with {@code -Dtapedeck.writeCompletion=true}. */
    @Test
    void shouldShipACompletionScriptThatKnowsEveryCommand() throws IOException {
        final Path script = Path.of(System.getProperty("tapedeck.projectRoot", ".."), "scripts", "completion.bash");
        final String expected = AutoComplete.bash("tapedeck", Tapedeck.commandLine());
        if (Boolean.getBoolean("tapedeck.writeCompletion")) {
            Files.writeString(script, expected);
        }

        assertThat(script).content().isEqualToNormalizingNewlines(expected);
    }
}
