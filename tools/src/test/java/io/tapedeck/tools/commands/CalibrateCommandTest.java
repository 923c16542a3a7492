package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.testing.TestData;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Curves from tapes by the command line, and tapes of LOBSTER's files to take them from. */
class CalibrateCommandTest {
    @TempDir
    private Path folder;

    private Path run(final String name, final int days, final String... more) {
        final Path path = folder.resolve(name);
        final String[] args = {
            "run",
            "--quiet",
            "--model",
            "queue-reactive",
            "--seconds",
            "1200",
            "--days",
            Integer.toString(days),
            "--output",
            path.toString()
        };
        final String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        succeed(all);
        return path;
    }

    @Test
    void shouldCalibrateARunAndRunFromTheResult() throws IOException {
        final Path run = run("run", 2);
        final Path curves = folder.resolve("curves.json");

        final JsonNode summary = json(
                "calibrate", run.toString(), "-o", curves.toString(), "--spread-sens", "0.3", "--imbalance-sens", "1");

        assertThat(summary.get("sessions").asInt()).isEqualTo(2);
        assertThat(summary.get("seconds").asDouble()).isBetween(2_399.9, 2_400.1);
        assertThat(summary.get("queueUnit").asText()).isEqualTo("orders");
        assertThat(summary.get("queues")).hasSize(10);
        final JsonNode file = new ObjectMapper().readTree(curves.toFile());
        assertThat(file.get("K").asInt()).isEqualTo(5);
        assertThat(file.get("spread_sensitivity").asDouble()).isEqualTo(0.3);
        assertThat(file.at("/estimate/improve_coefficient").asDouble()).isEqualTo(0.5);
        // The true rate of additions at the best with five orders is 15 / (1 + 0.6).
        assertThat(file.at("/lambda_L_bid/0/5").asDouble()).isBetween(8.5, 10.3);
        run("again", 1, "--hlr-curves", curves.toString());
    }

    @Test
    void shouldCalibrateSeveralPathsTogetherAndOnlyTheSymbolsAndHoursWanted() throws IOException {
        final Path first = run("first", 1, "--securities", "AAPL:10000,MSFT:15000");
        final Path second = run("second", 1, "--seed", "7", "--securities", "AAPL:10000,MSFT:15000");

        final JsonNode summary = json(
                "calibrate",
                first.toString(),
                second.toString(),
                "-o",
                folder.resolve("curves.json").toString(),
                "--symbols",
                "MSFT",
                "--from",
                "09:35",
                "--to",
                "09:45",
                "--symmetrise");

        assertThat(summary.get("symbols")).hasSize(1);
        assertThat(summary.get("seconds").asDouble()).isBetween(1_199.9, 1_200.1);
        assertThat(summary.get("queues")).hasSize(5);
    }

    @Test
    void shouldSayWhatItCannotCalibrateFrom() throws IOException {
        final Path run = run("run", 1);
        final Path reference = folder.resolve("reference");
        succeed("run", "--reference", "--quiet", "--seconds", "20", "--days", "1", "--output", reference.toString());
        final String curves = folder.resolve("curves.json").toString();

        assertThat(error(2, "calibrate", "-o", curves)).contains("give at least one PATH");
        assertThat(error(2, "calibrate", reference.toString(), "-o", curves)).contains("import qrsdp1");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves, "--anchor", "mid"))
                .contains("choose best-quote or reference-price");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves, "--unit", "lots"))
                .contains("choose orders or aes");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves, "--level-width", "150"))
                .contains("--level-width must be a multiple of 100");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves, "--symbols", "NONE"))
                .contains("--symbols NONE names none");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves, "--min-count", "100000000"))
                .contains("no queue size of level 0");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves, "--to", "08:00"))
                .contains("no time in market hours");
        assertThat(Path.of(curves)).doesNotExist();
        Files.writeString(Path.of(curves), "mine");
        assertThat(error(2, "calibrate", run.toString(), "-o", curves)).contains("--force");
        assertThat(Path.of(curves)).hasContent("mine");
    }

    private static String error(final int exitCode, final String... args) {
        final CommandRunner.Result result = CommandRunner.run(args);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        return result.err();
    }

    @Test
    void shouldWriteTheSeedProgramsFiles() throws IOException {
        final Path one = folder.resolve("one.json");
        final Path two = folder.resolve("two.json");

        succeed(
                "calibrate",
                "--reference",
                "--input",
                TestData.reference("run-hlr-s42/2026-01-02.qrsdp").toString(),
                "--output",
                one.toString());
        succeed(
                "calibrate",
                "--reference",
                "--input",
                TestData.reference("run-multiday-s42/2026-01-02.qrsdp").toString(),
                "--input",
                TestData.reference("run-multiday-s42/2026-01-05.qrsdp").toString(),
                "--levels",
                "3",
                "--n-max",
                "20",
                "--spread-sens",
                "0.25",
                "--output",
                two.toString());

        assertThat(one).hasSameTextualContentAs(TestData.reference("curves-from-hlr-s42.json"));
        assertThat(two).hasSameTextualContentAs(TestData.reference("curves-from-multiday-k3.json"));
    }

    @Test
    void shouldImportALobsterFileByItsNameOrByWhatIsSaid() throws IOException {
        final String rows = "34200.5,1,100,5,999900,1\n34200.6,3,200,7,1000100,-1\n";
        final Path named = Files.writeString(folder.resolve("ABC_2012-06-21_34200000_37800000_message_10.csv"), rows);
        final Path nameless = Files.writeString(folder.resolve("rows.csv"), rows);

        final JsonNode byName = json(
                "import", "lobster", named.toString(), "-o", folder.resolve("a").toString());
        final JsonNode said = json(
                "import",
                "lobster",
                nameless.toString(),
                "-o",
                folder.resolve("b").toString(),
                "--symbol",
                "XYZ",
                "--date",
                "2012-06-22");

        assertThat(byName.get("symbol").asText()).isEqualTo("ABC");
        assertThat(byName.get("date").asText()).isEqualTo("2012-06-21");
        assertThat(byName.get("unknownReferences").asInt()).isEqualTo(1);
        assertThat(said.get("symbol").asText()).isEqualTo("XYZ");
        assertThat(folder.resolve("b/2012-06-22.qrsdp")).exists();
        assertThat(error(
                        2,
                        "import",
                        "lobster",
                        nameless.toString(),
                        "-o",
                        folder.resolve("c").toString()))
                .contains("--symbol and --date are needed");
        Files.writeString(nameless, "34200.5,9,100,5,999900,1\n");
        assertThat(error(
                        4,
                        "import",
                        "lobster",
                        nameless.toString(),
                        "-o",
                        folder.resolve("c").toString(),
                        "--symbol",
                        "XYZ",
                        "--date",
                        "2012-06-22"))
                .contains("line 1: type is \"9\"");
    }

    /** The same hour by two feeds. They differ in whether orders that nobody entered are marked, and in nothing else. */
    @Test
    void shouldFindTheSameCurvesInAFeedOfTheSameHour() throws IOException {
        final Path lobster = folder.resolve("lobster");
        final Path itch = folder.resolve("itch");
        succeed(
                "import",
                "lobster",
                "--quiet",
                TestData.file("lobster/AAPL_2012-06-21_34200000_37800000_message_50.csv")
                        .toString(),
                "-o",
                lobster.toString());
        succeed(
                "import",
                "itch50",
                "--quiet",
                TestData.file("itch/aapl-20120621-0930-1030.itch50").toString(),
                "--date",
                "2012-06-21",
                "-o",
                itch.toString());
        for (final Path tape : new Path[] {lobster, itch}) {
            succeed("calibrate", "--quiet", tape.toString(), "-o", tape + ".json", "--level-width", "1000");
        }

        assertThat(withoutEventsBehindTheWindow(lobster)).isEqualTo(withoutEventsBehindTheWindow(itch));
    }

    private static String withoutEventsBehindTheWindow(final Path tape) throws IOException {
        return Files.readString(Path.of(tape + ".json")).replaceFirst("\"events_behind_the_window\" : \\d+,", "");
    }

    /** A real hour becomes curves of both kinds, and one of them a market again. */
    @Test
    void shouldCalibrateARealHourAndRunFromIt() throws IOException {
        final Path tape = folder.resolve("aapl");
        final Path best = folder.resolve("best.json");
        final Path around = folder.resolve("around.json");
        succeed(
                "import",
                "lobster",
                "--quiet",
                TestData.file("lobster/AAPL_2012-06-21_34200000_37800000_message_50.csv")
                        .toString(),
                "-o",
                tape.toString());

        final JsonNode summary =
                json("calibrate", tape.toString(), "-o", best.toString(), "--level-width", "1000", "--symmetrise");
        json(
                "calibrate",
                tape.toString(),
                "-o",
                around.toString(),
                "--level-width",
                "1000",
                "--levels",
                "3",
                "--anchor",
                "reference-price");

        assertThat(summary.get("queueUnit").asText()).isEqualTo("average-event-size");
        final JsonNode file = new ObjectMapper().readTree(best.toFile());
        assertThat(file.at("/average_event_sizes/0").asDouble())
                .isEqualTo(file.at("/estimate/levels/0/average_event_size").asDouble());
        assertThat(summary.get("seconds").asDouble()).isBetween(3_599.0, 3_600.1);
        assertThat(summary.at("/queues/0/executions").asLong()).isEqualTo(4_067);
        run("simulated", 1, "--hlr-curves", best.toString(), "--depth", "6");
    }
}
