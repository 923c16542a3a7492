package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.model.ActivityParameters;
import io.tapedeck.engine.model.ClockParameters;
import io.tapedeck.engine.model.FactorParameters;
import io.tapedeck.engine.model.HawkesParameters;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.ReferencePriceParameters;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.testing.AllocationMeter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedMarketTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final int SYMBOLS = 500;
    private static final int BYTES_PER_SYMBOL = 32_000;

    static Stream<MarketModelParameters> models() {
        return Stream.of(
                SessionParameters.DEFAULTS.model(),
                QueueReactiveCurves.defaults(5),
                ReferencePriceCurvesFile.franceTelecom());
    }

    /** Tables and the factor's path are there once: what a further symbol takes is its own state, its orders included. */
    @ParameterizedTest
    @MethodSource("models")
    void shouldKeepHundredsOfSymbolsInBoundedMemory(final MarketModelParameters model) {
        final boolean isAroundReferencePrice = model instanceof ReferencePriceParameters;
        final SessionParameters parameters = SessionParameters.builder()
                .model(model)
                .clock(new ClockParameters(new HawkesParameters(0.01, 2, 5), ActivityParameters.DEFAULTS))
                .factor(isAroundReferencePrice ? FactorParameters.NONE : new FactorParameters(0.5, 0.1, 0.2))
                .sessionSeconds(isAroundReferencePrice ? 300 : 30)
                .build();
        final SharedMarket market = new SharedMarket(parameters, new RandomStreams(42));
        final RecordBuffer buffer = new RecordBuffer(1 << 19);
        final int[] prices = new int[SYMBOLS];
        Arrays.fill(prices, parameters.p0Ticks());
        final List<UnitProducer> units = new ArrayList<>();

        final long bytes = AllocationMeter.allocatedBytes(() -> {
            final List<SymbolProducer> symbols = new ArrayList<>();
            for (int id = 1; id <= SYMBOLS; id++) {
                symbols.add(new SymbolProducer(id, "S" + id, market));
            }
            final UnitProducer unit = new UnitProducer(symbols, buffer);
            unit.open(DATE, prices);
            while (!unit.isClosed()) {
                unit.produce(Long.MAX_VALUE);
                buffer.clear();
            }
            units.add(unit);
        });

        assertThat(units.get(0).sequence()).isGreaterThan(SYMBOLS * 1_000L);
        assertThat(bytes / SYMBOLS).isLessThan(BYTES_PER_SYMBOL);
    }
}
