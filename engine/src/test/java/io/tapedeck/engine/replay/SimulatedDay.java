package io.tapedeck.engine.replay;

import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.run.GeneratorSource;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.journal.manifest.Instrument;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Simulated sessions of a few minutes, order by order, straight from the generator. */
public final class SimulatedDay {
    /** The first session. */
    public static final LocalDate DATE = LocalDate.of(2026, 1, 2);

    private SimulatedDay() {}

    /** The same records every time. */
    public static EventSource source(final int symbols, final int seconds, final int days) {
        return source(7, symbols, seconds, days);
    }

    /** The records that a run of the same securities has with this seed. */
    public static EventSource source(final long seed, final int symbols, final int seconds, final int days) {
        final SessionParameters parameters =
                SessionParameters.DEFAULTS.toBuilder().sessionSeconds(seconds).build();
        final RandomStreams streams = new RandomStreams(seed);
        final List<SymbolProducer> producers = new ArrayList<>();
        final List<Instrument> instruments = new ArrayList<>();
        final int[] prices = new int[symbols];
        for (int i = 0; i < symbols; i++) {
            producers.add(new SymbolProducer(i + 1, "S" + i, parameters, streams));
            instruments.add(new Instrument(i + 1, "S" + i, 100, Map.of()));
            prices[i] = 10_000 + i;
        }
        return new GeneratorSource(producers, instruments, prices, DATE, days);
    }
}
