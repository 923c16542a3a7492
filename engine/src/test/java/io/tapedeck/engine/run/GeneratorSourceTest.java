package io.tapedeck.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay without a tape, against the tape. */
@Timeout(60)
class GeneratorSourceTest {
    private static final SessionParameters PARAMETERS =
            SessionParameters.DEFAULTS.toBuilder().sessionSeconds(60).build();
    private static final LocalDate START = LocalDate.of(2026, 1, 2);
    private static final int DAYS = 3;

    @TempDir
    private Path folder;

    private static EventSource generator() {
        final RandomStreams streams = new RandomStreams(42);
        return new GeneratorSource(
                List.of(
                        new SymbolProducer(1, "A", PARAMETERS, streams),
                        new SymbolProducer(2, "B", PARAMETERS, streams)),
                List.of(new Instrument(1, "A", 100, Map.of()), new Instrument(2, "B", 100, Map.of())),
                new int[] {10_000, 20_000},
                START,
                DAYS);
    }

    @Test
    void shouldDeliverWhatARunPutsOnTape() throws IOException, InterruptedException {
        TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder)
                .parameters(PARAMETERS)
                .securities(List.of(new RunSecurity("A", 10_000), new RunSecurity("B", 20_000)))
                .days(DAYS));
        final CountSink count = new CountSink();
        final String hash;
        try (EventSource source = generator()) {
            hash = hash(source, count);
        }
        try (EventSource source = DataSetSource.open(folder)) {
            assertThat(hash).isEqualTo(hash(source, new CountSink()));
            assertThat(count.recordCount()).isEqualTo(source.eventCount());
            assertThat(count.sessionCount()).isEqualTo(DAYS);
        }
    }

    private static String hash(final EventSource source, final CountSink count) throws IOException {
        final HashSink hash = new HashSink();
        ReplayPipeline.from(source)
                .sink("hash", hash)
                .sink("count", count)
                .build()
                .run();
        return hash.hash();
    }

    @Test
    void shouldStopAtTheEndOfTheTimeRange() throws IOException {
        final long untilNs = 34_200_000_000_000L + 10_000_000_000L;
        final CountSink early = new CountSink();
        final CountSink filtered = new CountSink();
        final long read;
        try (EventSource source = generator()) {
            read = ReplayPipeline.from(source)
                    .timeRange(0, untilNs)
                    .sink("count", early)
                    .build()
                    .run()
                    .readCount();
        }
        try (EventSource source = generator()) {
            final long all = ReplayPipeline.from(source)
                    .timeRange(0, untilNs)
                    .withoutPushDown()
                    .sink("count", filtered)
                    .build()
                    .run()
                    .readCount();
            assertThat(read).isLessThan(all);
        }
        assertThat(early.recordCount()).isEqualTo(filtered.recordCount()).isPositive();
    }
}
