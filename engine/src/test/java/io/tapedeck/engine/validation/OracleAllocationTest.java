package io.tapedeck.engine.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.facts.FactMeter;
import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.testing.AllocationMeter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A month of days has to fit: nothing is kept of a record, and nothing thrown away. */
class OracleAllocationTest {
    private static final int WARM_BATCHES = 60;

    @ParameterizedTest
    @ValueSource(strings = {"queue-reactive", "reference-price"})
    void shouldAllocateNothingPerRecord(final String model) {
        final boolean isLadder = model.equals("queue-reactive");
        final MarketModelParameters law =
                isLadder ? QueueReactiveCurves.defaults(5) : ReferencePriceCurvesFile.franceTelecom();
        final SessionParameters parameters = SessionParameters.builder()
                .model(law)
                .clock(new ClockParameters(new HawkesParameters(0.01, 5, 5), new ActivityParameters(0.3, 60, 1)))
                .factor(isLadder ? new FactorParameters(0.2, 0.1, 0.2) : FactorParameters.NONE)
                .sessionSeconds(isLadder ? 2_000 : 12_000)
                .build();
        final Simulation simulation = new Simulation(parameters, 61);
        final Measured measured = new Measured(
                OracleSuite.of(simulation.recipe(), Simulation.instruments()),
                new FactMeter(Simulation.instruments().get(0)));

        simulation.run(1, measured);

        final List<Long> bytes = measured.bytes.subList(WARM_BATCHES, measured.bytes.size());
        // Prices that were never seen before, and queues longer than any before, make room for themselves.
        assertThat(bytes.stream().filter(each -> each == 0).count()).isGreaterThan(bytes.size() * 8L / 10);
        assertThat(bytes.stream().mapToLong(Long::longValue).max().orElseThrow())
                .isLessThan(1 << 20);
    }

    /** Hands on, and notes what each batch allocates. */
    private static final class Measured implements ReplayHandler {
        private final OracleSuite oracles;
        private final FactMeter facts;
        private final List<Long> bytes = new ArrayList<>();

        Measured(final OracleSuite oracles, final FactMeter facts) {
            this.oracles = oracles;
            this.facts = facts;
        }

        @Override
        public void onSession(final LocalDate date) {
            oracles.onSession(date);
            facts.onSession(date);
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            bytes.add(AllocationMeter.allocatedBytes(() -> {
                oracles.onBatch(slots, low, high);
                facts.onBatch(slots, low, high);
            }));
        }
    }
}
