package io.tapedeck.feed.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.StockTradingAction;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.testing.TestData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A day's records, the messages that must become of them, and the books, in ticks, that they must leave. */
public final class TestTape {
    public static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "GOOG");
    public static final int TICK_SIZE = 100;

    private static final int LIVE_ORDERS = 200;
    private static final int MAX_MESSAGE_LENGTH = 64;

    public final List<byte[]> messages = new ArrayList<>();
    public final LocateDirectory directory = new LocateDirectory();
    public final OrderBooks books = new OrderBooks();
    public SlotArray slots;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_MESSAGE_LENGTH]);
    private long timeNs = 34_200_000_000_000L;

    /** An order that is in the book. */
    private record Live(long id, int locate, int side, int shares) {}

    private TestTape() {}

    /** Start of day, directory, trading actions, random flow on three symbols, end of day. */
    public static TestTape random(final long seed, final int events) {
        final TestTape tape = new TestTape();
        tape.systemEvent('O');
        for (int locate = 1; locate <= SYMBOLS.size(); locate++) {
            final long stock = Alpha.toLong(SYMBOLS.get(locate - 1));
            tape.directory.define(locate, stock, TICK_SIZE);
            new StockDirectory().wrap(tape.buffer, 0).stock(stock);
            tape.finish(StockDirectory.TYPE, locate, StockDirectory.LENGTH);
            new StockTradingAction().wrap(tape.buffer, 0).stock(stock).tradingState((byte) 'T');
            tape.finish(StockTradingAction.TYPE, locate, StockTradingAction.LENGTH);
        }
        tape.systemEvent('Q');
        tape.flow(new SplittableRandom(seed), events);
        tape.systemEvent('M');
        tape.systemEvent('C');
        return tape.translate();
    }

    /** All messages of a file, with a tick of 1/10,000. */
    public static TestTape file(final String name) {
        final TestTape tape = new TestTape();
        final byte[] bytes = TestData.bytes(name);
        final UnsafeBuffer whole = new UnsafeBuffer(bytes);
        final BinaryFileIterator file = new BinaryFileIterator().wrap(whole, 0, bytes.length);
        while (BinaryFileIterator.MESSAGE == file.next()) {
            final int start = file.messageOffset();
            tape.messages.add(Arrays.copyOfRange(bytes, start, start + file.messageLength()));
            final int locate = ItchHeaderDescriptor.stockLocate(whole, start);
            final int stockOffset = stockOffset((char) bytes[start]);
            if (locate > 0 && stockOffset > 0) {
                tape.directory.define(locate, whole.getLong(start + stockOffset, BIG_ENDIAN), 1);
            }
        }
        return tape.translate();
    }

    public int size() {
        return messages.size();
    }

    private TestTape translate() {
        slots = new SlotArray(BitUtil.findNextPositivePowerOfTwo(messages.size()));
        final ItchToRecord translator = new ItchToRecord(directory);
        for (int i = 0; i < messages.size(); i++) {
            final byte[] message = messages.get(i);
            buffer.putBytes(0, message);
            assertThat(translator.translate(buffer, 0, message.length, slots.buffer(), slots.offset(i), i + 1L))
                    .as("message %d", i + 1)
                    .isPositive();
        }
        return this;
    }

    private void flow(final SplittableRandom random, final int events) {
        final List<Live> live = new ArrayList<>();
        for (int i = 1; i <= events; i++) {
            timeNs += random.nextInt(1_000_000);
            final int kind = live.size() < LIVE_ORDERS ? 0 : random.nextInt(10);
            if (kind < 5) {
                live.add(enter(i, random));
                continue;
            }
            final int index = random.nextInt(live.size());
            final Live order = live.get(index);
            if (kind < 7) {
                check(books.delete(order.id));
                new OrderDelete().wrap(buffer, 0).orderReferenceNumber(order.id);
                finish(OrderDelete.TYPE, order.locate, OrderDelete.LENGTH);
                live.remove(index);
            } else if (kind < 9) {
                takeOne(order, kind == 7, i);
                if (order.shares == 1) {
                    live.remove(index);
                } else {
                    live.set(index, new Live(order.id, order.locate, order.side, order.shares - 1));
                }
            } else {
                live.set(index, replace(order, i, random));
            }
        }
    }

    private Live enter(final long id, final SplittableRandom random) {
        final int side = random.nextBoolean() ? Side.BID : Side.ASK;
        final int ticks = (side == Side.BID ? 9_900 : 10_001) + random.nextInt(100);
        final int locate = 1 + random.nextInt(SYMBOLS.size());
        final int shares = 1 + random.nextInt(100);
        check(books.add(id, locate, side, ticks, shares));
        final byte indicator = (byte) (side == Side.BID ? 'B' : 'S');
        final long stock = Alpha.toLong(SYMBOLS.get(locate - 1));
        if (random.nextInt(10) > 0) {
            new AddOrder()
                    .wrap(buffer, 0)
                    .orderReferenceNumber(id)
                    .buySellIndicator(indicator)
                    .shares(shares)
                    .stock(stock)
                    .price((long) ticks * TICK_SIZE);
            finish(AddOrder.TYPE, locate, AddOrder.LENGTH);
        } else {
            new AddOrderMpid()
                    .wrap(buffer, 0)
                    .orderReferenceNumber(id)
                    .buySellIndicator(indicator)
                    .shares(shares)
                    .stock(stock)
                    .price((long) ticks * TICK_SIZE)
                    .attribution(Alpha.toInt("TAPE"));
            finish(AddOrderMpid.TYPE, locate, AddOrderMpid.LENGTH);
        }
        return new Live(id, locate, side, shares);
    }

    private void takeOne(final Live order, final boolean executed, final long matchNumber) {
        check(books.reduce(order.id, 1));
        if (executed) {
            new OrderExecuted()
                    .wrap(buffer, 0)
                    .orderReferenceNumber(order.id)
                    .executedShares(1)
                    .matchNumber(matchNumber);
            finish(OrderExecuted.TYPE, order.locate, OrderExecuted.LENGTH);
        } else {
            new OrderCancel().wrap(buffer, 0).orderReferenceNumber(order.id).canceledShares(1);
            finish(OrderCancel.TYPE, order.locate, OrderCancel.LENGTH);
        }
    }

    private Live replace(final Live order, final long newId, final SplittableRandom random) {
        final int ticks = (order.side == Side.BID ? 9_900 : 10_001) + random.nextInt(100);
        check(books.replace(order.id, newId, ticks, order.shares));
        new OrderReplace()
                .wrap(buffer, 0)
                .originalOrderReferenceNumber(order.id)
                .newOrderReferenceNumber(newId)
                .shares(order.shares)
                .price((long) ticks * TICK_SIZE);
        finish(OrderReplace.TYPE, order.locate, OrderReplace.LENGTH);
        return new Live(newId, order.locate, order.side, order.shares);
    }

    private void systemEvent(final char code) {
        new SystemEvent().wrap(buffer, 0).eventCode((byte) code);
        finish(SystemEvent.TYPE, 0, SystemEvent.LENGTH);
    }

    private void finish(final byte type, final int locate, final int length) {
        ItchHeaderDescriptor.putHeader(buffer, 0, type, locate, messages.size() & 0xFFFF, timeNs);
        messages.add(Arrays.copyOf(buffer.byteArray(), length));
    }

    private static void check(final int outcome) {
        assertThat(outcome).isEqualTo(BookOutcome.APPLIED);
    }

    private static int stockOffset(final char type) {
        switch (type) {
            case 'R', 'H', 'Y', 'K', 'J', 'h', 'N', 'O':
                return 11;
            case 'L':
                return 15;
            case 'Q':
                return 19;
            case 'A', 'F', 'P':
                return 24;
            case 'I':
                return 28;
            default:
                return 0;
        }
    }
}
