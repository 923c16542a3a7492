package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.journal.format2.Format2Cursor;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code replay} does about records that cannot be right, and about tapes that grow. */
@Timeout(120)
class ReplayCommandTest {
    @TempDir
    private Path folder;

    private String set;
    private String whole;

    /** Half of the events of a tape: orders are executed that were never entered. */
    private String torn;

    @BeforeEach
    void record() {
        set = path("set");
        whole = set + "/2026-01-02.qrsdp";
        torn = path("torn.qrsdp");
        succeed("run", "--quiet", "--days", "2", "--seconds", "30", "--securities", "A:10000,B:20000", "-o", set);
        succeed("replay", whole, "--sample", "2", "--journal", torn);
    }

    private String path(final String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void shouldFindNothingInARunOfItsOwn() throws IOException {
        assertThat(json("replay", set, "--on-error", "fail", "--hash").get("hash"))
                .isEqualTo(json("replay", set, "--hash").get("hash"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"--hash", "--workers 2", "--symbols A", "--csv FILE --features mid"})
    void shouldNameTheRecordThatCannotBeRight(final String options) {
        final List<String> args = new ArrayList<>(List.of("replay", torn, "--on-error", "fail"));
        args.addAll(List.of(options.replace("FILE", path("rows.csv")).split(" ")));

        final CommandRunner.Result result = CommandRunner.run(args.toArray(new String[0]));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
        assertThat(result.err())
                .containsPattern("stage 'check' failed at record [0-9]+ of [AB], 2026-01-02 09:30:[0-9.]+, " + torn
                        + ": the book cannot have this event: UNKNOWN_ORDER")
                .contains(
                        options.startsWith("--workers")
                                ? "tapedeck: worker 0, 2026-01-02, unit 0: stage"
                                : "tapedeck: ")
                .hasLineCount(1);
    }

    @Test
    void shouldLeaveOutWhatFailsAndWriteItDown() throws IOException {
        final String kept = path("kept.qrsdp");
        final Path errors = folder.resolve("errors.csv");
        final Path rows = folder.resolve("rows.csv");

        final JsonNode summary = json(
                "replay",
                torn,
                "--on-error",
                "skip",
                "--error-limit",
                "100000",
                "--errors",
                errors.toString(),
                "--csv",
                rows.toString(),
                "--journal",
                kept);

        final Set<String> failed = sequences(errors, 2);
        final Set<String> left = sequences(rows, 0);
        assertThat(failed).hasSizeGreaterThan(100).hasSize(summary.get("errors").asInt());
        assertThat(left).hasSize(summary.get("records").asInt()).doesNotContainAnyElementsOf(failed);
        assertThat(failed.size() + left.size()).isEqualTo(summary.get("read").asInt());
        assertThat(Files.readAllLines(errors).get(1))
                .matches("\"check\",2026-01-02,[0-9]+,[0-9]+,[AB],\"" + torn
                        + "\",IncoherentRecordException,\"the book cannot have this event: [A-Z_]+\",[0-9a-f]{128}");
        assertThat(json("replay", kept, "--on-error", "fail").get("records").asInt())
                .isEqualTo(left.size());
    }

    private static Set<String> sequences(final Path csv, final int column) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(row -> row.split(",")[column])
                .collect(Collectors.toSet());
    }

    @Test
    void shouldHaltTheInstrumentOfWhatFailsForTheDay() throws IOException {
        final Path rows = folder.resolve("rows.csv");

        final JsonNode summary = json(
                "replay", torn, "--on-error", "halt-instrument", "--csv", rows.toString(), "--types", "ADD,DELETE");

        assertThat(summary.get("errors").asInt()).isEqualTo(2);
        final Set<String> entered = new HashSet<>();
        for (final String row : Files.readAllLines(rows)) {
            final String[] fields = row.split(",");
            if (fields[3].equals("ADD")) {
                entered.add(fields[7]);
            } else if (fields[3].equals("DELETE")) {
                assertThat(entered).contains(fields[7]);
            }
        }
        assertThat(entered).isNotEmpty();
    }

    @Test
    void shouldEndWhenThereAreTooManyErrorsAndStillWriteThemDown() throws IOException {
        final Path errors = folder.resolve("errors.csv");

        final CommandRunner.Result result = CommandRunner.run(
                "replay", torn, "--on-error", "skip", "--error-limit", "7", "--errors", errors.toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("stage 'check' failed at record ");
        assertThat(Files.readAllLines(errors)).hasSize(8);
    }

    @Test
    void shouldFailAtTheSameRecordsWithAnyNumberOfWorkers() throws IOException {
        final List<List<String>> files = new ArrayList<>();
        for (final String workers : new String[] {"1", "2", "8"}) {
            final Path errors = folder.resolve("errors" + workers + ".csv");
            final Path rows = folder.resolve("rows" + workers + ".csv");
            json(
                    "replay",
                    torn,
                    "--workers",
                    workers,
                    "--split",
                    "instrument",
                    "--on-error",
                    "skip",
                    "--error-limit",
                    "100000",
                    "--errors",
                    errors.toString(),
                    "--csv",
                    rows.toString());
            final List<String> both = new ArrayList<>(Files.readAllLines(errors));
            both.addAll(Files.readAllLines(rows));
            files.add(both);
        }
        assertThat(files.get(1)).isEqualTo(files.get(0)).hasSizeGreaterThan(200);
        assertThat(files.get(2)).isEqualTo(files.get(0));
    }

    @ParameterizedTest(name = "{0} ends with {1}")
    @CsvSource({
        "replay TAPE --on-error ignore, 2, 'fail, skip or halt-instrument: ignore'",
        "replay TAPE --errors x.csv, 2, --errors needs --on-error",
        "replay TAPE --on-error fail --error-limit 3, 2, --error-limit needs --on-error",
        "replay TAPE --on-error skip --error-limit -1, 2, 0 or more",
        "replay TAPE --on-error skip --errors TAPE, 2, exists already",
        "replay TAPE --follow --workers 2, 2, neither --workers nor",
        "replay TAPE --follow --explain, 2, --explain",
    })
    void shouldSayWhatIsWrong(final String command, final int exitCode, final String words) {
        final CommandRunner.Result result =
                CommandRunner.run(command.replace("TAPE", whole).split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(words);
    }

    @ParameterizedTest(name = "paced: {0}")
    @CsvSource({"false", "true"})
    void shouldFollowATapeUntilItsWriterClosesIt(final boolean isPaced) throws Exception {
        final Path growing = folder.resolve("growing.qrsdp");
        final Path rows = folder.resolve("rows.csv");
        final List<String> args = new ArrayList<>(List.of(
                "replay", growing.toString(), "--follow", "--hash", "--csv", rows.toString(), "--json", "--quiet"));
        if (isPaced) {
            args.addAll(List.of("--speed", "1000x"));
        }
        try (Format2Reader reader = Format2Reader.open(Path.of(whole));
                Format2Cursor cursor = reader.cursor()) {
            final Format2Writer writer =
                    Format2Writer.create(growing, reader.metadata(), 500, SyncPolicy.parse("none"));
            final CompletableFuture<CommandRunner.Result> replay =
                    CompletableFuture.supplyAsync(() -> CommandRunner.run(args.toArray(new String[0])));
            try (writer) {
                copy(cursor, writer, 4);
                // The rows of the chunks that are full are there before the next one is.
                while (!Files.exists(rows) || Files.readAllLines(rows).size() < 1_000) {
                    assertThat(replay.isDone()).isFalse();
                    Thread.onSpinWait();
                }
                copy(cursor, writer, Integer.MAX_VALUE);
                assertThat(replay.isDone()).isFalse();
            }
            final CommandRunner.Result result = replay.get(100, TimeUnit.SECONDS);

            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).contains("\"whole\":true", "\"hash\":\"" + reader.contentHash() + "\"");
            assertThat(Files.readAllLines(rows)).hasSize((int) reader.recordCount() + 1);
        }
    }

    private static void copy(final Format2Cursor cursor, final Format2Writer writer, final int batches)
            throws IOException {
        for (int i = 0; i < batches && cursor.nextBatch() > 0; i++) {
            writer.append(cursor.slots(), cursor.low(), cursor.high());
        }
    }
}
