package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.testing.ByteMutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
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
                valuesByLabel(CountersFile.open(damaged).counters());
            } catch (final CorruptDataException expected) {
                refused++;
            }
            Files.delete(damaged);
        }

        assertThat(refused).isGreaterThan(100);
    }

    private static Map<String, Long> valuesByLabel(final CountersReader counters) {
        final Map<String, Long> values = new TreeMap<>();
        counters.forEach((value, counterId, label) -> values.put(label, value));
        return values;
    }
}
