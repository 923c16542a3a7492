package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.record.CollectingSink;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.record.Slot;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.engine.session.UnitProducer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A unit's day through the ring is the day. */
class ProducedDayTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(60);

    /** Two threads that have one processor between them take turns for all that a ring holds: a small one gets less. */
    @ParameterizedTest
    @CsvSource({"1, 60, 64, 1", "1, 60, 256, 100", "3, 60, 1024, 256", "3, 5, 8, 8"})
    @Timeout(120)
    void shouldHandAUnitsDayToItsConsumers(
            final int instruments, final int seconds, final int ringSize, final int claimSize) {
        final CollectingSink expected = new CollectingSink(64);
        produceDay(instruments, seconds, expected);
        final List<Slot> received = new ArrayList<>();
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                .ringSize(ringSize)
                .claimSize(claimSize)
                .gating("collector", "collector", new RecordingConsumer() {
                    @Override
                    public void onBatch(final SlotArray slots, final long low, final long high) {
                        for (long sequence = low; sequence <= high; sequence++) {
                            received.add(Slot.of(slots, sequence));
                        }
                    }
                }));
        pipeline.start();
        produceDay(instruments, seconds, pipeline.producer());

        assertThat(pipeline.drainAndClose(GRACE_NS).isClean()).isTrue();
        assertThat(received).isEqualTo(expected.records());
    }

    private static void produceDay(final int instruments, final int seconds, final RecordSink sink) {
        final SessionParameters parameters =
                SessionParameters.builder().sessionSeconds(seconds).build();
        final RandomStreams streams = new RandomStreams(1);
        final List<SymbolProducer> symbols = new ArrayList<>();
        final int[] prices = new int[instruments];
        for (int i = 0; i < instruments; i++) {
            symbols.add(new SymbolProducer(i + 1, "S" + i, parameters, streams));
            prices[i] = 1_000 * (i + 1);
        }
        final UnitProducer unit = new UnitProducer(symbols, sink);
        unit.open(LocalDate.of(2026, 1, 2), prices);
        while (!unit.isClosed()) {
            unit.produce(Long.MAX_VALUE);
        }
    }
}
