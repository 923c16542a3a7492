package io.tapedeck.tools.commands;

import static io.tapedeck.tools.cli.CommandRunner.json;
import static io.tapedeck.tools.cli.CommandRunner.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapedeck.testing.TestData;
import io.tapedeck.tools.cli.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Journals of format 2 and data sets through the command line: import, replay, book, info, verify, diff, export. */
class JournalCommandsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"aapl-20120621-0930-1030", "nasdaq-20191230-open", "nasdaq-start-of-day", "all-23-types"})
    void shouldGiveTheBytesOfAnImportedFileBack(final String name) throws IOException {
        final Path file = TestData.file("itch/" + name + ".itch50");
        final String set = folder.resolve("set").toString();
        final Path back = folder.resolve("back.itch50");

        succeed("import", "itch50", file.toString(), "-o", set, "--date", "2019-12-30");
        succeed("export", "itch50", set, "-o", back.toString());

        assertThat(back).hasSameBinaryContentAs(file);
        assertThat(json("verify", set).get("sound").asBoolean()).isTrue();
    }

    @Test
    void shouldRebuildFromTheTapeTheBookOfTheFile() throws IOException {
        final String file = TestData.file("itch/aapl-20120621-0930-1030.itch50").toString();
        final String set = folder.resolve("set").toString();
        succeed("import", "itch50", file, "-o", set, "--date", "2012-06-21");

        for (final String path : new String[] {file, set}) {
            final String prefix = folder.resolve(path.equals(file) ? "file" : "tape") + "-";
            succeed(
                    "book",
                    path,
                    "--bbo",
                    prefix + "bbo.csv",
                    "--depth",
                    prefix + "depth.csv",
                    "--snapshots",
                    "600",
                    "--at",
                    "10:15");
        }

        for (final String name : new String[] {"bbo.csv", "depth.csv", "depth-094000.csv", "depth-101000.csv"}) {
            assertThat(folder.resolve("tape-" + name))
                    .as(name)
                    .hasSameBinaryContentAs(folder.resolve("file-" + name))
                    .isNotEmptyFile();
        }
        assertThat(json("book", set).get("books")).isEqualTo(json("book", file).get("books"));
    }

    @Test
    void shouldReplayWhatFiltersKeep() throws IOException {
        final String set = importedRun();
        final Path all = folder.resolve("all.csv");
        final Path some = folder.resolve("some.csv");
        succeed("export", "csv", set, "-o", all.toString());

        final JsonNode summary = json(
                "replay",
                set,
                "--symbols",
                "B",
                "--types",
                "EXECUTE,H",
                "--from",
                "09:30:02",
                "--to",
                "09:30:04",
                "--csv",
                some.toString());

        final long fromNs = 34_202_000_000_000L;
        final List<String> expected = Files.readAllLines(all).stream()
                .filter(row -> row.startsWith("sequence") || row.matches("\\d+,\\d+,B,(EXECUTE|H),.*"))
                .filter(row -> row.startsWith("sequence") || time(row) >= fromNs && time(row) < fromNs + 2_000_000_000L)
                .toList();
        assertThat(Files.readAllLines(some)).isEqualTo(expected).hasSizeGreaterThan(20);
        assertThat(summary.get("records").asLong()).isEqualTo(expected.size() - 1);
        assertThat(summary.get("sessions").asInt()).isEqualTo(2);
        assertThat(json("replay", set, "--count").get("records").asLong())
                .isEqualTo(Files.readAllLines(all).size() - 1);
    }

    private static long time(final String row) {
        return Long.parseLong(row.split(",")[1]);
    }

    @Test
    void shouldGoOnWithBooksThatWerePutAway() throws IOException {
        final String tape = importedRun() + "/2026-01-02.qrsdp";
        final String saved = folder.resolve("books.snapshot").toString();
        final JsonNode whole = json("book", tape);

        final JsonNode half = json("book", tape, "--at", "09:30:03", "--save", saved);
        final JsonNode rest = json("book", tape, "--resume", saved);

        assertThat(rest.get("books")).isEqualTo(whole.get("books"));
        assertThat(half.get("records").asLong() + rest.get("records").asLong())
                .isEqualTo(whole.get("records").asLong());
        assertThat(half.get("records").asLong()).isPositive();
        assertThat(CommandRunner.run("book", tape, "--save", saved).exitCode()).isEqualTo(2);
        final CommandRunner.Result other = CommandRunner.run("book", tape.replace("-02.", "-05."), "--resume", saved);
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("the snapshot is of 2026-01-02, unit 0");
    }

    @Test
    void shouldExplainWhatItWouldRead() throws IOException {
        final String set = importedRun();

        final JsonNode all = json("replay", set, "--explain");
        final JsonNode some = json("replay", set, "--explain", "--from", "09:30:02", "--to", "09:30:03");

        assertThat(all.get("files")).hasSize(2);
        assertThat(all.get("recordsAtMost")).isEqualTo(json("replay", set).get("records"));
        assertThat(some.get("recordsAtMost").asLong())
                .isLessThanOrEqualTo(all.get("recordsAtMost").asLong())
                .isGreaterThanOrEqualTo(json("replay", set, "--from", "09:30:02", "--to", "09:30:03")
                        .get("records")
                        .asLong());
    }

    @Test
    void shouldWriteAJournalOfASample() throws IOException {
        final String tape = importedRun() + "/2026-01-02.qrsdp";
        final String out = folder.resolve("sample.qrsdp").toString();

        final JsonNode written =
                json("replay", tape, "--symbols", "B", "--every", "3", "--journal", out, "--speed", "100000x");
        final JsonNode read = json("replay", out);

        assertThat(read.get("records")).isEqualTo(written.get("records"));
        assertThat(written.get("records").asLong())
                .isBetween(1L, written.get("read").asLong() / 3);
        assertThat(written.get("lateMicros").get("max").asDouble()).isNotNegative();
        assertThat(json("verify", out, "--skip-book").get("sound").asBoolean()).isTrue();
        final CommandRunner.Result same = CommandRunner.run("replay", out, "--journal", out, "--force");
        assertThat(same.exitCode()).isEqualTo(2);
        assertThat(same.err()).contains("is one of the files that are read");
    }

    @Test
    void shouldWriteTheSameWithAnyNumberOfWorkers() throws IOException {
        final String set = importedRun();
        final Path one = folder.resolve("one.csv");
        final Path four = folder.resolve("four.csv");
        final Path features = folder.resolve("features.csv");
        final Path serial = folder.resolve("serial.csv");

        final JsonNode first =
                json("replay", set, "--workers", "1", "--hash", "--split", "instrument", "--csv", one.toString());
        final JsonNode second =
                json("replay", set, "--workers", "4", "--hash", "--split", "instrument", "--csv", four.toString());
        json("replay", set, "--workers", "2", "--csv", features.toString(), "--features", "mid,spread,ofi,volume");
        json("replay", set, "--csv", serial.toString(), "--features", "mid,spread,ofi,volume", "--trigger", "touch");

        assertThat(second.get("hash")).isEqualTo(first.get("hash"));
        assertThat(first.get("parts")).hasSize(4);
        assertThat(Files.readAllBytes(four)).isEqualTo(Files.readAllBytes(one)).isNotEmpty();
        assertThat(Files.readAllBytes(features)).isEqualTo(Files.readAllBytes(serial));
        assertThat(Files.readAllLines(serial).get(0)).isEqualTo("sequence,timestamp_ns,symbol,mid,spread,ofi,volume");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void shouldShowTheHashThatTheTapeHas() throws IOException {
        final String tape = importedRun() + "/2026-01-05.qrsdp";

        final JsonNode info = json("info", tape, "--events", "3");

        assertThat(json("replay", tape, "--hash").get("hash")).isEqualTo(info.get("contentHash"));
        assertThat(info.get("instruments").size()).isEqualTo(2);
        assertThat(info.get("seeds").get("B").asText()).isEqualTo("1030");
        assertThat(info.get("firstRecords").get(2).asText()).endsWith(",A,R,,,,,,");
        assertThat(info.get("eventMix").get("S System Event").asInt()).isEqualTo(6);
    }

    @Test
    void shouldTellEqualRunsFromDifferentOnes() throws IOException {
        final String set = importedRun();
        final String again = folder.resolve("again").toString();
        final String other = folder.resolve("other").toString();
        succeed("import", "qrsdp1", folder.resolve("run").toString(), "-o", again);
        succeed("import", "qrsdp1", folder.resolve("run").toString(), "-o", other, "--seed", "43");

        assertThat(json("diff", set, again).get("same").asBoolean()).isTrue();
        assertThat(CommandRunner.run("diff", set, other).exitCode()).isEqualTo(4);
        final CommandRunner.Result one =
                CommandRunner.run("diff", set + "/2026-01-02.qrsdp", other + "/2026-01-02.qrsdp");
        assertThat(one.exitCode()).isEqualTo(4);
        assertThat(one.out())
                .containsPattern("differs in +orderId [0-9]+ in A, [0-9]+ in B")
                .contains("records only in A");
        final CommandRunner.Result mixed = CommandRunner.run(
                "diff",
                set + "/2026-01-02.qrsdp",
                folder.resolve("run/A/2026-01-02.qrsdp").toString());
        assertThat(mixed.exitCode()).isEqualTo(2);
        assertThat(mixed.err()).contains("different formats");
    }

    @Test
    void shouldDescribeAndVerifyADataSet() throws IOException {
        final String set = importedRun();

        final JsonNode info = json("info", set);
        final JsonNode verify = json("verify", set);

        assertThat(info.get("sessionCount").asInt()).isEqualTo(2);
        assertThat(info.get("records")).isEqualTo(verify.get("records"));
        assertThat(verify.get("findings").size()).isZero();
        assertThat(CommandRunner.run("book", set).err()).contains("holds 2 sessions", "2026-01-05.qrsdp");
    }

    @Test
    void shouldVerifyTheSameWithAnyNumberOfWorkers() throws IOException {
        final String set = importedRun();
        final Path tape = Path.of(set, "2026-01-05.qrsdp");
        final byte[] bytes = Files.readAllBytes(tape);
        bytes[bytes.length / 2] ^= 1;
        Files.write(tape, bytes);

        final CommandRunner.Result one = CommandRunner.run("verify", set, "--json");

        assertThat(one.exitCode()).isEqualTo(4);
        assertThat(one.out()).contains("2026-01-05.qrsdp", "DAMAGE");
        for (final String workers : new String[] {"2", "8"}) {
            assertThat(CommandRunner.run("verify", set, "--json", "--workers", workers))
                    .isEqualTo(one);
        }
    }

    @Test
    void shouldShowWhatTheIndexSaysOfEachChunk() throws IOException {
        final String set = folder.resolve("run2").toString();
        succeed(
                "run",
                "--quiet",
                "--days",
                "1",
                "--seconds",
                "20",
                "--chunk-size",
                "500",
                "--securities",
                "A:10000,B:20000",
                "-o",
                set);

        final JsonNode info = json("info", set, "--chunks");

        assertThat(info.get("format").asText()).isEqualTo("2.1");
        long records = 0;
        long bytes = info.get("sections").get("metadata").asLong()
                + info.get("sections").get("index").asLong();
        for (final JsonNode chunk : info.get("chunkList")) {
            assertThat(chunk.get("firstSequence").asLong()).isEqualTo(records + 1);
            assertThat(chunk.get("leastTimestampNs").asLong())
                    .isLessThanOrEqualTo(chunk.get("greatestTimestampNs").asLong());
            assertThat(chunk.get("instruments").asInt()).isEqualTo(2);
            assertThat(chunk.get("types").toString()).contains("ADD");
            records += chunk.get("records").asLong();
            bytes += chunk.get("bytes").asLong();
        }
        assertThat(info.get("chunkList")).hasSize(info.get("chunks").asInt()).hasSizeGreaterThan(2);
        assertThat(records).isEqualTo(info.get("records").asLong());
        assertThat(bytes).isEqualTo(info.get("bytes").asLong());
    }

    @Test
    void shouldExportOneInstrumentInFormat1() throws IOException {
        final String tape = importedRun() + "/2026-01-02.qrsdp";
        final String out = folder.resolve("b.qrsdp").toString();

        final CommandRunner.Result unnamed = CommandRunner.run("export", "qrsdp1", tape, "-o", out);
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--symbol is missing");
        final JsonNode summary = json("export", "qrsdp1", tape, "-o", out, "--symbol", "B");

        assertThat(json("info", out).get("records")).isEqualTo(summary.get("records"));
        assertThat(json("replay", tape, "--symbols", "B", "--types", "ADD,DELETE,EXECUTE")
                        .get("records"))
                .isEqualTo(summary.get("records"));
        assertThat(json("verify", out, "--skip-book").get("sound").asBoolean()).isTrue();
    }

    @Test
    void shouldSaveWhatIsWholeOfADamagedTape() throws IOException {
        final Path tape = Path.of(importedRun(), "2026-01-02.qrsdp");
        final byte[] bytes = Files.readAllBytes(tape);
        bytes[bytes.length / 2] ^= 1;
        Files.write(tape, bytes);
        final Path repaired = folder.resolve("repaired.qrsdp");

        assertThat(CommandRunner.run("verify", tape.toString()).exitCode()).isEqualTo(4);
        final CommandRunner.Result replay = CommandRunner.run("replay", tape.toString());
        assertThat(replay.exitCode()).isEqualTo(4);
        assertThat(replay.err()).contains("2026-01-02.qrsdp: at offset");
        succeed("verify", tape.toString(), "--repair", repaired.toString());
        assertThat(json("replay", repaired.toString()).get("whole").asBoolean()).isTrue();
    }

    @ParameterizedTest(name = "{0} ends with {1}")
    @CsvSource({
        "import itch50 SESSION -o x, 2, --date",
        "import itch50 SESSION -o x --date 2026-01-02 --date 2026-01-05, 2, 2 dates; 1 files",
        "import itch50 absent.itch50 -o x --date 2026-01-02, 3, absent.itch50",
        "import qrsdp1 SESSION -o x, 2, session.qrsdp is no date",
        "import qrsdp1 RUN -o x --date 2026-01-02, 2, says its dates itself",
        "import qrsdp1 RUN -o SET, 2, --force",
        "import, 2, itch50; qrsdp1",
        "replay SESSION, 2, import qrsdp1",
        "replay SET --symbols NOPE, 2, NOPE",
        "replay SET --types NOPE, 2, NOPE",
        "replay SET --from 10:00 --to 09:00, 2, ends before it begins",
        "replay SET --hash --print, 2, no summary",
        "replay SET --features mid, 2, --csv",
        "replay SET --features mid --csv x.csv --types ADD, 2, every record",
        "replay SET --features nope --csv x.csv, 2, there is no feature 'nope'",
        "replay SET --workers 0, 2, --workers takes 1 or more",
        "replay SET --workers 2 --split tape, 2, unit or instrument",
        "replay SET --max-wait 1, 2, --speed",
        "replay SET --every 0, 2, n=0",
        "replay absent, 3, absent",
        "verify SET --workers 0, 2, --workers takes 1 or more",
        "info SET --chunks, 2, needs one journal of format 2",
        "export itch50 SET -o x, 2, holds 2 sessions",
        "export itch50 SESSION -o x, 2, import qrsdp1",
    })
    void shouldSayWhatIsWrong(final String command, final int exitCode, final String words) {
        final String set = importedRun();
        final Path session = folder.resolve("session.qrsdp");
        succeed("run", "--reference", "--seconds", "1", "--quiet", "-o", session.toString());

        final CommandRunner.Result result = CommandRunner.run(command.replace("SESSION", session.toString())
                .replace("RUN", folder.resolve("run").toString())
                .replace("SET", set)
                .replace("-o x", "-o " + folder.resolve("x"))
                .split(" "));

        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.err()).contains(words.split("; ")).doesNotContain("Exception", "\tat ");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** A reference run of two securities and two days, imported. */
    private String importedRun() {
        final Path run = folder.resolve("run");
        final Path set = folder.resolve("imported");
        succeed(
                "run",
                "--reference",
                "--quiet",
                "--seconds",
                "10",
                "--days",
                "2",
                "--seed",
                "5",
                "--securities",
                "A:10000,B:20000",
                "-o",
                run.toString());
        succeed("import", "qrsdp1", run.toString(), "-o", set.toString());
        return set.toString();
    }
}
