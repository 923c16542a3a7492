package io.tapedeck.engine.replay.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.HashSink;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.replay.SimulatedDay;
import io.tapedeck.engine.replay.pipeline.ErrorPolicy;
import io.tapedeck.engine.replay.pipeline.ReplayError;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.pipeline.ReplayStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records that fit to those before them, and others. */
@Timeout(60)
class CoherenceCheckTest {
    private final List<ReplayError> errors = new ArrayList<>();

    @Test
    void shouldPassASimulatedSessionOnAsItIs() throws IOException {
        final HashSink checked = new HashSink();
        final HashSink plain = new HashSink();
        try (EventSource source = SimulatedDay.source(2, 20, 2)) {
            ReplayPipeline.from(source)
                    .transform("check", new CoherenceCheck(InstrumentTable.of(source.instruments())))
                    .sink("hash", checked)
                    .build()
                    .run();
        }
        try (EventSource source = SimulatedDay.source(2, 20, 2)) {
            ReplayPipeline.from(source).sink("hash", plain).build().run();
        }
        assertThat(checked.hash()).isEqualTo(plain.hash());
    }

    @Test
    void shouldFindEventsOfAnInstrumentThatIsNotInTheDirectory() throws IOException {
        final CountSink count = new CountSink();
        final ReplayStatistics statistics;
        try (EventSource source = SimulatedDay.source(2, 20, 1)) {
            final CoherenceCheck check =
                    new CoherenceCheck(InstrumentTable.of(source.instruments().subList(0, 1)));
            statistics = ReplayPipeline.from(source)
                    .transform("check", check, ErrorPolicy.skipAndRecord(Long.MAX_VALUE, errors::add))
                    .sink("count", count)
                    .build()
                    .run();
        }
        assertThat(errors).isNotEmpty().allSatisfy(error -> {
            assertThat(error.record().symbol()).isEqualTo("S1");
            assertThat(error.message()).isEqualTo("there is no instrument 2");
        });
        assertThat(count.recordCount() + errors.size()).isEqualTo(statistics.readCount());
    }
}
