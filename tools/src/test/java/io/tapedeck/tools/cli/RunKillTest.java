package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.tape.TapeFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed without a warning, at random moments of their lives: nothing is lost that was seen on the disk, and
 * resumed they end as if nothing had happened. Property {@code tapedeck.kills} says how many.
 */
@Tag("campaign")
@Timeout(3_600)
class RunKillTest {
    private static final int KILLS = Integer.getInteger("tapedeck.kills", 6);
    private static final long MAX_BYTES = 5_000_000;

    /** Small and quick to start: most of a killed run's time is its start. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private static final String[] RUN = {
        "run",
        "--quiet",
        "--days",
        "3",
        "--seconds",
        "300",
        "--securities",
        "AAPL:10000,MSFT:15000",
        "--chunk-size",
        "256",
        "--sync",
        "chunk",
        "--units",
        "2",
        "--output"
    };

    @TempDir
    private Path folder;

    @Test
    void shouldLeaveADataSetThatOpensAndGivesEveryWholeChunk() throws Exception {
        final SplittableRandom random = new SplittableRandom(7);
        long recovered = 0;
        int torn = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            final Path work = Files.createDirectory(folder.resolve("work" + kill));
            final Path run = work.resolve("run");
            killAt(random.nextLong(MAX_BYTES), work, run);

            // The manifest is written before the first record, so there is one as soon as there is a tape.
            if (!Files.exists(run.resolve("manifest.json"))) {
                continue;
            }
            for (final DataSet.Tape tape : DataSet.open(run).tapes()) {
                if (!tape.isDone()) {
                    torn++;
                    recovered += recover(tape.path(), work.resolve("repaired.qrsdp"));
                } else {
                    assertSound(tape.path());
                }
            }
        }
        assertThat(torn).as("runs that were killed while they wrote").isPositive();
        assertThat(recovered).isPositive();
    }

    @Test
    void shouldResumeToTheSameFilesWhenKilledAtAnyMoment() throws Exception {
        final SplittableRandom random = new SplittableRandom(8);
        final Path whole = folder.resolve("whole");
        CommandRunner.json(with(RUN, whole.toString()));
        final long wholeBytes = bytes(whole);
        final Map<String, ByteBuffer> expected = contents(whole);
        int killed = 0;
        int seen = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            final Path work = Files.createDirectory(folder.resolve("resumed" + kill));
            final Path run = work.resolve("run");
            long from = random.nextLong(wholeBytes);
            // One in three is killed a second time, while it resumes.
            for (int time = random.nextInt(3) == 0 ? 0 : 1; time < 2; time++) {
                final Kill result = kill(run, from, work);
                killed += result.isAlive() ? 1 : 0;
                seen += result.seen().isEmpty() ? 0 : 1;
                for (final Map.Entry<Path, Long> tape : result.seen().entrySet()) {
                    assertThat(lastSequence(tape.getKey()))
                            .as("%s, kill %d", tape.getKey(), kill)
                            .isGreaterThanOrEqualTo(tape.getValue());
                }
                from += random.nextLong(wholeBytes - from + 1);
            }

            if (Files.exists(run.resolve("manifest.json"))) {
                final CommandRunner.Result resumed =
                        CommandRunner.run("run", "--quiet", "--sync", "chunk", "--resume", run.toString());
                assertThat(resumed.exitCode()).as(resumed.err()).isZero();
                assertThat(contents(run)).as("kill %d", kill).isEqualTo(expected);
            }
            deleteAll(work);
        }
        assertThat(killed).as("runs that were killed while they wrote").isPositive();
        assertThat(seen)
                .as("runs that had written chunks when they were killed")
                .isPositive();
    }

    /** Whether the process was at work, and the last whole record of each tape that was read before the kill. */
    private record Kill(boolean isAlive, Map<Path, Long> seen) {}

    /** Starts the run, or resumes it, and kills it once its folder has so many bytes. */
    private static Kill kill(final Path run, final long fromBytes, final Path work) throws Exception {
        final Process process = ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                work,
                JVM_OPTIONS,
                Files.exists(run.resolve("manifest.json"))
                        ? new String[] {"run", "--quiet", "--sync", "chunk", "--resume", run.toString()}
                        : with(RUN, run.toString()));
        final Map<Path, Long> seen = new HashMap<>();
        final boolean isAlive;
        try {
            while (process.isAlive() && bytes(run) < fromBytes) {
                Thread.onSpinWait();
            }
            for (final Path tape : tapes(run)) {
                seen.put(tape, lastSequence(tape));
            }
            isAlive = process.isAlive();
        } finally {
            process.destroyForcibly().waitFor();
        }
        seen.values().removeIf(sequence -> sequence == 0);
        return new Kill(isAlive, seen);
    }

    private static String[] with(final String[] command, final String last) {
        final String[] all = Arrays.copyOf(command, command.length + 1);
        all[command.length] = last;
        return all;
    }

    /** By name: a folder that a run writes to cannot be walked, because manifests change their names in it. */
    private static List<Path> tapes(final Path run) {
        final List<Path> tapes = new ArrayList<>();
        for (final String date : new String[] {"2026-01-02", "2026-01-05", "2026-01-06"}) {
            tapes.add(run.resolve("u00").resolve(date + DataSet.SUFFIX));
            tapes.add(run.resolve("u01").resolve(date + DataSet.SUFFIX));
        }
        tapes.removeIf(tape -> !Files.exists(tape));
        return tapes;
    }

    private static long bytes(final Path run) throws IOException {
        long bytes = 0;
        for (final Path tape : tapes(run)) {
            bytes += Files.size(tape);
        }
        return bytes;
    }

    /** Of the chunks that are whole now; another process may be writing. */
    private static long lastSequence(final Path tape) throws IOException {
        try (Format2Reader reader = Format2Reader.recover(tape)) {
            return reader.lastSequence();
        } catch (final CorruptDataException ex) {
            // Inside the very first write, of the header.
            return 0;
        }
    }

    /** Tapes and manifest; what a killed process left of a manifest that never got its name is neither. */
    private static Map<String, ByteBuffer> contents(final Path run) throws IOException {
        final Map<String, ByteBuffer> contents = new TreeMap<>();
        final List<Path> files = new ArrayList<>(tapes(run));
        files.add(run.resolve("manifest.json"));
        for (final Path file : files) {
            contents.put(run.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        return contents;
    }

    private static void deleteAll(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    private static void killAt(final long bytes, final Path work, final Path run) throws Exception {
        final Process process = ChildJvm.start(
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                work,
                "run",
                "--quiet",
                "--days",
                "0",
                "--securities",
                "AAPL:10000,MSFT:15000",
                "--output",
                run.toString());
        try {
            while (process.isAlive() && lengthOf(run) < bytes) {
                Thread.onSpinWait();
            }
            assertThat(process.isAlive())
                    .as("the run goes on until it is killed")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long lengthOf(final Path run) throws IOException {
        final Path tape = run.resolve("2026-01-02.qrsdp");
        return Files.exists(tape) ? Files.size(tape) : -1;
    }

    private static long recover(final Path tape, final Path repaired) throws IOException {
        if (Files.size(tape) == 0) {
            return 0;
        }
        final long records;
        try (Format2Reader reader = Format2Reader.recover(tape)) {
            records = reader.recordCount();
            final long[] seen = new long[1];
            reader.forEach((slots, low, high) -> seen[0] += high - low + 1);
            assertThat(seen[0]).isEqualTo(records);
        } catch (final CorruptDataException ex) {
            // Killed inside the very first write, of the header.
            assertThat(Files.size(tape)).as(ex.getMessage()).isLessThan(1 << 16);
            return 0;
        }
        assertThat(TapeFormat.FORMAT_2.repair(tape, repaired).recordCount()).isEqualTo(records);
        assertSound(repaired);
        Files.delete(repaired);
        return records;
    }

    private static void assertSound(final Path tape) throws IOException {
        assertThat(TapeFormat.of(tape).verify(tape))
                .noneMatch(finding -> finding.severity() == Finding.Severity.DAMAGE);
    }
}
