package io.tapedeck.engine.replay.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RandomTape;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.transform.HashSample;
import io.tapedeck.engine.replay.transform.RecordOutput;
import io.tapedeck.engine.replay.transform.Transform;
import io.tapedeck.journal.format2.Format2Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of chains of transforms, against the same done on lists. */
@Timeout(60)
class ReplayPipelineTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 5_000;
    private static final String SYSTEM_TYPES = "SRHYL";

    @TempDir
    private Path folder;

    private Path path;
    private List<Row> all;

    @BeforeEach
    void record() throws IOException {
        path = folder.resolve("tape.qrsdp");
        all = RandomTape.write(path, DATE, 0, COUNT, 1, RandomTape.wildTimes(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldDoWhatItsStepsDoOneAfterTheOther(final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final Rows rows = new Rows();
        List<Row> expected = all;
        final ReplayStatistics statistics;
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipelineBuilder builder = ReplayPipeline.from(source);
            for (int step = 0; step < 4; step++) {
                expected = addStep(random, step, builder).apply(expected);
            }
            statistics = builder.sink("rows", rows).build().run();
        }

        assertThat(rows.rows).isEqualTo(expected);
        assertThat(statistics.isWhole()).isTrue();
        assertThat(statistics.stage("rows").emittedCount()).isEqualTo(expected.size());
        long taken = statistics.readCount();
        for (final StageStatistics stage : statistics.transforms()) {
            assertThat(stage.takenCount()).isEqualTo(taken);
            assertThat(stage.isBalanced()).as(stage.toString()).isTrue();
            taken = stage.emittedCount();
        }
    }

    private UnaryOperator<List<Row>> addStep(
            final SplittableRandom random, final int step, final ReplayPipelineBuilder builder) {
        switch (random.nextInt(7)) {
            case 0: {
                final long fromNs = all.get(random.nextInt(COUNT)).timeNs();
                final long toNs = fromNs + random.nextInt(500);
                builder.timeRange(fromNs, toNs);
                return rows -> keep(rows, row -> row.timeNs() >= fromNs && row.timeNs() < toNs);
            }
            case 1:
                builder.symbols(List.of("U0S2", "U0S3"));
                return rows -> keep(rows, row -> row.instrumentId() == 2 || row.instrumentId() == 3);
            case 2:
                builder.types(List.of("ADD", "R", "TRADE", "EXECUTE"));
                return rows -> keep(
                        rows, row -> List.of("ADD", "R", "TRADE", "EXECUTE").contains(row.type()));
            case 3: {
                final int n = 1 + random.nextInt(5);
                final boolean isPerInstrument = random.nextBoolean();
                if (isPerInstrument) {
                    builder.everyNthPerInstrument(n);
                } else {
                    builder.everyNth(n);
                }
                return rows -> everyNth(rows, n, isPerInstrument);
            }
            case 4: {
                final int modulus = 1 + random.nextInt(4);
                builder.hashSample(modulus, modulus - 1);
                return rows -> keep(rows, row -> isSystem(row) || mixed(row.sequence(), modulus) == modulus - 1);
            }
            case 5:
                builder.map("negate " + step, (buffer, offset) -> {
                    if (buffer.getLong(offset + 8) % 3 == 0) {
                        return false;
                    }
                    buffer.putLong(offset + 8, -1);
                    buffer.putLong(offset + 16, ~buffer.getLong(offset + 16));
                    return true;
                });
                return ReplayPipelineTest::negated;
            default:
                builder.batch(1 + random.nextInt(400), 1 + random.nextInt(50));
                return rows -> rows;
        }
    }

    private static List<Row> keep(final List<Row> rows, final java.util.function.Predicate<Row> wanted) {
        return rows.stream().filter(wanted).collect(Collectors.toList());
    }

    private static boolean isSystem(final Row row) {
        return row.type().length() == 1 && SYSTEM_TYPES.contains(row.type());
    }

    private static List<Row> everyNth(final List<Row> rows, final int n, final boolean isPerInstrument) {
        final Map<Integer, Integer> counts = new HashMap<>();
        return keep(
                rows,
                row -> isSystem(row)
                        || counts.merge(isPerInstrument ? row.instrumentId() : 0, 1, Integer::sum) % n == 0);
    }

    private static long mixed(final long sequence, final int modulus) {
        long z = sequence;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(z ^ (z >>> 31), modulus);
    }

    private static List<Row> negated(final List<Row> rows) {
        final SlotArray slot = new SlotArray(1);
        final List<Row> result = new ArrayList<>();
        for (final Row row : rows) {
            if (row.sequence() % 3 != 0) {
                slot.buffer().putBytes(0, java.util.HexFormat.of().parseHex(row.bytes()));
                slot.buffer().putLong(16, ~row.timeNs(), LITTLE_ENDIAN);
                result.add(Row.of(slot.buffer(), 0));
            }
        }
        return result;
    }

    @Test
    void shouldGiveEachSinkWhatItWants() throws IOException {
        final Rows everything = new Rows();
        final Rows adds = new Rows();
        final Rows sample = new Rows();
        final ReplayStatistics statistics;
        try (EventSource source = JournalSource.open(path)) {
            statistics = ReplayPipeline.from(source)
                    .sink("all", everything)
                    .sink(
                            "adds",
                            adds,
                            SinkOptions.DEFAULTS.withFilters((buffer, offset) ->
                                    EventSlotDescriptor.isEvent(buffer, offset) && buffer.getByte(offset + 60) == 1))
                    .sink("sample", sample, SinkOptions.DEFAULTS.withFilters(new HashSample(4, 0)))
                    .build()
                    .run();
        }

        assertThat(everything.rows).isEqualTo(all);
        assertThat(adds.rows).isEqualTo(keep(all, row -> row.type().equals("ADD")));
        assertThat(sample.rows).isEqualTo(keep(all, row -> isSystem(row) || mixed(row.sequence(), 4) == 0));
        assertThat(statistics.stage("adds").droppedCount()).isEqualTo(COUNT - adds.rows.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1_000})
    void shouldCutBatchesAsAsked(final int count) throws IOException {
        final List<Integer> sizes = new ArrayList<>();
        try (EventSource source = JournalSource.open(path)) {
            ReplayPipeline.from(source)
                    .batch(count, Long.MAX_VALUE)
                    .sink("sizes", (slots, low, high) -> sizes.add((int) (high - low + 1)))
                    .build()
                    .run();
        }

        assertThat(sizes.subList(0, sizes.size() - 1)).containsOnly(count);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(COUNT);
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            assertThatThrownBy(() -> ReplayPipeline.from(source).build()).hasMessageContaining("needs a sink");
            assertThatThrownBy(() -> ReplayPipeline.from(source).everyNth(0)).hasMessageContaining("n=0");
            assertThatThrownBy(() -> ReplayPipeline.from(source).hashSample(4, 4))
                    .hasMessageContaining("remainder=4");
            assertThatThrownBy(() -> ReplayPipeline.from(source).timeRange(2, 1))
                    .hasMessageContaining("fromNs=2");
            assertThatThrownBy(() -> ReplayPipeline.from(source).symbols(List.of("NOPE")))
                    .hasMessageContaining("NOPE");
            assertThatThrownBy(() ->
                            ReplayPipeline.from(source).sink("x", new Rows()).sink("x", new Rows()))
                    .hasMessageContaining("'x'");
            assertThatThrownBy(() -> Pacing.times(0)).hasMessageContaining("speed=0");
            final ReplayPipelineBuilder builder = ReplayPipeline.from(source).everyNth(2);
            builder.map("m", (buffer, offset) -> true).sink("count", new CountSink());
            assertThat(builder.warnings()).singleElement().asString().contains("'m'", "'every 2'");
            final ReplayPipeline pipeline = builder.build();
            pipeline.run();
            assertThatThrownBy(pipeline::run).hasMessageContaining("runs once");
            assertThatThrownBy(() -> pipeline.step(1)).hasMessageContaining("no pace");
        }
    }

    @Test
    void shouldNoticeATransformThatLosesRecords() throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .transform("leaky", (slots, low, high, out) -> out.pass(slots, low, high - 1))
                    .sink("count", new CountSink())
                    .build();
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'leaky' has lost count");
        }
    }

    @Test
    void shouldLetATransformMakeRecordsThatSaysSo() throws IOException {
        final Transform twice = new Transform() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
                for (long at = low; at <= high; at++) {
                    out.pass(slots.buffer(), slots.offset(at));
                    out.pass(slots.buffer(), slots.offset(at));
                }
            }

            @Override
            public boolean createsRecords() {
                return true;
            }
        };
        final CountSink count = new CountSink();
        try (EventSource source = JournalSource.open(path)) {
            ReplayPipeline.from(source)
                    .transform("twice", twice)
                    .sink("count", count)
                    .build()
                    .run();
        }
        assertThat(count.recordCount()).isEqualTo(2 * COUNT);
    }

    @Test
    void shouldTellSinksWhetherTheirOutputIsWhole() throws IOException {
        final List<String> calls = new ArrayList<>();
        final ReplayHandler sink = new ReplayHandler() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {}

            @Override
            public void onEnd() {
                calls.add("end");
            }

            @Override
            public void onClose() {
                calls.add("close");
            }
        };
        for (final BackPressure backPressure : BackPressure.values()) {
            calls.clear();
            final SinkOptions options = SinkOptions.DEFAULTS.withBackPressure(backPressure, 1 << 13);
            try (EventSource source = JournalSource.open(path)) {
                ReplayPipeline.from(source).sink("sink", sink, options).build().run();
                assertThat(calls).as(backPressure.name()).containsExactly("end", "close");
                calls.clear();
                final ReplayPipeline failing = ReplayPipeline.from(damaged())
                        .sink("sink", sink, options)
                        .build();
                assertThatThrownBy(failing::run).isInstanceOf(CorruptDataException.class);
                assertThat(calls).as(backPressure.name()).containsExactly("close");
            }
        }
    }

    private EventSource damaged() throws IOException {
        final Path copy = folder.resolve("damaged.qrsdp");
        final long offset;
        try (Format2Reader reader = Format2Reader.open(path)) {
            offset = reader.chunk(7).offset() + 80;
        }
        final byte[] bytes = Files.readAllBytes(path);
        bytes[(int) offset] ^= 1;
        Files.write(copy, bytes);
        return JournalSource.open(copy);
    }

    @Test
    void shouldEndBehindTheBatchAtWorkWhenCancelled() throws IOException {
        final Rows rows = new Rows();
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline[] pipeline = new ReplayPipeline[1];
            pipeline[0] = ReplayPipeline.from(source)
                    .onProgress(count -> {
                        if (count >= 1_000) {
                            pipeline[0].cancel();
                        }
                    })
                    .sink("rows", rows)
                    .build();
            final ReplayStatistics statistics = pipeline[0].run();

            assertThat(statistics.isCancelled()).isTrue();
            assertThat(statistics.isWhole()).isFalse();
            assertThat(rows.rows).isEqualTo(all.subList(0, (int) statistics.readCount()));
            assertThat(statistics.readCount()).isBetween(1_000L, 1_300L);
            assertThat(pipeline[0].progress().totalCount()).isEqualTo(COUNT);
            assertThat(pipeline[0].progress().readCount()).isEqualTo(statistics.readCount());
        }
    }

    @Test
    void shouldThrowTheErrorOfAWriteAsItIs() throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .sink("disk", (slots, low, high) -> {
                        throw new UncheckedIOException(new IOException("disk is full"));
                    })
                    .build();
            assertThatThrownBy(pipeline::run).isInstanceOf(IOException.class).hasMessage("disk is full");
        }
    }
}
