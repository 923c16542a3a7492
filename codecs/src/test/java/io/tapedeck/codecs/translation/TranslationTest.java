package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.CrossTrade;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageFlyweight;
import io.tapedeck.codecs.itch.NetOrderImbalance;
import io.tapedeck.codecs.itch.OrderExecutedWithPrice;
import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.EventTypeCode;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SideCode;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventDecoder;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.Side;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record says of a message, and what is refused. */
class TranslationTest {
    private static final int CENT_LOCATE = 7;
    private static final long CENT_SYMBOL = Alpha.toLong("CENT");

    private final LocateDirectory directory = new LocateDirectory();
    private final ItchToRecord toRecord = new ItchToRecord(directory);
    private final RecordToItch toItch = new RecordToItch(directory);
    private final SlotArray slots = new SlotArray(1);
    private final UnsafeBuffer itch = new UnsafeBuffer(new byte[64]);
    private final EventEncoder encoder = new EventEncoder();
    private final EventDecoder decoder = new EventDecoder();

    @BeforeEach
    void defineAStockWithATickOfOneCent() {
        directory.define(CENT_LOCATE, CENT_SYMBOL, 100);
    }

    @Test
    void shouldSayAnAttributedAddInTheRecordsTerms() {
        final AddOrderMpid add = new AddOrderMpid().wrapAndApplyType(itch, 0);
        add.stockLocate(CENT_LOCATE).trackingNumber(5).timestampNs(34_200_000_000_000L);
        add.orderReferenceNumber(-1).buySellIndicator((byte) 'S').shares(300).stock(CENT_SYMBOL);
        add.price(1_234_500).attribution(Alpha.toInt("NSDQ"));

        assertThat(translate(add)).isEqualTo(EventDecoder.TEMPLATE_ID);
        slots.wrap(decoder, 0);
        assertThat(decoder.sequence()).isEqualTo(42);
        assertThat(decoder.eventTimeNs()).isEqualTo(34_200_000_000_000L);
        assertThat(decoder.orderId()).isEqualTo(-1);
        assertThat(decoder.auxId()).isZero();
        assertThat(decoder.instrumentId()).isEqualTo(CENT_LOCATE);
        assertThat(decoder.price()).isEqualTo(12_345);
        assertThat(decoder.quantity()).isEqualTo(300);
        assertThat(Alpha.text(decoder.mpid())).isEqualTo("NSDQ");
        assertThat(decoder.flags()).isEqualTo(EventFlags.ATTRIBUTED);
        assertThat(decoder.tracking()).isEqualTo(5);
        assertThat(decoder.eventType()).isEqualTo(EventType.ADD);
        assertThat(decoder.side()).isEqualTo(Side.SELL);
        assertThat(decoder.reserved()).isZero();
    }

    @Test
    void shouldSayACrossInTheRecordsTerms() {
        final CrossTrade cross = new CrossTrade().wrapAndApplyType(itch, 0);
        cross.stockLocate(CENT_LOCATE).trackingNumber(0).timestampNs(1);
        cross.shares(1L << 40).stock(CENT_SYMBOL).crossPrice(100).matchNumber(8).crossType((byte) 'O');

        assertThat(translate(cross)).isEqualTo(EventDecoder.TEMPLATE_ID);
        slots.wrap(decoder, 0);
        assertThat(decoder.eventTypeRaw()).isEqualTo((short) EventTypeCode.CROSS);
        assertThat(decoder.sideRaw()).isEqualTo((short) SideCode.NONE);
        assertThat(decoder.orderId()).isEqualTo(1L << 40);
        assertThat(decoder.auxId()).isEqualTo(8);
        assertThat(decoder.price()).isEqualTo(1);
        assertThat(decoder.quantity()).isZero();
        assertThat(decoder.mpid()).isEqualTo('O');
    }

    @ParameterizedTest
    @CsvSource({
        "B, 100,        2147483647, 1",
        "B, 2147483600, 0,          1",
        "b, 100,        1,         -5",
        "B, 101,        1,         -6",
        "B, 2147483700, 1,         -6",
        "B, 4294967200, 1,         -6",
        "S, 100,        2147483648, -7"
    })
    void shouldRefuseAnAddThatARecordCannotHold(
            final char side, final long price, final long shares, final int expected) {
        final AddOrder add = new AddOrder().wrapAndApplyType(itch, 0).stockLocate(CENT_LOCATE);
        add.buySellIndicator((byte) side).stock(CENT_SYMBOL).price(price).shares(shares);

        assertThat(translate(add)).isEqualTo(expected);
    }

    @Test
    void shouldRefuseAnExecutionThatIsNeitherPrintableNorNot() {
        final OrderExecutedWithPrice execution =
                new OrderExecutedWithPrice().wrapAndApplyType(itch, 0).stockLocate(CENT_LOCATE);

        assertThat(translate(execution.printable((byte) 'y'))).isEqualTo(Refusal.BAD_FIELD);
        assertThat(translate(execution.printable((byte) 'Y'))).isPositive();
    }

    @Test
    void shouldRefuseAStockThatTheDirectoryDoesNotHave() {
        final AddOrder add = new AddOrder().wrapAndApplyType(itch, 0).buySellIndicator((byte) 'B');
        final NetOrderImbalance imbalance = new NetOrderImbalance();

        assertThat(translate(add.stockLocate(CENT_LOCATE).stock(CENT_SYMBOL + 1)))
                .isEqualTo(Refusal.STOCK_MISMATCH);
        assertThat(translate(add.stockLocate(CENT_LOCATE + 1).stock(CENT_SYMBOL)))
                .isEqualTo(Refusal.UNKNOWN_INSTRUMENT);
        assertThat(translate(add.stockLocate(65_535).stock(0))).isEqualTo(Refusal.UNKNOWN_INSTRUMENT);
        assertThat(translate(imbalance.wrapAndApplyType(itch, 0).stockLocate(CENT_LOCATE)))
                .isEqualTo(Refusal.STOCK_MISMATCH);
        assertThat(translate(imbalance.stockLocate(8))).isEqualTo(Refusal.UNKNOWN_INSTRUMENT);
    }

    @Test
    void shouldRefuseAMessageOfNoTypeOrOfAnotherLength() {
        itch.putByte(0, (byte) 'A');
        assertThat(toRecord.translate(itch, 0, 0, slots.buffer(), 0, 1)).isEqualTo(Refusal.WRONG_LENGTH);
        assertThat(toRecord.translate(itch, 0, 35, slots.buffer(), 0, 1)).isEqualTo(Refusal.WRONG_LENGTH);
        itch.putByte(0, (byte) 'G');
        assertThat(toRecord.translate(itch, 0, 21, slots.buffer(), 0, 1)).isEqualTo(Refusal.UNKNOWN_TYPE);
    }

    @Test
    void shouldRefuseASlotThatHoldsNoRecord() {
        slots.buffer().setMemory(0, SLOT_LENGTH, (byte) 0);
        assertThat(toItch.length(slots.buffer(), 0)).isEqualTo(Refusal.UNKNOWN_TEMPLATE);
        assertThat(toItch.translate(slots.buffer(), 0, itch, 0)).isEqualTo(Refusal.UNKNOWN_TEMPLATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 255})
    void shouldRefuseAnEventTypeThatTheSchemaDoesNotHave(final int type) {
        putAdd();
        slots.buffer().putByte(EventSlotDescriptor.EVENT_TYPE_OFFSET, (byte) type);

        assertThat(toItch.length(slots.buffer(), 0)).isEqualTo(Refusal.UNKNOWN_TYPE);
        assertThat(toItch.translate(slots.buffer(), 0, itch, 0)).isEqualTo(Refusal.UNKNOWN_TYPE);
    }

    @Test
    void shouldRefuseARecordThatItchHasNoRoomFor() {
        putAdd();
        assertThat(toItch.translate(slots.buffer(), 0, itch, 0)).isEqualTo(AddOrder.LENGTH);
        assertRefused(putAdd().quantity(-1), Refusal.BAD_QUANTITY);
        assertRefused(putAdd().price(-1), Refusal.BAD_PRICE);
        assertRefused(putAdd().price(21_474_837), Refusal.BAD_PRICE);
        assertRefused(putAdd().side(Side.NONE), Refusal.BAD_FIELD);
        assertRefused(putAdd().eventTimeNs(-1), Refusal.BAD_TIME);
        assertRefused(putAdd().eventTimeNs(ItchHeaderDescriptor.MAX_TIMESTAMP_NS + 1), Refusal.BAD_TIME);
        assertRefused(putAdd().instrumentId(8), Refusal.UNKNOWN_INSTRUMENT);
        assertRefused(putAdd().instrumentId(65_536), Refusal.UNKNOWN_INSTRUMENT);
        assertRefused(putAdd().instrumentId(-7), Refusal.UNKNOWN_INSTRUMENT);
    }

    @Test
    void shouldRefuseACarriedMessageThatIsAnEventOrHasAnotherSize() {
        final NetOrderImbalance imbalance =
                new NetOrderImbalance().wrapAndApplyType(itch, 0).stockLocate(CENT_LOCATE);
        translate(imbalance.stock(CENT_SYMBOL));
        assertThat(toItch.translate(slots.buffer(), 0, itch, 0)).isEqualTo(NetOrderImbalance.LENGTH);

        slots.buffer().putByte(ItchSlotDescriptor.BODY_SIZE_OFFSET, (byte) 39);
        assertThat(toItch.translate(slots.buffer(), 0, itch, 0)).isEqualTo(Refusal.WRONG_LENGTH);
        slots.buffer().putByte(ItchSlotDescriptor.ITCH_TYPE_OFFSET, (byte) 'A');
        assertThat(toItch.translate(slots.buffer(), 0, itch, 0)).isEqualTo(Refusal.UNKNOWN_TYPE);
        assertThat(toItch.length(slots.buffer(), 0)).isEqualTo(Refusal.UNKNOWN_TYPE);
    }

    @Test
    void shouldDescribeEachRefusalInWordsOfItsOwn() {
        assertThat(IntStream.rangeClosed(Refusal.UNKNOWN_TEMPLATE, Refusal.UNKNOWN_TYPE)
                        .mapToObj(Refusal::describe))
                .hasSize(9)
                .doesNotHaveDuplicates();
        assertThatIllegalArgumentException().isThrownBy(() -> Refusal.describe(0));
    }

    @Test
    void shouldKeepADirectoryThatGrows() {
        directory.define(65_535, 3, 5);
        directory.define(64, 4, 6);

        assertThat(directory.symbol(65_535)).isEqualTo(3);
        assertThat(directory.tickSize(65_535)).isEqualTo(5);
        assertThat(directory.symbol(64)).isEqualTo(4);
        assertThat(directory.symbol(CENT_LOCATE)).isEqualTo(CENT_SYMBOL);
        assertThat(directory.tickSize(CENT_LOCATE)).isEqualTo(100);
        assertThat(directory.symbol(65)).isEqualTo(InstrumentDirectory.NO_SYMBOL);
        assertThat(directory.tickSize(65)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> directory.define(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> directory.define(65_536, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> directory.define(1, 1, 0));
    }

    private int translate(final ItchMessageFlyweight<?> message) {
        return toRecord.translate(message.buffer(), message.offset(), message.length(), slots.buffer(), 0, 42);
    }

    private EventEncoder putAdd() {
        return slots.wrap(encoder, 0)
                .sequence(1)
                .eventTimeNs(1)
                .orderId(1)
                .auxId(0)
                .instrumentId(CENT_LOCATE)
                .price(1)
                .quantity(1)
                .mpid(0)
                .flags(0)
                .tracking(0)
                .eventType(EventType.ADD)
                .side(Side.BUY)
                .reserved(0);
    }

    private void assertRefused(final EventEncoder written, final int refusal) {
        assertThat(toItch.translate(written.buffer(), 0, itch, 0)).isEqualTo(refusal);
    }
}
