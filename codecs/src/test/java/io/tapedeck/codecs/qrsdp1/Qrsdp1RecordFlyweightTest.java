package io.tapedeck.codecs.qrsdp1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.AllocationMeter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Qrsdp1RecordFlyweightTest {
    private final Qrsdp1RecordFlyweight record = new Qrsdp1RecordFlyweight();

    @Test
    void shouldLayFieldsOutLittleEndianAndUnaligned() {
        final byte[] bytes = new byte[Qrsdp1RecordDescriptor.LENGTH + 2];

        record.wrap(new UnsafeBuffer(bytes), 1)
                .set(
                        0x0102030405060708L,
                        QueueEventType.EXECUTE_SELL,
                        QueueSide.ASK,
                        -2,
                        0xFEDCBA98,
                        0x1112131415161718L);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "00" + "0807060504030201" + "05" + "01" + "feffffff" + "98badcfe" + "1817161514131211" + "00");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadBackWhatWasSet(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(100));
        for (int i = 0; i < 1_000; i++) {
            final int offset = random.nextInt(100 - Qrsdp1RecordDescriptor.LENGTH + 1);
            final long timestampNs = random.nextLong();
            final int type = random.nextInt(256);
            final int side = random.nextInt(256);
            final int priceTicks = random.nextInt();
            final int quantity = random.nextInt();
            final long orderId = random.nextLong();

            record.wrap(buffer, offset).set(timestampNs, type, side, priceTicks, quantity, orderId);

            assertThat(record.timestampNs()).isEqualTo(timestampNs);
            assertThat(record.type()).isEqualTo(type);
            assertThat(record.side()).isEqualTo(side);
            assertThat(record.priceTicks()).isEqualTo(priceTicks);
            assertThat(record.quantity()).isEqualTo(quantity);
            assertThat(record.orderId()).isEqualTo(orderId);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, ADD_BID, 0",
        "1, ADD_ASK, 1",
        "2, CANCEL_BID, 0",
        "3, CANCEL_ASK, 1",
        "4, EXECUTE_BUY, 1",
        "5, EXECUTE_SELL, 0"
    })
    void shouldNameTypesAndTheirRestingSides(final int type, final String name, final int restingSide) {
        assertThat(QueueEventType.isValid(type)).isTrue();
        assertThat(QueueEventType.name(type)).isEqualTo(name);
        assertThat(QueueEventType.restingSide(type)).isEqualTo(restingSide);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6, 255, Integer.MAX_VALUE})
    void shouldNotTakeOtherValuesForTypes(final int type) {
        assertThat(QueueEventType.isValid(type)).isFalse();
        assertThat(QueueEventType.name(type)).isEqualTo("UNKNOWN(" + type + ")");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 255})
    void shouldNotTakeOtherValuesForSides(final int side) {
        assertThat(QueueSide.isValid(side)).isFalse();
        assertThat(QueueSide.name(side)).isEqualTo("UNKNOWN(" + side + ")");
    }

    @Test
    void shouldShowEveryFieldAsText() {
        record.wrap(new UnsafeBuffer(new byte[26]), 0).set(34_200_000_000_000L, 4, 1, -5, -1, -1);

        assertThat(record)
                .hasToString("timestampNs=34200000000000, type=EXECUTE_BUY, side=ASK, priceTicks=-5,"
                        + " quantity=4294967295, orderId=18446744073709551615");
    }

    @Test
    void shouldAllocateNothing() {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(26 * 64));
        final long[] sum = new long[1];

        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < 100_000; i++) {
                        record.wrap(buffer, (i & 63) * 26).set(i, i % 6, i & 1, i, 1, i);
                        sum[0] += record.timestampNs() + record.type() + record.side() + record.orderId();
                    }
                },
                5);

        assertThat(bytes).isZero();
    }
}
