package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.testing.TestData;
import io.tapedeck.tools.cli.CommandRunner;
import io.tapedeck.tools.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The report of a tape: on the screen, for scripts, and as a page. */
class ValidateCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldPassSimulatedRunAndShowItOnOnePage() throws Exception {
        final Path page = folder.resolve("report.html");
        final Path run = run("queue-reactive", 1, "600");

        final JsonNode report = json("validate", "--quiet", run.toString(), "--html", page.toString());

        assertThat(names(report, "HOLDS")).contains("rates-by-type", "waiting-times", "cancel-ranks", "fill-chances");
        assertThat(names(report, "FAILS")).isEmpty();
        assertThat(names(report, "NOT_APPLICABLE")).contains("invariant-law", "rates-by-pace");
        assertThat(report.get("facts").size()).isGreaterThan(30);
        final String html = Files.readString(page);
        assertThat(html).startsWith("<!DOCTYPE html>").doesNotContain("{{").doesNotContain("NaN");
        // Nothing is fetched from anywhere.
        assertThat(html).doesNotContain("http:", "https:", "src=", "@import", "url(\"", "<script");
        final List<String> plots = plots(html);
        assertThat(plots).hasSize(18);
        for (final String plot : plots) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new java.io.StringReader(plot)))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void shouldFailTapeWhoseManifestSaysOtherwiseThanItWasMade() throws IOException {
        final Path run = run("simple", 2, "900");
        final Path manifest = run.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"model.cancel_rate\": \"0.5\"", "\"model.cancel_rate\": \"0.55\""));

        final CommandRunner.Result result = CommandRunner.run("validate", "--quiet", run.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.CHECK);
        assertThat(result.err()).contains("does not follow the law of its recipe", "rates-by-type");
        assertThat(result.out()).contains("fails", "stylised fact");
    }

    @Test
    void shouldDecideWithSecondRunOfAnotherSeedOnly() {
        final String first = run("simple", 3, "300").toString();
        final String repeat = run("simple", 4, "300").toString();

        succeed("validate", "--quiet", first, "--repeat", repeat);
        final CommandRunner.Result same = CommandRunner.run("validate", "--quiet", first, "--repeat", first);

        assertThat(same.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(same.err()).contains("another seed");
    }

    @Test
    void shouldMeasureRealTapeBesideSimulatedOne() throws IOException {
        final Path real = folder.resolve("aapl");
        succeed(
                "import",
                "itch50",
                "--quiet",
                TestData.file("itch/aapl-20120621-0930-1030.itch50").toString(),
                "--date",
                "2012-06-21",
                "-o",
                real.toString());
        final Path page = folder.resolve("report.html");

        final JsonNode report = json(
                "validate",
                "--quiet",
                real.toString(),
                "--beside",
                run("simple", 5, "300").toString(),
                "--html",
                page.toString());

        assertThat(report.get("oracles")).isEmpty();
        final JsonNode spread = fact(report, "spread");
        assertThat(spread.get("value").asDouble()).isBetween(15.0, 25.0);
        assertThat(spread.get("beside").asDouble()).isBetween(1.0, 2.0);
        assertThat(spread.get("standing").asText()).isEqualTo("out");
        assertThat(plots(Files.readString(page))).hasSize(12);
    }

    @Test
    void shouldRefuseToOverwriteReport() throws IOException {
        final Path page = Files.createFile(folder.resolve("there.html"));

        final CommandRunner.Result result =
                CommandRunner.run("validate", "--quiet", run("simple", 6, "30").toString(), "--html", page.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(page).isEmptyFile();
    }

    private Path run(final String model, final int seed, final String seconds) {
        final Path run = folder.resolve("run-" + seed);
        succeed(
                "run",
                "--quiet",
                "--model",
                model,
                "--seed",
                Integer.toString(seed),
                "--days",
                "2",
                "--seconds",
                seconds,
                "--securities",
                "AAPL:10000,MSFT:15000",
                "--output",
                run.toString());
        return run;
    }

    private static List<String> names(final JsonNode report, final String verdict) {
        return StreamSupport.stream(report.get("oracles").spliterator(), false)
                .filter(oracle -> oracle.get("verdict").asText().equals(verdict))
                .map(oracle -> oracle.get("name").asText())
                .toList();
    }

    private static JsonNode fact(final JsonNode report, final String name) {
        return StreamSupport.stream(report.get("facts").spliterator(), false)
                .filter(fact -> fact.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> plots(final String html) {
        final List<String> plots = new ArrayList<>();
        int at = html.indexOf("<svg");
        while (at >= 0) {
            final int end = html.indexOf("</svg>", at) + 6;
            plots.add(html.substring(at, end));
            at = html.indexOf("<svg", end);
        }
        return plots;
    }
}
