package io.tapedeck.perf;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.random.RandomStreams;
import io.tapedeck.engine.record.RecordSink;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.engine.session.SharedMarket;
import io.tapedeck.engine.session.SymbolProducer;
import io.tapedeck.engine.session.UnitProducer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One unit's day of order-level records, written into slots that nobody reads. */
final class NativeWorkload implements Workload {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final long SEED = 42;

    private final Slots slots = new Slots();
    private final UnitProducer unit;
    private final int[] openingPricesTicks;
    private long expectedRecords;

    NativeWorkload(final SessionParameters parameters, final int symbols) {
        final SharedMarket market = new SharedMarket(parameters, new RandomStreams(SEED));
        final List<SymbolProducer> producers = new ArrayList<>();
        for (int i = 1; i <= symbols; i++) {
            producers.add(new SymbolProducer(i, "S" + i, market));
        }
        unit = new UnitProducer(producers, slots);
        openingPricesTicks = new int[symbols];
        Arrays.fill(openingPricesTicks, parameters.p0Ticks());
    }

    @Override
    public long run() {
        final long before = slots.published;
        unit.open(DATE, openingPricesTicks);
        while (!unit.isClosed()) {
            unit.produce(Long.MAX_VALUE);
        }
        final long records = slots.published - before;
        Workload.require(records == unit.sequence(), records + " records, the last one has number " + unit.sequence());
        Workload.require(
                expectedRecords == 0 || records == expectedRecords, records + " records, before " + expectedRecords);
        expectedRecords = records;
        return records;
    }

    /** A ring without consumers, as large as the one of a run. */
    private static final class Slots implements RecordSink {
        private static final int CAPACITY = 1 << 14;
        private static final int CLAIM_SIZE = 256;

        private final SlotArray array = new SlotArray(CAPACITY);
        private long published;

        @Override
        public int claimSize() {
            return CLAIM_SIZE;
        }

        @Override
        public SlotArray slots() {
            return array;
        }

        @Override
        public long claim(final int count) {
            return published;
        }

        @Override
        public void publish(final long low, final long high) {
            published = high + 1;
        }
    }
}
