package io.tapedeck.engine.replay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.MergedSource;
import io.tapedeck.engine.replay.RandomTape;
import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.replay.SymbolFilter;
import io.tapedeck.engine.replay.sink.PerRecordSink;
import io.tapedeck.engine.replay.transform.RecordOutput;
import io.tapedeck.engine.replay.transform.Transform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records at which a stage throws. */
@Timeout(60)
class ErrorPolicyTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int COUNT = 3_000;

    @TempDir
    private Path folder;

    private Path path;
    private List<Row> all;
    private final List<ReplayError> errors = new ArrayList<>();

    @BeforeEach
    void record() throws IOException {
        path = folder.resolve("tape.qrsdp");
        all = RandomTape.write(path, DATE, 0, COUNT, 1, RandomTape.wildTimes(1));
    }

    /** Throws at every hundredth record, after it has put out something. */
    private static final class Picky implements Transform {
        @Override
        public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
            for (long at = low; at <= high; at++) {
                out.pass(slots.buffer(), slots.offset(at));
                if ((at + 1) % 100 == 0) {
                    throw new ArithmeticException("a hundredth");
                }
            }
        }
    }

    private static final class PickySink implements ReplayHandler {
        private final Rows rows = new Rows();

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long at = low; at <= high; at++) {
                final long sequence = slots.buffer().getLong(slots.offset(at) + 8);
                if (sequence % 100 == 0) {
                    throw new ArithmeticException("a hundredth");
                }
                rows.onBatch(slots, at, at);
            }
        }
    }

    @Test
    void shouldEndAtTheFirstErrorAndSayWhere() throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .transform("picky", new Picky())
                    .sink("rows", new Rows())
                    .build();
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(ReplayException.class)
                    .hasMessage("stage 'picky' failed in records 1 to 100, 2026-01-02 " + time(0) + " to " + time(99)
                            + ", " + path + ": a hundredth")
                    .hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    private String time(final int index) {
        return LocalTime.ofNanoOfDay(all.get(index).timeNs()).toString();
    }

    private static String symbol(final Row row) {
        return row.instrumentId() == 0 ? null : "U0S" + row.instrumentId();
    }

    /** Stages that take records one by one, each at the record with a sequence that a hundred divides. */
    static List<Arguments> stagesPerRecord() {
        return List.of(
                Arguments.of("filter", (UnaryOperator<ReplayPipelineBuilder>) replay -> replay.filter(
                                "each", (buffer, at) -> {
                                    requireNoHundredth(buffer, at);
                                    return buffer.getByte(at + 8) % 2 == 0;
                                })
                        .sink("rows", new Rows())),
                Arguments.of("map", (UnaryOperator<ReplayPipelineBuilder>) replay -> replay.map(
                                "each", (buffer, at) -> {
                                    requireNoHundredth(buffer, at);
                                    return true;
                                })
                        .sink("rows", new Rows())),
                Arguments.of("sink", (UnaryOperator<ReplayPipelineBuilder>)
                        replay -> replay.sink("each", new PerRecordSink(ErrorPolicyTest::requireNoHundredth))),
                Arguments.of("sink behind a ring", (UnaryOperator<ReplayPipelineBuilder>) replay -> replay.sink(
                        "each",
                        new PerRecordSink(ErrorPolicyTest::requireNoHundredth),
                        SinkOptions.DEFAULTS.withBackPressure(BackPressure.BLOCK, 1 << 12))));
    }

    private static void requireNoHundredth(final DirectBuffer buffer, final int offset) {
        if (buffer.getLong(offset + 8) % 100 == 0) {
            throw new ArithmeticException("a hundredth");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stagesPerRecord")
    void shouldNameTheRecordWhereTheStageTakesThemOneByOne(
            final String name, final UnaryOperator<ReplayPipelineBuilder> stage) throws IOException {
        final Row row = all.get(99);
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline =
                    stage.apply(ReplayPipeline.from(source)).build();
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(ReplayException.class)
                    .hasMessage("stage 'each' failed at record 100"
                            + (row.instrumentId() == 0 ? "" : " of " + symbol(row)) + ", 2026-01-02 " + time(99) + ", "
                            + path + ": a hundredth")
                    .hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void shouldNameTheFileOfTheRecordWhereUnitsAreMerged() throws IOException {
        final Path other = folder.resolve("other.qrsdp");
        RandomTape.write(other, DATE, 1, COUNT, 2, RandomTape.wildTimes(2));
        try (EventSource source = new MergedSource(List.of(JournalSource.open(path), JournalSource.open(other)))) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .sink("each", new PerRecordSink((buffer, offset) -> {
                        if (SymbolFilter.instrumentId(buffer, offset) == 7) {
                            throw new ArithmeticException("a seventh");
                        }
                    }))
                    .build();
            assertThatThrownBy(pipeline::run)
                    .hasMessageContaining(" of U1S3, 2026-01-02 ")
                    .hasMessageContaining(", " + other + ": ");
        }
    }

    @Test
    void shouldEndWhenASinkCannotWriteWhateverItsPolicy() throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .sink(
                            "full",
                            new PerRecordSink((buffer, offset) -> {
                                throw new UncheckedIOException(new IOException("no space left"));
                            }),
                            SinkOptions.DEFAULTS.withErrorPolicy(ErrorPolicy.skipAndRecord(COUNT, errors::add)))
                    .build();
            assertThatThrownBy(pipeline::run).isInstanceOf(IOException.class).hasMessage("no space left");
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatFailsAndRecordIt() throws IOException {
        final Rows rows = new Rows();
        final ReplayStatistics statistics = run(rows, ErrorPolicy.skipAndRecord(30, errors::add));

        assertThat(rows.rows)
                .isEqualTo(all.stream().filter(row -> row.sequence() % 100 != 0).toList());
        assertThat(errors).hasSize(30);
        final Row first = all.get(99);
        assertThat(errors.get(0))
                .isEqualTo(new ReplayError(
                        "picky",
                        new FailedRecords(
                                DATE,
                                100,
                                100,
                                first.timeNs(),
                                first.timeNs(),
                                first.instrumentId(),
                                symbol(first),
                                path),
                        "ArithmeticException",
                        "a hundredth",
                        first.bytes()));
        assertThat(statistics.stage("picky").errorCount()).isEqualTo(30);
        assertThat(statistics.stage("picky").isBalanced()).isTrue();
    }

    @Test
    void shouldEndWhenThereAreTooManyErrors() {
        assertThatThrownBy(() -> run(new Rows(), ErrorPolicy.skipAndRecord(7, errors::add)))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("at record 800 ");
        assertThat(errors).hasSize(7);
    }

    @Test
    void shouldHaltTheInstrumentOfWhatFails() throws IOException {
        final Rows rows = new Rows();
        final ReplayStatistics statistics = run(rows, ErrorPolicy.haltInstrument(100, errors::add));

        final Set<Integer> halted = new HashSet<>();
        final List<Row> expected = new ArrayList<>();
        int errorCount = 0;
        for (final Row row : all) {
            if (halted.contains(row.instrumentId())) {
                continue;
            }
            if (row.sequence() % 100 != 0) {
                expected.add(row);
                continue;
            }
            errorCount++;
            if (row.instrumentId() != 0) {
                halted.add(row.instrumentId());
            }
        }
        assertThat(rows.rows).isEqualTo(expected);
        assertThat(halted).hasSize(4);
        assertThat(statistics.stage("picky").errorCount()).isEqualTo(errorCount);
        assertThat(statistics.stage("picky").isBalanced()).isTrue();
    }

    private ReplayStatistics run(final Rows rows, final ErrorPolicy policy) throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            return ReplayPipeline.from(source)
                    .transform("picky", new Picky(), policy)
                    .sink("rows", rows)
                    .build()
                    .run();
        }
    }

    @ParameterizedTest
    @EnumSource(BackPressure.class)
    void shouldServeASinkByItsOwnPolicyAndTheOthersByTheirs(final BackPressure backPressure) throws IOException {
        final PickySink picky = new PickySink();
        final Rows rows = new Rows();
        final ReplayStatistics statistics;
        try (EventSource source = JournalSource.open(path)) {
            statistics = ReplayPipeline.from(source)
                    .sink(
                            "picky",
                            picky,
                            SinkOptions.DEFAULTS
                                    .withErrorPolicy(ErrorPolicy.skipAndRecord(100, errors::add))
                                    .withBackPressure(backPressure, 1 << 12))
                    .sink("rows", rows)
                    .build()
                    .run();
        }
        assertThat(rows.rows).isEqualTo(all);
        assertThat(picky.rows.rows)
                .isEqualTo(all.stream().filter(row -> row.sequence() % 100 != 0).toList());
        assertThat(errors).hasSize(30);
        assertThat(statistics.stage("picky").errorCount()).isEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource(BackPressure.class)
    void shouldNotBlameAStageForWhatFailsBehindIt(final BackPressure backPressure) throws IOException {
        try (EventSource source = JournalSource.open(path)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .transform("patient", new PassAll(), ErrorPolicy.skipAndRecord(1_000, errors::add))
                    .sink("picky", new PickySink(), SinkOptions.DEFAULTS.withBackPressure(backPressure, 1 << 12))
                    .build();
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(ReplayException.class)
                    .hasMessageContaining("stage 'picky' failed");
        }
        assertThat(errors).isEmpty();
    }

    private static final class PassAll implements Transform {
        @Override
        public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
            out.pass(slots, low, high);
        }
    }
}
