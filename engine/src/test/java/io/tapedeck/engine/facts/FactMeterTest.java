package io.tapedeck.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.engine.importer.ItchFileFacts;
import io.tapedeck.engine.importer.ItchInstruments;
import io.tapedeck.engine.importer.ItchSource;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.record.SessionRecords;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against tapes whose facts can be told by hand, and against the quotes that others computed for a real hour. */
class FactMeterTest {
    private static final LocalDate DATE = LocalDate.of(2026, 1, 2);
    private static final Instrument INSTRUMENT = new Instrument(1, "AAPL", 100, Map.of());
    private static final long SECOND = 1_000_000_000L;
    private static final long OPEN = 34_200 * SECOND;

    private final RecordBuffer buffer = new RecordBuffer(1 << 10);
    private final RecordWriter writer = new RecordWriter(buffer);

    @Test
    void shouldWeighSpreadAndDepthByTimeInMarketHours() {
        final FactMeter meter = new FactMeter(INSTRUMENT);
        meter.onSession(DATE);
        system(OPEN - 100 * SECOND, 'S');
        add(OPEN - 50 * SECOND, 1, SideCode.BUY, 100, 0);
        system(OPEN, 'Q');
        // One minute at 2, three at 1; the wide spread before the open does not count.
        add(OPEN, 2, SideCode.SELL, 102, EventFlags.OPENING);
        add(OPEN + 60 * SECOND, 3, SideCode.BUY, 101, 0);
        add(OPEN + 60 * SECOND, 4, SideCode.BUY, 101, 0);
        system(OPEN + 240 * SECOND, 'M');
        add(OPEN + 300 * SECOND, 5, SideCode.SELL, 103, 0);
        deliver(meter);

        final FactSheet sheet = meter.sheet();

        assertThat(sheet.seconds()).isCloseTo(240, within(1e-9));
        assertThat(sheet.fact("spread").value()).isCloseTo(1.25, within(1e-9));
        assertThat(sheet.fact("spread-one").value()).isCloseTo(75, within(1e-9));
        assertThat(sheet.fact("events").value()).isEqualTo(2);
        assertThat(sheet.series("depth-orders").y()[0]).isCloseTo((60 + 1 * 60 + 180 + 2 * 180) / 480.0, within(0.01));
    }

    @Test
    void shouldTellTradesFromTheOrdersThatTheyMeet() {
        final FactMeter meter = new FactMeter(INSTRUMENT);
        meter.onSession(DATE);
        for (int i = 0; i < 6; i++) {
            add(OPEN + i, 10 + i, i < 3 ? SideCode.SELL : SideCode.BUY, i < 3 ? 105 : 95, 0);
        }
        // One buy of two orders, one sell, two buys at different times: signs + - + with the sizes 200, 100, 100.
        execute(OPEN + 10, 10, SideCode.SELL);
        execute(OPEN + 10, 11, SideCode.SELL);
        execute(OPEN + 20, 13, SideCode.BUY);
        execute(OPEN + 30, 12, SideCode.SELL);
        deliver(meter);
        meter.onClose();

        final FactSheet sheet = meter.sheet();

        assertThat(sheet.fact("share-execute").value()).isCloseTo(40, within(1e-9));
        assertThat(sheet.series("trade-sizes").x()).hasSize(2);
        assertThat(sheet.series("trade-sizes").y()[1]).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(sheet.fact("trade-size").value()).isEqualTo(100);
    }

    @Test
    void shouldSeeRandomWalkAsOne() {
        final FactMeter meter = new FactMeter(INSTRUMENT);
        final SplittableRandom random = new SplittableRandom(4);
        meter.onSession(DATE);
        int price = 10_000;
        long id = 0;
        add(OPEN, ++id, SideCode.BUY, price, 0);
        add(OPEN, ++id, SideCode.SELL, price + 1, 0);
        for (int i = 1; i < 20_000; i++) {
            final long timeNs = OPEN + i * SECOND + 1;
            delete(timeNs, id - 1, SideCode.BUY, price);
            delete(timeNs, id, SideCode.SELL, price + 1);
            for (int k = 0; k < 8; k++) {
                price += random.nextBoolean() ? 1 : -1;
            }
            add(timeNs, ++id, SideCode.BUY, price, 0);
            add(timeNs, ++id, SideCode.SELL, price + 1, 0);
            deliver(meter);
        }
        meter.onClose();

        final FactSheet sheet = meter.sheet();

        assertThat(sheet.fact("signature-ratio").value()).isCloseTo(1, within(0.15));
        assertThat(sheet.fact("kurtosis-1").value()).isCloseTo(-2 / 8.0, within(0.08));
        assertThat(sheet.fact("acf-returns-1").value()).isCloseTo(0, within(0.03));
        assertThat(sheet.fact("acf-absolute-10").value()).isCloseTo(0, within(0.03));
        assertThat(sheet.fact("volatility").value())
                .isCloseTo(1e4 / 10_000 * Math.sqrt(8 * 600), within(0.05 * Math.sqrt(8 * 600)));
        assertThat(sheet.fact("eta").value()).isCloseTo(0.5, within(0.03));
    }

    @Test
    void shouldAgreeWithTheQuotesThatOthersComputedForARealHour() throws IOException {
        double weighted = 0;
        double duration = 0;
        long continuations = 0;
        long alternations = 0;
        long reference = 0;
        int lastSign = 0;
        long[] last = null;
        final List<String> rows = Files.readAllLines(TestData.file("itch/aapl-20120621-golden-bbo.csv"));
        for (final String row : rows.subList(1, rows.size())) {
            final String[] fields = row.split(",");
            final long[] now = {Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[4])};
            if (last != null) {
                weighted += (double) (last[1] - last[2]) * (now[0] - last[0]);
                duration += now[0] - last[0];
            }
            // In half cents: the middle, or half a cent from it on the side of the reference price before.
            final long middle = (now[1] + now[2]) / 100;
            final long next = middle % 2 != 0 ? middle : last != null && reference < middle ? middle - 1 : middle + 1;
            final int sign = last == null ? 0 : Long.signum(next - reference);
            continuations += sign != 0 && sign == lastSign ? 1 : 0;
            alternations += sign != 0 && sign == -lastSign ? 1 : 0;
            lastSign = sign != 0 ? sign : lastSign;
            reference = next;
            last = now;
        }
        final FactSheet sheet = aaplUntil(last[0]);
        assertThat(sheet.fact("price-step").value()).isEqualTo(100);
        // The meter knows the quote of the first milliseconds too, which has no row.
        final double unknown = Long.parseLong(rows.get(1).split(",")[1]) * 1e-9 - 34_200;
        assertThat(unknown).isBetween(0.0, 0.01);
        assertThat(sheet.seconds()).isCloseTo(duration * 1e-9 + unknown, within(1e-6));
        assertThat(sheet.fact("spread").value()).isCloseTo(weighted / duration / 100, within(1e-3));
        assertThat(sheet.fact("eta").value()).isCloseTo(continuations / (2.0 * alternations), within(1e-3));
    }

    /** The golden rows end before the file does. */
    private static FactSheet aaplUntil(final long endNs) throws IOException {
        final FactMeter meter = new FactMeter(INSTRUMENT);
        final Path file = TestData.file("itch/aapl-20120621-0930-1030.itch50");
        final ItchInstruments instruments = new ItchInstruments();
        final ItchFileFacts facts = instruments.scan(file);
        try (ItchSource source = ItchSource.open(file, DATE, instruments.instruments(), facts)) {
            ReplayPipeline.from(source)
                    .timeRange(Long.MIN_VALUE, endNs + 1)
                    .sink("facts", meter)
                    .build()
                    .run();
        }
        return meter.sheet();
    }

    private void add(final long timeNs, final long id, final int side, final int price, final int flags) {
        writer.event(timeNs, EventTypeCode.ADD, side, flags, id, 0, 1, price, 100);
    }

    private void delete(final long timeNs, final long id, final int side, final int price) {
        writer.event(timeNs, EventTypeCode.DELETE, side, 0, id, 0, 1, price, 100);
    }

    private void execute(final long timeNs, final long id, final int side) {
        writer.event(timeNs, EventTypeCode.EXECUTE, side, 0, id, id, 1, 0, 100);
    }

    private void system(final long timeNs, final char code) {
        new SessionRecords(writer).systemEvent(timeNs, code);
    }

    private void deliver(final FactMeter meter) {
        writer.flush();
        meter.onBatch(buffer.slots(), 0, buffer.size() - 1L);
        buffer.clear();
    }
}
