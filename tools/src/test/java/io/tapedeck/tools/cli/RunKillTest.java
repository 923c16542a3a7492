package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.tape.TapeFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed without a warning, at random moments of their lives. Property {@code tapedeck.kills} says how
 * many.
 */
@Tag("campaign")
@Timeout(3_600)
class RunKillTest {
    private static final int KILLS = Integer.getInteger("tapedeck.kills", 10);
    private static final long MAX_BYTES = 5_000_000;

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
