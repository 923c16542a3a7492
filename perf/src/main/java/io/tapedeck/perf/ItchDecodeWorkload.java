package io.tapedeck.perf;

import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.ItchDispatcher;
import io.tapedeck.codecs.itch.ItchMessageHandler;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import java.io.IOException;
import java.nio.file.Path;

/** Walks the frames, dispatches every message and reads all fields of those that change a book. */
final class ItchDecodeWorkload implements Workload, ItchMessageHandler {
    private static final int ROUNDS = 10;

    private final ItchHour hour;
    private final BinaryFileIterator iterator = new BinaryFileIterator();
    private final ItchDispatcher dispatcher = new ItchDispatcher(this);
    private long sum;
    private long expectedSum;

    ItchDecodeWorkload(final Path data) throws IOException {
        hour = new ItchHour(data);
    }

    @Override
    public long run() {
        final long before = dispatcher.dispatchedCount();
        sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            hour.rewind(iterator);
            while (iterator.next() == BinaryFileIterator.MESSAGE) {
                dispatcher.dispatch(hour.bytes(), iterator.messageOffset(), iterator.messageLength());
            }
        }
        final long messages = dispatcher.dispatchedCount() - before;
        Workload.require(messages == (long) ROUNDS * ItchHour.MESSAGE_COUNT, messages + " messages");
        Workload.require(expectedSum == 0 || sum == expectedSum, "the fields differ from those of the run before");
        expectedSum = sum;
        return messages;
    }

    @Override
    public void onAddOrder(final AddOrder message) {
        sum += message.stockLocate()
                + message.timestampNs()
                + message.orderReferenceNumber()
                + message.buySellIndicator()
                + message.shares()
                + message.stock()
                + message.price();
    }

    @Override
    public void onOrderDelete(final OrderDelete message) {
        sum += message.stockLocate() + message.timestampNs() + message.orderReferenceNumber();
    }

    @Override
    public void onOrderExecuted(final OrderExecuted message) {
        sum += message.stockLocate()
                + message.timestampNs()
                + message.orderReferenceNumber()
                + message.executedShares()
                + message.matchNumber();
    }

    @Override
    public void onOrderCancel(final OrderCancel message) {
        sum += message.stockLocate()
                + message.timestampNs()
                + message.orderReferenceNumber()
                + message.canceledShares();
    }
}
