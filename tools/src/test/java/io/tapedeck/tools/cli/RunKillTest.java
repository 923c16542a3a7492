package io.tapedeck.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.format2.Format2Reader;
import io.tapedeck.journal.manifest.DataSet;
import io.tapedeck.journal.manifest.DataSetManifest;
import io.tapedeck.journal.tape.TapeFormat;
import io.tapedeck.testing.KillCampaign;
import io.tapedeck.testing.KillCampaign.Hit;
import io.tapedeck.testing.KillMoment;
import io.tapedeck.testing.VictimJvm;
import io.tapedeck.tools.Tapedeck;
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
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that are killed without a warning, at random moments of their lives: nothing is lost that was seen on the disk, and
 * resumed they end as if nothing had happened. Only who is killed is a process of its own. Property {@code tapedeck.kills}
 * says how many.
 */
@Tag("campaign")
@Timeout(3_600)
class RunKillTest {
    private static final int KILLS = Integer.getInteger("tapedeck.kills", 6);
    private static final int DAYS = 3;

    /** Of a tape that has no end; some chunks of the smallest capacity, or many of the largest. */
    private static final int MAX_CHUNKS = 60;

    private static final int[] CHUNK_CAPACITIES = {256, 4_096, 16_384};
    private static final int LEAST_BYTES_PER_RECORD = 4;

    private static final String[] RUN = {
        "run",
        "--quiet",
        "--days",
        Integer.toString(DAYS),
        "--seconds",
        "300",
        "--securities",
        "AAPL:10000,MSFT:15000",
        "--chunk-size",
        "256",
        "--units",
        "2",
        "--output"
    };

    private final KillCampaign campaign = new KillCampaign(KILLS);

    @TempDir
    private Path folder;

    private VictimJvm jvm;

    /** From the start of a process to its first chunk, and from its last byte to its end. */
    private long startNs;

    private long endNs;

    @BeforeEach
    void watchAWholeLife() throws Exception {
        jvm = new VictimJvm(
                folder, Tapedeck.class, with(RUN, folder.resolve("rehearsal").toString()));
        final Path run = folder.resolve("whole");
        final long wholeBytes = bytes(folder.resolve("rehearsal"));
        final long bornNs = System.nanoTime();
        final Process process = jvm.start(folder, with(RUN, run.toString()));
        try {
            KillMoment.of(1, 0).awaitProgress(process, () -> bytes(run));
            startNs = System.nanoTime() - bornNs;
            KillMoment.of(wholeBytes, 0).awaitProgress(process, () -> bytes(run));
            endNs = -System.nanoTime();
            assertThat(process.waitFor()).isZero();
            endNs += System.nanoTime();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldLeaveADataSetThatOpensAndGivesEveryWholeChunk() throws Exception {
        final LongAdder recovered = new LongAdder();

        campaign.run(7, (number, random) -> {
            final Path work = Files.createDirectory(folder.resolve("work" + number));
            final Path run = work.resolve("run");
            killWithoutEnd(random, work, run);

            // The manifest is written before the first record, so there is one as soon as there is a tape.
            if (Files.exists(run.resolve("manifest.json"))) {
                recovered.add(recoverAll(run, work));
            }
            deleteAll(work);
        });

        System.out.println("seen: kills of endless runs: " + campaign);
        assertThat(campaign.count(Hit.IN_THE_MIDDLE)).isPositive();
        assertThat(campaign.count(Hit.TOO_LATE)).isZero();
        assertThat(recovered.sum()).isPositive();
    }

    @Test
    void shouldResumeToTheSameFilesWhenKilledAtAnyMoment() throws Exception {
        final Path whole = folder.resolve("whole");
        final long wholeBytes = bytes(whole);
        final Map<String, ByteBuffer> expected = contents(whole);

        campaign.run(8, (number, random) -> {
            final Path work = Files.createDirectory(folder.resolve("resumed" + number));
            final Path run = work.resolve("run");
            // One in three is killed a second time, while it resumes.
            for (int time = random.nextInt(3) == 0 ? 0 : 1; time < 2; time++) {
                final KillMoment moment = KillMoment.any(random, bytes(run), wholeBytes, startNs, endNs);
                kill(run, work, random.nextBoolean() ? "chunk" : "none", moment);
            }
            if (Files.exists(run.resolve("manifest.json"))) {
                recoverAll(run, work);
                CommandRunner.succeed("run", "--quiet", "--resume", run.toString());
            } else {
                CommandRunner.succeed(with(RUN, run.toString()));
            }
            assertThat(contents(run)).as("kill %d", number).isEqualTo(expected);
            deleteAll(work);
        });

        System.out.println("seen: kills of whole runs: " + campaign);
        assertThat(campaign.count(Hit.IN_THE_MIDDLE)).isPositive();
    }

    /** Starts the run, or resumes it, and kills it: what was whole before is whole afterwards. */
    private void kill(final Path run, final Path work, final String sync, final KillMoment moment) throws Exception {
        final String[] command = Files.exists(run.resolve("manifest.json"))
                ? new String[] {"run", "--quiet", "--resume", run.toString(), "--sync"}
                : with(with(RUN, run.toString()), "--sync");
        final Process process = jvm.start(work, with(command, sync));
        final Map<Path, Long> seen = new HashMap<>();
        final boolean isAlive;
        try {
            moment.awaitProgress(process, () -> bytes(run));
            for (final Path tape : tapes(run)) {
                seen.put(tape, lastSequence(tape));
            }
            moment.awaitDelay(process);
            isAlive = process.isAlive();
        } finally {
            process.destroyForcibly().waitFor();
        }
        long left = 0;
        for (final Path tape : tapes(run)) {
            final long last = lastSequence(tape);
            assertThat(last).as("%s", tape).isGreaterThanOrEqualTo(seen.getOrDefault(tape, 0L));
            left += last;
        }
        campaign.record(!isAlive ? Hit.TOO_LATE : left == 0 ? Hit.BEFORE_THE_FIRST_CHUNK : hitBy(run));
    }

    private static Hit hitBy(final Path run) throws IOException {
        return DataSetManifest.read(run.resolve("manifest.json")).days().size() == DAYS
                ? Hit.AFTER_THE_END
                : Hit.IN_THE_MIDDLE;
    }

    /** Any chunk size, because a large chunk is long in being written, and of small ones there are many. */
    private void killWithoutEnd(final SplittableRandom random, final Path work, final Path run) throws Exception {
        final int chunkCapacity = CHUNK_CAPACITIES[random.nextInt(CHUNK_CAPACITIES.length)];
        final long maxBytes = (long) MAX_CHUNKS * chunkCapacity * LEAST_BYTES_PER_RECORD;
        final KillMoment moment = random.nextInt(4) == 0
                ? KillMoment.of(0, random.nextLong(startNs))
                : KillMoment.of(random.nextLong(maxBytes), 0);
        final Path tape = run.resolve("2026-01-02.qrsdp");
        final Process process = jvm.start(
                work,
                "run",
                "--quiet",
                "--days",
                "0",
                "--securities",
                "AAPL:10000,MSFT:15000",
                "--chunk-size",
                Integer.toString(chunkCapacity),
                "--output",
                run.toString());
        final boolean isAlive;
        try {
            moment.awaitProgress(process, () -> length(tape));
            moment.awaitDelay(process);
            isAlive = process.isAlive();
        } finally {
            process.destroyForcibly().waitFor();
        }
        campaign.record(
                !isAlive
                        ? Hit.TOO_LATE
                        : Files.exists(tape) && lastSequence(tape) > 0
                                ? Hit.IN_THE_MIDDLE
                                : Hit.BEFORE_THE_FIRST_CHUNK);
    }

    /** All that is on the tapes can be read, and what a repair makes of them is sound; returns the records. */
    private static long recoverAll(final Path run, final Path work) throws IOException {
        long recovered = 0;
        for (final DataSet.Tape tape : DataSet.open(run).tapes()) {
            if (tape.isDone()) {
                assertSound(tape.path());
            } else {
                recovered += recover(tape.path(), work.resolve("repaired.qrsdp"));
            }
        }
        return recovered;
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

    private static long bytes(final Path run) {
        long bytes = 0;
        for (final Path tape : tapes(run)) {
            bytes += length(tape);
        }
        return bytes;
    }

    /** 0 where there is no file. */
    private static long length(final Path file) {
        return file.toFile().length();
    }

    /** Of the chunks that are whole now; another process may be writing. */
    private static long lastSequence(final Path tape) throws IOException {
        try (Format2Reader reader = Format2Reader.recover(tape)) {
            return reader.lastSequence();
        } catch (final CorruptDataException ex) {
            // Inside the very first write, of the header.
            return 0;
        } catch (final IOException ex) {
            // Who resumes a run cuts off what is torn, once.
            if (!ex.getMessage().contains("was cut while it was read")) {
                throw ex;
            }
            return lastSequence(tape);
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
