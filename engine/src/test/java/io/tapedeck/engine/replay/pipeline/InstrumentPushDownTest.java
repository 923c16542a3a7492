package io.tapedeck.engine.replay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.JournalSource;
import io.tapedeck.engine.replay.RandomTape;
import io.tapedeck.engine.replay.Replay;
import io.tapedeck.engine.replay.SimulatedDay;
import io.tapedeck.engine.replay.sink.JournalSink;
import io.tapedeck.journal.manifest.Instrument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of other instruments are left out while a chunk is decoded, and nobody behind the filter can tell. */
class InstrumentPushDownTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0b0001, 0b0100, 0b1010, 0b1110, 0b1111})
    void shouldDeliverTheSameWhetherRecordsAreDecodedOrLeftOut(final int wanted) throws IOException {
        final Path tape = folder.resolve("tape.qrsdp");
        try (EventSource source = SimulatedDay.source(4, 240, 1)) {
            Replay.run(source, JournalSink.create(tape, RandomTape.metadata(SimulatedDay.DATE, 0), false), done -> {});
        }
        final HashSink pushedDown = new HashSink();
        final HashSink filtered = new HashSink();
        final long read;
        try (JournalSource source = JournalSource.open(tape)) {
            final ReplayPipeline pipeline = ReplayPipeline.from(source)
                    .symbols(symbols(source, wanted))
                    .sink("hash", pushedDown)
                    .build();
            read = pipeline.run().readCount();
            assertThat(pipeline.progress().readCount())
                    .isEqualTo(pipeline.progress().totalCount());
            assertThat(read + source.leftOutCount()).isEqualTo(source.eventCount());
        }
        try (JournalSource source = JournalSource.open(tape)) {
            ReplayPipeline.from(source)
                    .symbols(symbols(source, wanted))
                    .withoutPushDown()
                    .sink("hash", filtered)
                    .build()
                    .run();
            assertThat(source.leftOutCount()).isZero();
            assertThat(read < source.eventCount()).isEqualTo(wanted != 0b1111);
        }
        assertThat(pushedDown.hash()).isEqualTo(filtered.hash());
    }

    private static List<String> symbols(final EventSource source, final int wanted) {
        return source.instruments().stream()
                .filter(instrument -> (wanted >>> instrument.id() - 1 & 1) != 0)
                .map(Instrument::symbol)
                .toList();
    }
}
