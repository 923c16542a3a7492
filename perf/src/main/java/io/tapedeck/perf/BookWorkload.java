package io.tapedeck.perf;

import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.ItchDispatcher;
import io.tapedeck.codecs.itch.ItchMessageHandler;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The updates of the hour, taken out of their messages beforehand, so that the book alone is measured. The hour is played
 * several times with ids of its own, so that neither caches nor the branch predictor know the next update.
 */
final class BookWorkload implements Workload, ItchMessageHandler {
    private static final int HOURS = 8;
    private static final int INSTRUMENT_ID = 1;
    private static final int ADD_BID = 0;
    private static final int REDUCE = 2;
    private static final int DELETE = 3;

    private final OrderBooks books = new OrderBooks();
    private byte[] kinds = new byte[ItchHour.MESSAGE_COUNT];
    private long[] ids = new long[ItchHour.MESSAGE_COUNT];
    private int[] prices = new int[ItchHour.MESSAGE_COUNT];
    private int[] quantities = new int[ItchHour.MESSAGE_COUNT];
    private int count;

    BookWorkload(final Path data) throws IOException {
        final ItchHour hour = new ItchHour(data);
        final ItchDispatcher dispatcher = new ItchDispatcher(this);
        final BinaryFileIterator iterator = hour.rewind(new BinaryFileIterator());
        while (iterator.next() == BinaryFileIterator.MESSAGE) {
            dispatcher.dispatch(hour.bytes(), iterator.messageOffset(), iterator.messageLength());
        }
        final int once = count;
        kinds = Arrays.copyOf(kinds, once * HOURS);
        ids = Arrays.copyOf(ids, once * HOURS);
        prices = Arrays.copyOf(prices, once * HOURS);
        quantities = Arrays.copyOf(quantities, once * HOURS);
        for (int i = once; i < once * HOURS; i++) {
            kinds[i] = kinds[i - once];
            ids[i] = ids[i - once] + 1_000_000_007L;
            prices[i] = prices[i - once];
            quantities[i] = quantities[i - once];
        }
    }

    @Override
    public long run() {
        final int once = kinds.length / HOURS;
        for (int start = 0; start < kinds.length; start += once) {
            books.clear();
            int refused = 0;
            for (int i = start; i < start + once; i++) {
                refused += apply(i);
            }
            Workload.require(refused == 0, refused + " refused updates");
            Workload.require(books.orderCount() == 380, books.orderCount() + " live orders");
            Workload.require(
                    start > 0 || books.book(INSTRUMENT_ID).hash() == ItchToBookWorkload.FINAL_HASH,
                    "the book is not the published one");
        }
        return kinds.length;
    }

    private int apply(final int i) {
        switch (kinds[i]) {
            case REDUCE:
                return books.reduce(ids[i], quantities[i]);
            case DELETE:
                return books.delete(ids[i]);
            default:
                return books.add(
                        ids[i], INSTRUMENT_ID, kinds[i] == ADD_BID ? Side.BID : Side.ASK, prices[i], quantities[i]);
        }
    }

    @Override
    public void onAddOrder(final AddOrder message) {
        final int kind = message.buySellIndicator() == 'B' ? ADD_BID : ADD_BID + 1;
        add(kind, message.orderReferenceNumber(), (int) message.price(), (int) message.shares());
    }

    @Override
    public void onOrderDelete(final OrderDelete message) {
        add(DELETE, message.orderReferenceNumber(), 0, 0);
    }

    @Override
    public void onOrderExecuted(final OrderExecuted message) {
        add(REDUCE, message.orderReferenceNumber(), 0, (int) message.executedShares());
    }

    @Override
    public void onOrderCancel(final OrderCancel message) {
        add(REDUCE, message.orderReferenceNumber(), 0, (int) message.canceledShares());
    }

    private void add(final int kind, final long id, final int price, final int quantity) {
        kinds[count] = (byte) kind;
        ids[count] = id;
        prices[count] = price;
        quantities[count++] = quantity;
    }
}
