package io.tapedeck.tools.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples run, and what they write is what the command line writes. */
@Timeout(120)
class SamplesTest {
    @TempDir
    private static Path folder;

    private static String run;

    @BeforeAll
    static void record() {
        run = folder.resolve("run").toString();
        assertThat(CommandRunner.run(
                                "run",
                                "--quiet",
                                "--days",
                                "2",
                                "--seconds",
                                "120",
                                "--securities",
                                "AAPL:10000,MSFT:15000",
                                "--output",
                                run)
                        .exitCode())
                .isZero();
    }

    private static JsonNode replay(final String... args) throws IOException {
        final String[] all = new String[args.length + 3];
        all[0] = "replay";
        all[1] = "--json";
        all[2] = "--quiet";
        System.arraycopy(args, 0, all, 3, args.length);
        final CommandRunner.Result result = CommandRunner.run(all);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }

    private static String file(final String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void shouldFilterToText() throws IOException {
        FilterToCsv.main(new String[] {run, "AAPL", file("filtered.csv")});
        replay(
                run,
                "--symbols",
                "AAPL",
                "--types",
                "EXECUTE",
                "--from",
                "09:30",
                "--to",
                "10:00",
                "--csv",
                file("filtered2.csv"));

        assertThat(Files.readAllLines(folder.resolve("filtered.csv")))
                .isEqualTo(Files.readAllLines(folder.resolve("filtered2.csv")))
                .hasSizeGreaterThan(100);
    }

    @Test
    void shouldWriteTwoFilesInOneGo() throws IOException {
        final String tape = run + "/2026-01-02.qrsdp";
        TwoOutputs.main(new String[] {tape, "MSFT", file("msft.qrsdp"), file("trades.csv")});

        assertThat(replay(file("msft.qrsdp")).get("records"))
                .isEqualTo(replay(tape, "--symbols", "MSFT").get("records"));
        assertThat(Files.readAllLines(folder.resolve("trades.csv")))
                .hasSize(1
                        + replay(tape, "--symbols", "MSFT", "--types", "EXECUTE")
                                .get("records")
                                .asInt());
    }

    @Test
    void shouldMakeLittleOfMuch() throws IOException {
        DownSampling.main(new String[] {run, file("sample.csv"), file("seconds.csv")});
        replay(
                run,
                "--features",
                "mid,spread,imbalance:5,ofi,volume",
                "--trigger",
                "bucket:1s",
                "--csv",
                file("seconds2.csv"));

        final List<String> seconds = Files.readAllLines(folder.resolve("seconds.csv"));
        assertThat(seconds)
                .isEqualTo(Files.readAllLines(folder.resolve("seconds2.csv")))
                .hasSizeBetween(300, 481);
        assertThat(Files.readAllLines(folder.resolve("sample.csv"))).hasSizeGreaterThan(100);
    }

    @Test
    void shouldFindWideSpreads() throws IOException {
        WideSpreads.main(new String[] {run, "1"});
        final CountSink wide = new CountSink();
        try (EventSource source = DataSetSource.open(Path.of(run))) {
            ReplayPipeline.from(source)
                    .transform("wide", new WideSpreads(1))
                    .sink("count", wide)
                    .build()
                    .run();
        }
        replay(run, "--features", "spread", "--trigger", "event", "--csv", file("spreads.csv"));

        assertThat(wide.recordCount())
                .isEqualTo(Files.readAllLines(folder.resolve("spreads.csv")).stream()
                        .skip(1)
                        .filter(row -> !row.endsWith(",") && Integer.parseInt(row.split(",")[3]) > 1)
                        .count())
                .isPositive();
    }
}
