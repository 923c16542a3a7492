package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.contentOf;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.testing.KillCampaign;
import io.tapedeck.testing.KillCampaign.Hit;
import io.tapedeck.testing.KillMoment;
import io.tapedeck.testing.VictimJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed at any moment, from its start to its end, leaves every chunk that it had written. */
@Tag("campaign")
class Format2KillTest {
    private static final int KILLS = Integer.getInteger("tapedeck.kills", 10);
    private static final int CHUNK_CAPACITY = 100;
    private static final int DISTINCT_CHUNKS = 50;
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final long LONGER_THAN_A_CHUNK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final KillCampaign campaign = new KillCampaign(KILLS);

    @TempDir
    private Path folder;

    private VictimJvm jvm;

    /** From the start of a process to its first chunk, and from its last chunk to its end. */
    private long startNs;

    private long endNs;

    /** The process that is killed: it writes chunks, says one byte for every one that it has written, and closes. */
    static final class Writer {
        private Writer() {}

        public static void main(final String[] args) throws IOException {
            final UnsafeBuffer buffer = new UnsafeBuffer(slots());
            final long last = Long.parseLong(args[1]) * CHUNK_CAPACITY;
            try (Format2Writer writer = Format2Writer.create(
                    Path.of(args[0]), Format2Files.metadata(), CHUNK_CAPACITY, Format2Files.NO_SYNC)) {
                for (long sequence = 1; sequence <= last; sequence++) {
                    final int at = number(buffer, sequence);
                    writer.append(buffer, at);
                    if (sequence % CHUNK_CAPACITY == 0) {
                        System.out.write(1);
                        System.out.flush();
                    }
                }
            }
        }
    }

    private static byte[] slots() {
        return Format2Files.extreme(CHUNK_CAPACITY * DISTINCT_CHUNKS, 9);
    }

    /** Gives a slot the sequence that it has in this round of all slots. */
    private static int number(final UnsafeBuffer slots, final long sequence) {
        final int at = (int) ((sequence - 1) % (CHUNK_CAPACITY * DISTINCT_CHUNKS)) * SLOT_LENGTH;
        slots.putLong(at + SEQUENCE_OFFSET, sequence);
        return at;
    }

    @BeforeEach
    void watchAWholeLife() throws Exception {
        jvm = new VictimJvm(
                folder, Writer.class, folder.resolve("rehearsal").toString(), Integer.toString(DISTINCT_CHUNKS));
        final long bornNs = System.nanoTime();
        final Process process = jvm.start(folder, folder.resolve("whole").toString(), "2");
        try {
            assertThat(process.getInputStream().read()).isEqualTo(1);
            startNs = System.nanoTime() - bornNs;
            assertThat(process.getInputStream().read()).isEqualTo(1);
            endNs = -System.nanoTime();
            assertThat(process.waitFor()).isZero();
            endNs += System.nanoTime();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void shouldLeaveEveryWholeChunkWhenTheWriterIsKilled() throws Exception {
        campaign.run(1, (number, random) -> {
            final Path path =
                    Files.createDirectory(folder.resolve("work" + number)).resolve("file");
            final int chunks = 1 + random.nextInt(random.nextBoolean() ? 20 : 3_000);
            switch (random.nextInt(4)) {
                case 0:
                    look(path, kill(path, ENDLESS, 0, random.nextLong(startNs)));
                    break;
                case 1:
                    look(path, kill(path, chunks, chunks, random.nextLong(endNs)));
                    break;
                default:
                    look(path, kill(path, ENDLESS, chunks, random.nextLong(LONGER_THAN_A_CHUNK_NS)));
                    break;
            }
        });

        System.out.println("seen: kills of a writer: " + campaign);
        assertThat(campaign.count(Hit.IN_THE_MIDDLE)).isPositive();
    }

    /** Kills a writer so long after it has told of some of its chunks; returns of how many it told before it died. */
    private long kill(final Path path, final int chunks, final int wanted, final long delayNs) throws Exception {
        final Process process = jvm.start(path.getParent(), path.toString(), Integer.toString(chunks));
        try {
            long told = process.getInputStream().readNBytes(wanted).length;
            assertThat(told)
                    .as(() -> contentOf(path.resolveSibling("err.txt").toFile()))
                    .isEqualTo(wanted);
            if (wanted > 0 && chunks == ENDLESS) {
                assertThatIOException()
                        .isThrownBy(() -> Format2Writer.replace(
                                path, Format2Files.metadata(), CHUNK_CAPACITY, Format2Files.NO_SYNC))
                        .withMessageContaining("another writer has the file open");
            }
            KillMoment.of(0, delayNs).awaitDelay(process);
            // The handle leaves the pipe open, with what the process said until it died.
            final boolean isAlive = process.toHandle().destroyForcibly();
            process.waitFor();
            told += process.getInputStream().readAllBytes().length;
            campaign.record(
                    !isAlive || process.exitValue() == 0
                            ? Hit.TOO_LATE
                            : told == 0
                                    ? Hit.BEFORE_THE_FIRST_CHUNK
                                    : told == chunks ? Hit.AFTER_THE_END : Hit.IN_THE_MIDDLE);
            return told;
        } finally {
            process.destroyForcibly();
        }
    }

    private static void look(final Path path, final long chunks) throws IOException {
        if (!Files.exists(path) || Files.size(path) == 0) {
            assertThat(chunks).isZero();
            return;
        }
        try {
            assertWhole(path, chunks);
        } catch (final CorruptDataException ex) {
            // Inside the very first write, of the header.
            assertThat(chunks).as(ex.getMessage()).isZero();
            return;
        }
        Files.delete(path);
    }

    private static void assertWhole(final Path path, final long chunks) throws IOException {
        final UnsafeBuffer expected = new UnsafeBuffer(slots());
        final UnsafeBuffer expectedSlot = new UnsafeBuffer();
        final UnsafeBuffer slot = new UnsafeBuffer();
        final long[] next = {1};
        final boolean isClosed;
        try (Format2Reader reader = Format2Reader.recover(path)) {
            assertThat(reader.recordCount()).isGreaterThanOrEqualTo(chunks * CHUNK_CAPACITY);
            assertThat(reader.lastSequence()).isEqualTo(reader.recordCount());
            reader.forEach((slots, low, high) -> {
                for (long at = low; at <= high; at++) {
                    expectedSlot.wrap(expected, number(expected, next[0]++), SLOT_LENGTH);
                    slot.wrap(slots.buffer(), slots.offset(at), SLOT_LENGTH);
                    if (!slot.equals(expectedSlot)) {
                        throw new AssertionError("record " + (next[0] - 1) + " is another");
                    }
                }
            });
            assertThat(next[0]).isEqualTo(reader.lastSequence() + 1);
            isClosed = reader.indexed();
        }
        if (isClosed) {
            assertComplete(path);
            return;
        }
        // The footer is missing or torn; who is killed inside a write leaves a torn chunk in front of its place.
        assertThat(Format2Verifier.verify(path))
                .filteredOn(finding -> finding.text().contains("give no records"))
                .hasSizeBetween(1, 2)
                .extracting(Finding::severity)
                .containsOnly(Finding.Severity.DAMAGE);
        final Path repaired = path.resolveSibling("repaired");
        Format2Repair.repair(path, repaired);
        assertComplete(repaired);
        Files.delete(repaired);
    }

    private static void assertComplete(final Path path) throws IOException {
        assertThat(Format2Verifier.verify(path))
                .filteredOn(finding -> finding.text().contains("give no records")
                        || finding.text().contains("content hash")
                        || finding.text().contains("missing"))
                .isEmpty();
    }
}
