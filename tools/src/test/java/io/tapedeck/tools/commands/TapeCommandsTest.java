package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a recorded run: look, check, mend, compare, export. */
class TapeCommandsTest {
    @TempDir
    private Path folder;

    private Path run;
    private Path tape;

    @BeforeEach
    void record() {
        run = folder.resolve("run");
        tape = run.resolve("AAPL/2026-01-02.qrsdp");
        succeed(
                "run",
                "--reference",
                "--quiet",
                "--seconds",
                "120",
                "--days",
                "2",
                "--chunk-size",
                "1000",
                "--securities",
                "AAPL:10000,MSFT:15000",
                "--output",
                run.toString());
    }

    @Test
    void shouldTellWhatIsOnATape() throws IOException {
        final JsonNode info = json("info", tape.toString(), "--events", "3");

        assertThat(info.get("seed").asText()).isEqualTo("42");
        assertThat(info.get("records").asLong()).isGreaterThan(8_000);
        assertThat(info.get("chunks").asLong()).isEqualTo((info.get("records").asLong() + 999) / 1_000);
        assertThat(info.get("firstRecords")).hasSize(3);
        long mix = 0;
        for (final JsonNode count : info.get("eventMix")) {
            mix += count.asLong();
        }
        assertThat(mix).isEqualTo(info.get("records").asLong());
    }

    @Test
    void shouldTellOfARunThatEachDayOpensWhereTheLastOneClosed() throws IOException {
        final JsonNode sessions = json("info", run.toString()).get("sessions");

        assertThat(sessions).hasSize(4);
        assertThat(sessions.get(1).get("openTicks")).isEqualTo(sessions.get(0).get("closeTicks"));
        assertThat(sessions.get(2).get("openTicks").asInt()).isEqualTo(15_000);
        assertThat(sessions.get(3).get("seed").asText()).isEqualTo("1067");
    }

    @Test
    void shouldFindARunSound() throws IOException {
        assertThat(json("verify", run.toString()).get("sound").asBoolean()).isTrue();
    }

    @Test
    void shouldNameTheDamageAndKeepEveryWholeChunk() throws IOException {
        final byte[] bytes = Files.readAllBytes(tape);
        // In the header of the third chunk or in its compressed block: 64 + 2 chunks of 1,000 records lie before it.
        bytes[40_000] ^= (byte) 0xFF;
        bytes[40_001] ^= (byte) 0xFF;
        bytes[40_002] ^= (byte) 0xFF;
        Files.write(tape, bytes);
        final Path repaired = folder.resolve("repaired.qrsdp");

        final CommandRunner.Result verified = CommandRunner.run("verify", tape.toString());
        final JsonNode repair = json("verify", tape.toString(), "--repair", repaired.toString());

        assertThat(verified.exitCode()).isEqualTo(4);
        assertThat(verified.out()).contains("DAMAGE at offset", "sound     no");
        assertThat(repair.get("losses")).hasSize(1);
        assertThat(repair.get("records").asLong()).isPositive();
        assertThat(CommandRunner.run("verify", repaired.toString(), "--skip-book")
                        .exitCode())
                .as("a valid file")
                .isZero();
        assertThat(CommandRunner.run("verify", repaired.toString()).exitCode())
                .as("whose events no longer make one book")
                .isEqualTo(4);
        assertThat(CommandRunner.run("verify", run.toString()).exitCode()).isEqualTo(4);
    }

    @Test
    void shouldSeeAnEventThatTheBookCouldNotHaveProduced() throws IOException {
        final Path other = folder.resolve("reinitialised.qrsdp");
        succeed(
                "run",
                "--reference",
                "--quiet",
                "--seconds",
                "60",
                "--theta-reinit",
                "0.5",
                "--output",
                other.toString());

        final CommandRunner.Result verified = CommandRunner.run("verify", other.toString());

        assertThat(verified.exitCode()).isEqualTo(4);
        assertThat(verified.out()).contains("where the book has best bid", "--skip-book");
        assertThat(CommandRunner.run("verify", other.toString(), "--skip-book").exitCode())
                .isZero();
    }

    @Test
    void shouldCompareRunsSessionBySession() throws IOException {
        final Path again = folder.resolve("again");
        succeed(
                "run",
                "--reference",
                "--quiet",
                "--seconds",
                "120",
                "--days",
                "2",
                "--securities",
                "AAPL:10000,MSFT:15001",
                "--output",
                again.toString());

        final CommandRunner.Result result = CommandRunner.run("diff", run.toString(), again.toString(), "--json");

        final JsonNode diff = new ObjectMapper().readTree(result.out());
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(diff.get("sessionsCompared").asInt()).isEqualTo(4);
        // Other chunk sizes are a difference of the header, of AAPL's too.
        assertThat(diff.get("differences")).hasSize(4);
        assertThat(diff.get("differences").get(0).get("difference").asText())
                .isEqualTo("chunkCapacity 1000 in A, 4096 in B");
        assertThat(diff.get("differences").get(2).get("difference").asText()).contains("records from 1 on");
    }

    @Test
    void shouldExportTheStoredIntegers() throws IOException {
        final Path csv = folder.resolve("tape.csv");

        succeed("export", "csv", tape.toString(), "--output", csv.toString());

        final List<String> rows = Files.readAllLines(csv);
        assertThat(rows.get(0)).isEqualTo("ts_ns,type,side,price_ticks,qty,order_id");
        assertThat(rows)
                .hasSize(1 + json("info", tape.toString()).get("records").asInt());
        assertThat(rows.get(1)).isEqualTo("34200003510394,2,0,9996,1,1");
        assertThat(rows.get(rows.size() - 1)).endsWith("," + (rows.size() - 1));
        assertThat(CommandRunner.run("export", "csv", tape.toString(), "--output", csv.toString())
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void shouldAskWhichSessionIsMeantWhenThereAreSeveral() {
        final CommandRunner.Result result = CommandRunner.run("book", run.toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("holds 4 sessions", "AAPL");
    }

    @Test
    void shouldRefuseToOverwriteARunUnlessForced() {
        final String[] args = {
            "run",
            "--reference",
            "--quiet",
            "--seconds",
            "10",
            "--days",
            "1",
            "--securities",
            "AAPL:10000",
            "--output",
            run.toString()
        };

        final CommandRunner.Result refused = CommandRunner.run(args);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("would overwrite", "AAPL/2026-01-02.qrsdp");
        final String[] forced = Arrays.copyOf(args, args.length + 1);
        forced[args.length] = "--force";
        succeed(forced);
    }

    @Test
    void shouldWriteThePerformanceOfARun() throws IOException {
        final Path page = folder.resolve("perf.md");

        succeed(
                "run",
                "--reference",
                "--quiet",
                "--seconds",
                "10",
                "--days",
                "2",
                "--output",
                folder.resolve("other").toString(),
                "--perf-doc",
                page.toString());

        assertThat(Files.readAllLines(page))
                .contains("| session | seed | events | seconds | events/s | bytes | bytes/event |")
                .anyMatch(row -> row.startsWith("| 2026-01-05 | 43 | "));
    }
}
