package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CountersFileTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path folder;

    @Test
    void shouldShowThePipelinesProgressWhenReadFromOutside() throws IOException {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 32);
        final RecordingConsumer follower = new RecordingConsumer();
        final RecordingConsumer faulty = new RecordingConsumer() {
            @Override
            public void onClose() {
                throw new IllegalStateException("broken");
            }
        };
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                .unit("u01")
                .ringSize(64)
                .claimSize(8)
                .counters(counters)
                .gating("journal", new RecordingConsumer())
                .gating("faulty", faulty)
                .following("late", follower));
        final CountersFile file = CountersFile.open(path);
        assertThat(file.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(valuesByLabel(file.counters())).containsEntry("u01 published", 0L);

        new TestProducer(pipeline.producer(), 1).produceTo(1_000);

        assertThat(valuesByLabel(file.counters()))
                .containsEntry("u01 published", 1_000L)
                .hasEntrySatisfying("u01 stalls", stalls -> assertThat(stalls).isPositive());

        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(valuesByLabel(file.counters()))
                .containsOnly(
                        Map.entry("u01 published", 1_000L),
                        Map.entry("u01 stalls", report.stalls()),
                        Map.entry("u01 stall-ns", report.stallNs()),
                        Map.entry("u01 consumed journal", 1_000L),
                        Map.entry("u01 missed journal", 0L),
                        Map.entry("u01 failed journal", 0L),
                        Map.entry("u01 consumed faulty", 1_000L),
                        Map.entry("u01 missed faulty", 0L),
                        Map.entry("u01 failed faulty", 1L),
                        Map.entry("u01 consumed late", 1_000L),
                        Map.entry("u01 missed late", follower.missed),
                        Map.entry("u01 failed late", 0L));
        file.counters()
                .forEach((counterId, typeId, keyBuffer, label) ->
                        assertThat(typeId).as(label).isBetween(201, 206));
    }

    @Test
    void shouldReplaceAnEarlierFileAndLeaveItsReadersWhatTheyHave() throws IOException {
        final Path path = folder.resolve("counters");
        CountersFile.create(path, 4).newCounter("earlier").set(11);
        final CountersReader earlier = CountersFile.open(path).counters();

        CountersFile.create(path, 8).newCounter("later").set(22);

        assertThat(valuesByLabel(earlier)).containsExactly(Map.entry("earlier", 11L));
        assertThat(valuesByLabel(CountersFile.open(path).counters())).containsExactly(Map.entry("later", 22L));
        assertThat(folder).isDirectoryContaining(path::equals);
    }

    @Test
    void shouldSayWhatIsWrongWhenTheFileIsNoCountersFile() throws IOException {
        final Path path = folder.resolve("counters");
        Files.write(path, new byte[100]);
        assertThatThrownBy(() -> CountersFile.open(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("length=100")
                .hasMessageContaining(path.toString());

        Files.write(path, new byte[100_000]);
        assertThatThrownBy(() -> CountersFile.open(path))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("magic=0x0");

        assertThatThrownBy(() -> CountersFile.open(folder.resolve("absent"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> CountersFile.create(path, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxCounters=0");
    }

    @Test
    void shouldReadOrRefuseWhenBytesAreDamaged() throws IOException {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 3);
        counters.newCounter("first").set(1);
        counters.newCounter("second").set(2);
        final byte[] whole = Files.readAllBytes(path);
        int refused = 0;

        for (int seed = 0; seed < 1_000; seed++) {
            final Path damaged = folder.resolve("damaged" + seed);
            Files.write(damaged, ByteMutator.mutate(whole, seed, 300));
            try {
                final CountersFile file = CountersFile.open(damaged);
                valuesByLabel(file.counters());
                assertThat(file.look()).hasSizeLessThanOrEqualTo(3);
                file.isWriterAlive();
            } catch (final CorruptDataException expected) {
                refused++;
            }
            Files.delete(damaged);
        }

        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void shouldGoOnWithTheCountersOfTheDayBefore() throws IOException {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 6);
        for (int day = 1; day <= 3; day++) {
            final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                    .ringSize(64)
                    .claimSize(8)
                    .counters(counters)
                    .gating("journal", new RecordingConsumer() {
                        @Override
                        public void onClose() {
                            throw new IllegalStateException("broken");
                        }
                    }));
            new TestProducer(pipeline.producer(), 1).produceTo(1_000);
            final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

            final Map<String, Long> values =
                    valuesByLabel(CountersFile.open(path).counters());
            assertThat(values)
                    .hasSize(6)
                    .containsEntry("u00 published", day * 1_000L)
                    .containsEntry("u00 consumed journal", day * 1_000L)
                    .containsEntry("u00 failed journal", (long) day)
                    .containsEntry("u00 stalls", day * report.stalls());
        }
    }

    @Test
    void shouldGiveOneCounterToAllThreadsThatAskForItsName() throws Exception {
        final Path path = folder.resolve("counters");
        final long beforeMs = System.currentTimeMillis();
        final CountersManager counters = CountersFile.create(path, 64);
        final long afterMs = System.currentTimeMillis();
        final Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int name = 0; name < 64; name++) {
                    counters.newCounter("u0 c" + name, name).increment();
                }
            });
            threads[i].start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }

        final CountersFile file = CountersFile.open(path);
        assertThat(file.look())
                .hasSize(64)
                .allSatisfy(counter -> assertThat(counter.value()).isEqualTo(threads.length));
        assertThat(file.isWriterAlive()).isTrue();
        assertThat(file.startMs()).isBetween(beforeMs, afterMs);
    }

    /** Records that are free, taken back or of no known state leave the others as they are. */
    @Test
    void shouldShowTheOthersWhateverStateARecordIsIn() throws IOException {
        final Path path = folder.resolve("counters");
        final CountersManager counters = CountersFile.create(path, 4);
        final AtomicCounter first = counters.newCounter("first", 1);
        counters.newCounter("second", 2).set(22);
        first.close();
        assertThat(CountersFile.open(path).look()).containsExactly(new CounterValue(2, "second", 22));

        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {99, 99, 99, 99}), CountersFileDescriptor.METADATA_OFFSET);
        }
        assertThat(CountersFile.open(path).look()).containsExactly(new CounterValue(2, "second", 22));
    }

    private static Map<String, Long> valuesByLabel(final CountersReader counters) {
        final Map<String, Long> values = new TreeMap<>();
        counters.forEach((value, counterId, label) -> values.put(label, value));
        return values;
    }
}
