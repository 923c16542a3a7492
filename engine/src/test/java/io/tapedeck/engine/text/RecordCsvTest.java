package io.tapedeck.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.Side;
import io.tapedeck.codecs.translation.LocateDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rows against decimal arithmetic that is not the project's own. */
class RecordCsvTest {
    private final LocateDirectory directory = new LocateDirectory();
    private final SlotArray slots = new SlotArray(1);
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @Test
    void shouldWriteEveryPriceExactly() throws IOException {
        final SplittableRandom random = new SplittableRandom(1);
        final int[] tickSizes = {1, 2, 100, 9_999, 10_000, Integer.MAX_VALUE};
        final int[] edges = {0, 1, -1, 99, -99, 9_999, -10_000, 10_001, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int i = 0; i < 20_000; i++) {
            final int tickSize = tickSizes[i % tickSizes.length];
            final int ticks = i < 1_000 ? edges[i % edges.length] : random.nextInt() >> random.nextInt(32);
            directory.define(7, Alpha.toLong("AAPL"), tickSize);
            event(ticks, 0, 0);

            final String price = write().split(",")[5];

            assertThat(price)
                    .isEqualTo(BigDecimal.valueOf(ticks)
                            .multiply(BigDecimal.valueOf(tickSize))
                            .movePointLeft(4)
                            .setScale(4)
                            .toPlainString());
        }
    }

    @Test
    void shouldWriteIdsWithoutASign() throws IOException {
        directory.define(7, Alpha.toLong("AAPL"), 1);
        for (final long id : new long[] {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, -10, -11}) {
            event(0, id, ~id);

            final String[] fields = write().split(",");

            assertThat(fields[7]).isEqualTo(Long.toUnsignedString(id));
            assertThat(fields[8]).isEqualTo(Long.toUnsignedString(~id));
        }
    }

    @Test
    void shouldWriteTheFieldsInTheOrderOfTheHeader() throws IOException {
        directory.define(7, Alpha.toLong("AAPL"), 100);
        event(10_001, 12, 34);

        assertThat(write()).isEqualTo("3,34200000000001,AAPL,ADD,B,100.0100,5,12,34,9");
    }

    @Test
    void shouldLeaveEmptyWhatACarriedMessageDoesNotHave() throws IOException {
        directory.define(7, Alpha.toLong("AAPL"), 1);

        assertThat(carried(7, 'R')).isEqualTo("3,34200000000001,AAPL,R,,,,,,");
        assertThat(carried(0, 'S')).isEqualTo("3,34200000000001,,S,,,,,,");
        assertThat(carried(7, ',')).isEqualTo("3,34200000000001,AAPL,?,,,,,,");
    }

    @Test
    void shouldWriteARowForAnInstrumentThatNobodyKnows() throws IOException {
        for (final int instrumentId : new int[] {7, 0xFFFF, 0x1_0000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            event(10_001, 12, 34);
            slots.buffer().putInt(40, instrumentId, ByteOrder.LITTLE_ENDIAN);

            assertThat(write()).isEqualTo("3,34200000000001,,ADD,B,1.0001,5,12,34,9");
            assertThat(carried(instrumentId, 'H')).isEqualTo("3,34200000000001,,H,,,,,,");
        }
    }

    private void event(final int ticks, final long orderId, final long auxId) {
        slots.wrap(new EventEncoder(), 0)
                .sequence(3)
                .eventTimeNs(34_200_000_000_001L)
                .orderId(orderId)
                .auxId(auxId)
                .instrumentId(7)
                .price(ticks)
                .quantity(5)
                .mpid(0)
                .flags(9)
                .tracking(0)
                .eventType(EventType.ADD)
                .side(Side.BUY)
                .reserved(0);
    }

    private String carried(final int instrumentId, final char type) throws IOException {
        slots.wrap(new ItchMessageEncoder(), 0)
                .sequence(3)
                .eventTimeNs(34_200_000_000_001L)
                .instrumentId(instrumentId)
                .tracking(0)
                .itchType((short) type)
                .bodySize((short) 0);
        return write();
    }

    private String write() throws IOException {
        text.reset();
        try (CsvChannel out = new CsvChannel(Channels.newChannel(text))) {
            new RecordCsv(out, directory).write(slots.buffer(), 0);
        }
        final List<String> lines =
                text.toString(StandardCharsets.US_ASCII).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .isEqualTo("sequence,timestamp_ns,symbol,type,side,price,quantity,order_id,aux_id,flags");
        return lines.get(1);
    }
}
