package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models, clocks and factors as a person asks for them, and runs made again. */
@Timeout(180)
class ModelRunCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--model simple",
                "--model queue-reactive --factor-loading 0.3",
                "--model hawkes",
                "--model hawkes --hawkes-base hlr --activity none --target-correlation 0.3",
                "--activity log-ou:0.5,60 --intraday-ratio 2",
                "--model queue-reactive --anchor reference-price --order-size lognormal:500,0.9",
                "--model hawkes --hawkes-base hlr --anchor reference-price --theta 0.9 --theta-reinit 0.2",
                "--order-size fixed:100",
            })
    void shouldMakeARunAgainFromItsFolder(final String model) throws IOException {
        final JsonNode first =
                run("first", model + " --seconds 20 --days 2 --securities AAPL:10000,MSFT:15000 --units 2");

        final JsonNode again = json(
                "run",
                "--quiet",
                "--from",
                path("first"),
                "--output",
                path("again"),
                "--chunk-size",
                "100",
                "--speed",
                "max");

        for (int i = 0; i < 4; i++) {
            assertThat(again.get("days").get(i).get("contentHash"))
                    .isEqualTo(first.get("days").get(i).get("contentHash"));
        }
        assertThat(DataSet.open(folder.resolve("again")).manifest().recipe())
                .isEqualTo(DataSet.open(folder.resolve("first")).manifest().recipe());
    }

    @Test
    void shouldGoOnWithARunThatWasCutOffAndSayWhenNothingIsLeft() throws IOException {
        run("run", "--seconds 60 --days 2 --chunk-size 100 --compression none --order-size fixed:100");
        final Path tape = folder.resolve("run/2026-01-05.qrsdp");
        final byte[] whole = Files.readAllBytes(tape);
        final String manifest = Files.readString(folder.resolve("run/manifest.json"));
        final DataSet done = DataSet.open(folder.resolve("run"));

        final JsonNode nothing = json("run", "--quiet", "--resume", path("run"));
        assertThat(nothing.get("complete").asBoolean()).isTrue();

        run("first", "--seconds 60 --days 1 --order-size fixed:100");
        final DataSetManifest cut = new DataSetManifest(
                done.manifest().recipe(),
                done.manifest().zone(),
                done.manifest().units(),
                done.manifest()
                        .plan()
                        .withOpeningPrices(DataSet.open(folder.resolve("first"))
                                .manifest()
                                .plan()
                                .openingPricesTicks()),
                done.manifest().days().subList(0, 1));
        cut.write(folder.resolve("run"));
        Files.write(tape, Arrays.copyOf(whole, whole.length / 2));

        assertThat(CommandRunner.run(words("run --quiet --resume " + path("run") + " --seed 1")))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("leave --seed out"));
        assertThat(CommandRunner.run(words("run --quiet --resume " + path("run") + " --compression lz4"))
                        .err())
                .contains("leave --compression out");
        assertThat(CommandRunner.run(words("run --quiet --resume " + path("nowhere")))
                        .err())
                .contains("it has no manifest.json");
        final JsonNode resumed = json("run", "--quiet", "--resume", path("run"));

        assertThat(resumed.get("days")).hasSize(1);
        assertThat(Files.readAllBytes(tape)).isEqualTo(whole);
        assertThat(Files.readString(folder.resolve("run/manifest.json"))).isEqualTo(manifest);
    }

    @Test
    void shouldTakeHawkesByItsBranchingRatio() throws IOException {
        run("run", "--model hawkes --hawkes-branching 0.5 --hawkes-cap 4 --seconds 1 --days 1");

        final Map<String, String> recipe = recipe("run");
        // The base rate is about 72 events a second, so alpha is 0.5 x 2 / 72.
        assertThat(Double.parseDouble(recipe.get("clock.hawkes.alpha"))).isBetween(0.0136, 0.0142);
        assertThat(recipe)
                .containsEntry("clock.hawkes.beta", "2.0")
                .containsEntry("clock.hawkes.cap", "4.0")
                .containsEntry("clock.activity.standard_deviation", "0.8")
                .containsEntry("clock.activity.tau_seconds", "300.0")
                .containsEntry("clock.activity.intraday_ratio", "3.0");
    }

    @Test
    void shouldTakeFranceTelecomAroundAReferencePriceAndWhatIsSaidOfIt() throws IOException {
        run("published", "--model hlr --anchor reference-price --seconds 60 --days 1");
        run("changed", "--model hlr --anchor reference-price --theta 0.5 --theta-reinit 0 --seconds 60 --days 1");

        assertThat(DataSet.open(folder.resolve("published")).manifest().recipe().model())
                .isEqualTo("reference-price");
        assertThat(recipe("published"))
                .containsEntry("model.theta", "0.7")
                .containsEntry("model.theta_reinit", "0.85")
                .containsEntry("model.average_event_sizes", "836.0,1068.0,1069.0");
        assertThat(recipe("changed")).containsEntry("model.theta", "0.5").containsEntry("model.theta_reinit", "0.0");
    }

    @Test
    void shouldRefuseCurvesThatMakeAQueueGrowUnlessTheSeedProgramWouldTakeThem() throws IOException {
        final Path curves = folder.resolve("curves.json");
        Files.writeString(
                curves,
                "{\"K\": 1, \"n_max\": 2, \"lambda_L_bid\": [[1, 2, 3]], \"lambda_L_ask\": [[1, 1, 1]],"
                        + " \"lambda_C_bid\": [[0, 1, 2]], \"lambda_C_ask\": [[0, 1, 2]],"
                        + " \"lambda_M_buy\": [0, 0.5, 0.5], \"lambda_M_sell\": [0, 0.5, 0.5]}");
        final String run = " --levels 1 --days 1 --seconds 1 --hlr-curves " + curves + " --output ";

        final CommandRunner.Result refused = CommandRunner.run(words("run" + run + path("native")));
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err())
                .contains("curves.json: at offset ")
                .contains("level 0, size 2: the tables end here and go on like this")
                .contains("arrivals 3.0 per second, departures 2.5");
        assertThat(CommandRunner.run(words("run --reference" + run + path("reference")))
                        .exitCode())
                .isZero();
    }

    @Test
    void shouldWarnWhenExcitationSaturates() throws IOException {
        final CommandRunner.Result saturated = CommandRunner.run(
                words("run --model hawkes --hawkes-alpha 0.5 --activity none --seconds 1 --days 1 --output "
                        + path("saturated")));
        final CommandRunner.Result calm = CommandRunner.run(
                words("run --model hawkes --activity none --seconds 1 --days 1 --output " + path("calm")));

        assertThat(saturated.exitCode()).isZero();
        assertThat(saturated.err())
                .contains("warning: excitation saturates: the branching ratio is 18.")
                .contains("from 0.833 on")
                .contains("the cap of 5");
        assertThat(calm.err()).doesNotContain("warning");
        assertThat(recipe("saturated"))
                .containsEntry("clock.hawkes.alpha", "0.5")
                .doesNotContainKey("clock.activity.tau_seconds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--hawkes-branching 0.5 | go with --model hawkes",
                "--hawkes-base simple | goes with --model hawkes",
                "--model hawkes --hawkes-alpha 1 --hawkes-branching 0.5 | say the same thing twice",
                "--model hawkes --hawkes-base hawkes | choose simple or queue-reactive",
                "--model tide | choose simple, queue-reactive or hawkes",
                "--factor-loading 1 --target-correlation 0.5 | say the same thing twice",
                "--target-correlation 1 | below 1",
                "--activity tide | write none, log-ou or log-ou:SD,TAU",
                "--activity log-ou:0.8 | write none, log-ou or log-ou:SD,TAU",
                "--activity log-ou:x,3 | write none, log-ou or log-ou:SD,TAU",
                "--activity log-ou:9,300 | standardDeviation=9.0",
                "--reference --activity log-ou | leave --reference out",
                "--reference --order-size fixed:2 | orders of one share, not fixed:2; leave --reference out",
                "--reference --model hlr --anchor reference-price | has no model reference-price; leave --reference out",
                "--order-size fixed:0 | medianShares=0",
                "--order-size many | unit, fixed:N or lognormal:MEDIAN,SIGMA",
                "--anchor reference-price | give --model queue-reactive as well",
                "--model hlr --anchor tide | choose best-quote or reference-price",
                "--model hlr --theta 0.5 | goes with --anchor reference-price",
                "--model hlr --anchor reference-price --theta 2 | theta must lie between 0 and 1: theta=2.0",
                "--model hlr --anchor reference-price --theta-reinit 2 | thetaReinit=2.0",
                "--model hlr --anchor reference-price --factor-loading 1 | leave the factor out",
            })
    void shouldRefuseContradictions(final String options, final String message) {
        final CommandRunner.Result run =
                CommandRunner.run(words("run --days 1 --seconds 1 --output " + path("x") + " " + options));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(folder.resolve("x/manifest.json")).doesNotExist();
    }

    @Test
    void shouldRefuseToMakeARunAgainFromSomethingElse() throws IOException {
        run("first", "--seconds 1 --days 1");
        json("run", "--reference", "--quiet", "--seconds", "1", "--days", "1", "--output", path("reference"));

        assertThat(CommandRunner.run(words("run --output " + path("y") + " --from " + path("reference")))
                        .err())
                .contains("reference run does not name model and parameters");
        assertThat(CommandRunner.run(words("run --output " + path("y") + " --from " + path("nothing")))
                        .err())
                .contains("it has no manifest.json");
        assertThat(CommandRunner.run(words("run --from " + path("first"))).err())
                .contains("--output");
        for (final String option : List.of(
                "--seed 3", "--units 1", "--base-L 3", "--hawkes-cap 3", "--model simple", "--depth 3", "--days 2")) {
            final CommandRunner.Result run =
                    CommandRunner.run(words("run --output " + path("y") + " --from " + path("first") + " " + option));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("leave " + option.split(" ")[0] + " out");
        }
    }

    @Test
    void shouldFailACheckWhenTheManifestIsNotTheRunsOwn() throws IOException {
        run("first", "--seconds 5 --days 1");
        final Path manifest = folder.resolve("first/manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("\"model.limit_rate\": \"20.0\"", "\"model.limit_rate\": \"21.0\""));

        final CommandRunner.Result run =
                CommandRunner.run(words("run --output " + path("y") + " --from " + path("first")));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains("1 of its tapes have other records").contains("2026-01-02.qrsdp had ");
    }

    private JsonNode run(final String name, final String options) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("run", "--quiet", "--output", path(name)));
        arguments.addAll(Arrays.asList(words(options)));
        return json(arguments.toArray(new String[0]));
    }

    private Map<String, String> recipe(final String name) throws IOException {
        return DataSet.open(folder.resolve(name)).manifest().recipe().parameters();
    }

    private static String[] words(final String line) {
        return line.trim().split(" +");
    }

    private String path(final String name) {
        return folder.resolve(name).toString();
    }
}
