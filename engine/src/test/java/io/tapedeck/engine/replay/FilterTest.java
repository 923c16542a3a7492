package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.engine.replay.RandomTape.Row;
import io.tapedeck.engine.replay.RandomTape.Rows;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import io.tapedeck.engine.replay.transform.FilterTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters, alone and together, against the same questions asked of plain objects. */
class FilterTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final String[] TYPES = {
        "ADD", "REDUCE", "DELETE", "EXECUTE", "EXECUTE_AT_PRICE", "REPLACE", "TRADE", "CROSS", "BROKEN", "S", "R", "H"
    };

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldKeepWhatEveryFilterWants(final long seed) throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> all = RandomTape.write(path, DATE, 0, 3_000, seed, RandomTape.wildTimes(seed));
        final SplittableRandom random = new SplittableRandom(seed);
        final List<RecordFilter> filters = new ArrayList<>();
        Predicate<Row> wanted = row -> true;
        if ((seed & 1) != 0) {
            final long fromNs = all.get(random.nextInt(1_000)).timeNs();
            final long toNs = fromNs + random.nextInt(2_000);
            filters.add(new TimeFilter(fromNs, toNs));
            wanted = wanted.and(row -> row.timeNs() >= fromNs && row.timeNs() < toNs);
        }
        if ((seed & 2) != 0) {
            filters.add(new SymbolFilter(List.of("U0S1", "U0S4"), RandomTape.instruments(0)));
            wanted = wanted.and(row -> row.instrumentId() == 1 || row.instrumentId() == 4);
        }
        if ((seed & 4) != 0) {
            final Set<String> types =
                    Set.of(TYPES[random.nextInt(4)], TYPES[4 + random.nextInt(4)], TYPES[8 + random.nextInt(4)]);
            filters.add(new TypeFilter(types));
            wanted = wanted.and(row -> types.contains(row.type()));
        }
        final Rows rows = new Rows();
        final ReplayStatistics statistics;
        try (EventSource source = JournalSource.open(path)) {
            statistics = ReplayPipeline.from(source)
                    .transform("filter", new FilterTransform(filters))
                    .sink("rows", rows)
                    .build()
                    .run();
        }

        assertThat(rows.rows).isEqualTo(all.stream().filter(wanted).toList());
        assertThat(rows.sessions).containsExactly(DATE);
        assertThat(statistics.stage("filter").takenCount()).isEqualTo(3_000);
        assertThat(statistics.stage("filter").isBalanced()).isTrue();
    }

    @Test
    void shouldFindWhatItSeeksWithTheTimeFilterAlone() throws IOException {
        final Path path = folder.resolve("tape.qrsdp");
        final List<Row> all = RandomTape.write(path, DATE, 0, 3_000, 9, RandomTape.wildTimes(9));
        for (int i = 0; i < 3_000; i += 177) {
            final long fromNs = all.get(i).timeNs();
            final Rows sought = new Rows();
            final Rows filtered = new Rows();
            final List<RecordFilter> filter = List.of(new TimeFilter(fromNs, fromNs + 100));
            try (EventSource source = JournalSource.open(path)) {
                run(source, filter, filtered);
                source.seekTime(fromNs);
                run(source, filter, sought);
            }
            assertThat(sought.rows).isEqualTo(filtered.rows).isNotEmpty();
        }
    }

    private static void run(final EventSource source, final List<RecordFilter> filters, final Rows rows)
            throws IOException {
        ReplayPipeline.from(source)
                .transform("filter", new FilterTransform(filters))
                .sink("rows", rows)
                .build()
                .run();
    }

    @Test
    void shouldNameWhatItDoesNotKnow() {
        assertThatThrownBy(() -> new SymbolFilter(List.of("U0S1", "NOPE"), RandomTape.instruments(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOPE")
                .hasMessageContaining("U0S1, U0S2, U0S3, U0S4");
        assertThatThrownBy(() -> new TypeFilter(List.of("ADD", "NOPE")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'NOPE'")
                .hasMessageContaining("EXECUTE_AT_PRICE");
        assertThatThrownBy(() -> new TypeFilter(List.of("A")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("becomes an event");
        assertThatThrownBy(() -> new TimeFilter(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fromNs=2, toNs=1");
    }
}
