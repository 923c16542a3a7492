package io.tapedeck.codecs.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.testing.AllocationMeter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ItchDispatcherTest {
    private final List<Byte> types = new ArrayList<>();
    private final ItchDispatcher dispatcher = new ItchDispatcher(ItchFields.handler(m -> types.add(m.type())));

    @Test
    void shouldCallTheMethodOfEachTypeOnce() {
        for (final byte[] message : ItchSamples.arbitrary(5, 1)) {
            assertThat(dispatcher.dispatch(new UnsafeBuffer(message), 0, message.length))
                    .isEqualTo(ItchDispatcher.DISPATCHED);
        }

        assertThat(types)
                .extracting(type -> (char) type.byteValue())
                .containsExactlyElementsOf(
                        ItchSamples.TYPES.chars().mapToObj(c -> (char) c).toList());
        assertThat(dispatcher.dispatchedCount()).isEqualTo(23);
        assertThat(dispatcher.unknownTypeCount()).isZero();
        assertThat(dispatcher.malformedCount()).isZero();
    }

    @Test
    void shouldSkipAndCountEveryTypeThatIsNotOneOfThe23() {
        for (int type = 0; type < 256; type++) {
            final byte[] message = new byte[30];
            message[0] = (byte) type;
            final boolean known = ItchSamples.TYPES.indexOf(type) >= 0;

            assertThat(dispatcher.dispatch(new UnsafeBuffer(message), 0, message.length))
                    .isEqualTo(known ? ItchDispatcher.MALFORMED : ItchDispatcher.UNKNOWN_TYPE);
            assertThat(ItchMessageType.isKnown((byte) type)).isEqualTo(known);
            assertThat(null == ItchMessageType.name((byte) type)).isEqualTo(!known);
        }

        assertThat(dispatcher.unknownTypeCount()).isEqualTo(256 - 23);
        assertThat(dispatcher.malformedCount()).isEqualTo(23);
        assertThat(types).isEmpty();
    }

    @Test
    void shouldSkipAndCountAMessageThatIsTooShortOrTooLong() {
        int malformed = 0;
        for (int i = 0; i < ItchSamples.LENGTHS.length; i++) {
            final byte type = (byte) ItchSamples.TYPES.charAt(i);
            assertThat(ItchMessageType.length(type)).isEqualTo(ItchSamples.LENGTHS[i]);
            for (final int length : new int[] {0, 1, 11, ItchSamples.LENGTHS[i] - 1, ItchSamples.LENGTHS[i] + 1}) {
                if (length != ItchSamples.LENGTHS[i]) {
                    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
                    if (length > 0) {
                        buffer.putByte(0, type);
                    }
                    assertThat(dispatcher.dispatch(buffer, 0, length)).isEqualTo(ItchDispatcher.MALFORMED);
                    malformed++;
                }
            }
        }

        assertThat(dispatcher.malformedCount()).isEqualTo(malformed).isGreaterThan(100);
        assertThat(types).isEmpty();
    }

    @Test
    void shouldGoOnAfterAMessageThatItSkipped() {
        final byte[] valid = ItchSamples.arbitrary(6, 1).get(0);
        dispatcher.dispatch(new UnsafeBuffer(new byte[] {'?', 1, 2}), 0, 3);
        dispatcher.dispatch(new UnsafeBuffer(new byte[] {'A', 1, 2}), 0, 3);

        assertThat(dispatcher.dispatch(new UnsafeBuffer(valid), 0, valid.length))
                .isEqualTo(ItchDispatcher.DISPATCHED);
        assertThat(types).containsExactly((byte) 'S');
    }

    @Test
    void shouldAllocateNothingWhenMessagesAreReadAndWritten() {
        final byte[] file = ItchSamples.join(ItchSamples.plausible(7, 40));
        final Copier copier = new Copier();
        final ItchDispatcher copying = new ItchDispatcher(copier);
        final UnsafeBuffer buffer = new UnsafeBuffer(file);
        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < 50; i++) {
                        dispatchAll(buffer, file.length, copying);
                    }
                },
                5);

        assertThat(copier.copied).isEqualTo(5 * 50 * 40 * 8);
        assertThat(copying.dispatchedCount()).isEqualTo(5 * 50 * 40 * 23);
        assertThat(bytes).isZero();
    }

    private static void dispatchAll(final MutableDirectBuffer file, final int length, final ItchDispatcher dispatcher) {
        int offset = 0;
        while (offset + 2 < length) {
            final int messageLength = file.getShort(offset, BIG_ENDIAN);
            dispatcher.dispatch(file, offset + 2, messageLength);
            offset += 2 + messageLength;
        }
    }

    /** Writes again, field by field, the types that make up nearly all of a real feed. */
    private static final class Copier implements ItchMessageHandler {
        private final MutableDirectBuffer target = new UnsafeBuffer(new byte[64]);
        private final AddOrder addOrder = new AddOrder();
        private final AddOrderMpid addOrderMpid = new AddOrderMpid();
        private final OrderExecuted orderExecuted = new OrderExecuted();
        private final OrderExecutedWithPrice orderExecutedWithPrice = new OrderExecutedWithPrice();
        private final OrderCancel orderCancel = new OrderCancel();
        private final OrderDelete orderDelete = new OrderDelete();
        private final OrderReplace orderReplace = new OrderReplace();
        private final Trade trade = new Trade();
        private int copied;

        @Override
        public void onAddOrder(final AddOrder message) {
            header(message, addOrder)
                    .orderReferenceNumber(message.orderReferenceNumber())
                    .buySellIndicator(message.buySellIndicator())
                    .shares(message.shares())
                    .stock(message.stock())
                    .price(message.price());
        }

        @Override
        public void onAddOrderMpid(final AddOrderMpid message) {
            header(message, addOrderMpid)
                    .orderReferenceNumber(message.orderReferenceNumber())
                    .buySellIndicator(message.buySellIndicator())
                    .shares(message.shares())
                    .stock(message.stock())
                    .price(message.price())
                    .attribution(message.attribution());
        }

        @Override
        public void onOrderExecuted(final OrderExecuted message) {
            header(message, orderExecuted)
                    .orderReferenceNumber(message.orderReferenceNumber())
                    .executedShares(message.executedShares())
                    .matchNumber(message.matchNumber());
        }

        @Override
        public void onOrderExecutedWithPrice(final OrderExecutedWithPrice message) {
            header(message, orderExecutedWithPrice)
                    .orderReferenceNumber(message.orderReferenceNumber())
                    .executedShares(message.executedShares())
                    .matchNumber(message.matchNumber())
                    .printable(message.printable())
                    .executionPrice(message.executionPrice());
        }

        @Override
        public void onOrderCancel(final OrderCancel message) {
            header(message, orderCancel)
                    .orderReferenceNumber(message.orderReferenceNumber())
                    .canceledShares(message.canceledShares());
        }

        @Override
        public void onOrderDelete(final OrderDelete message) {
            header(message, orderDelete).orderReferenceNumber(message.orderReferenceNumber());
        }

        @Override
        public void onOrderReplace(final OrderReplace message) {
            header(message, orderReplace)
                    .originalOrderReferenceNumber(message.originalOrderReferenceNumber())
                    .newOrderReferenceNumber(message.newOrderReferenceNumber())
                    .shares(message.shares())
                    .price(message.price());
        }

        @Override
        public void onTrade(final Trade message) {
            header(message, trade)
                    .orderReferenceNumber(message.orderReferenceNumber())
                    .buySellIndicator(message.buySellIndicator())
                    .shares(message.shares())
                    .stock(message.stock())
                    .price(message.price())
                    .matchNumber(message.matchNumber());
        }

        private <T extends ItchMessageFlyweight<T>> T header(final T message, final T copy) {
            copied++;
            return copy.wrapAndApplyType(target, 0)
                    .stockLocate(message.stockLocate())
                    .trackingNumber(message.trackingNumber())
                    .timestampNs(message.timestampNs());
        }
    }
}
