package io.tapedeck.engine.replay.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.BookSink;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.parallel.ReplayTask.Split;
import io.tapedeck.engine.replay.pipeline.ReplayException;
import io.tapedeck.engine.replay.pipeline.ReplayPipelineBuilder;
import io.tapedeck.engine.replay.sink.PerRecordSink;
import io.tapedeck.engine.replay.snapshot.BookSnapshot;
import io.tapedeck.engine.run.TapeRun;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.manifest.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many tapes and any number of workers. */
@Timeout(120)
class ParallelReplayTest {
    private static final List<String> SYMBOLS = List.of("A", "B", "C", "D", "E");

    @TempDir
    private static Path folder;

    private static List<Path> tapes;

    @BeforeAll
    static void record() throws IOException, InterruptedException {
        TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder)
                .parameters(SessionParameters.DEFAULTS.toBuilder()
                        .sessionSeconds(20)
                        .build())
                .securities(SYMBOLS.stream()
                        .map(symbol -> new RunSecurity(symbol, 10_000))
                        .toList())
                .units(2)
                .days(3));
        tapes = DataSet.open(folder).tapes().stream().map(DataSet.Tape::path).collect(Collectors.toList());
    }

    /** Hash of the records and of the books that they make. */
    private static String hashes(final ReplayTask task, final ReplayPipelineBuilder replay, final JournalSource source)
            throws IOException {
        final HashSink hash = new HashSink();
        final BookSink books = new BookSink(new OrderBooks(), null);
        replay.sink("hash", hash).sink("books", books).build().run();
        return task + " " + hash.hash() + " "
                + BookSnapshot.hash(books.builder().books());
    }

    @ParameterizedTest
    @EnumSource(Split.class)
    void shouldComeToTheSameWithAnyNumberOfWorkers(final Split split) throws IOException, InterruptedException {
        final List<ReplayTask> tasks = ReplayTask.of(tapes, split);
        final AtomicLong most = new AtomicLong();
        final List<String> one = ParallelReplay.run(
                tasks, 1, ParallelReplayTest::hashes, count -> most.accumulateAndGet(count, Math::max));

        assertThat(one).hasSize(split == Split.UNIT_DAY ? 6 : 15).doesNotHaveDuplicates();
        assertThat(most.get()).isPositive();
        for (final int workers : new int[] {2, 4, 8}) {
            assertThat(ParallelReplay.run(tasks, workers, ParallelReplayTest::hashes, count -> {}))
                    .isEqualTo(one);
        }
    }

    @Test
    void shouldSayWhichWorkerFailedWhereAndStopTheOthers() throws IOException {
        final List<ReplayTask> tasks = ReplayTask.of(tapes, Split.INSTRUMENT_DAY);
        assertThatThrownBy(() -> ParallelReplay.run(
                        tasks,
                        4,
                        (task, replay, source) -> replay.sink("each", new PerRecordSink((buffer, offset) -> {
                                    if (task.symbol().equals("C") && task.date().getDayOfMonth() == 5) {
                                        throw new ArithmeticException("no C on the 5th");
                                    }
                                }))
                                .build()
                                .run(),
                        count -> {}))
                .isInstanceOf(WorkerException.class)
                .hasMessageMatching(
                        "worker [0-3], 2026-01-05, unit 0, C: stage 'each' failed at record \\d+ of C, 2026-01-05"
                                + " 09:[0-9:.]+, .*u00/2026-01-05.qrsdp: no C on the 5th")
                .hasCauseInstanceOf(ReplayException.class);
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        final Path copy = Files.createDirectories(folder.resolve("copy")).resolve("2026-01-02.qrsdp");
        final byte[] bytes = Files.readAllBytes(tapes.get(0));
        bytes[bytes.length / 2] ^= 1;
        Files.write(copy, bytes);
        final List<ReplayTask> tasks = ReplayTask.of(List.of(tapes.get(1), copy, tapes.get(2)), Split.UNIT_DAY);
        assertThatThrownBy(() -> ParallelReplay.run(tasks, 2, ParallelReplayTest::hashes, count -> {}))
                .isInstanceOf(WorkerException.class)
                .hasMessageContaining("unit 0: " + copy)
                .hasCauseInstanceOf(CorruptDataException.class);
    }
}
