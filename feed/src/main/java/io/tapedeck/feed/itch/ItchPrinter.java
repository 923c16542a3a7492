package io.tapedeck.feed.itch;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.BrokenTrade;
import io.tapedeck.codecs.itch.CrossTrade;
import io.tapedeck.codecs.itch.ItchDispatcher;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageHandler;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderExecutedWithPrice;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.StockTradingAction;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.itch.Trade;
import io.tapedeck.feed.mold.MoldHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.agrona.MutableDirectBuffer;

/**
 * Prints a feed, a line for each message:
 *
 * <pre>
 * [seq=7] ADD_ORDER ref=42 side=B shares=1 stock=AAPL     price=100.0000 ts=34200074038218
 * </pre>
 *
 * <p>A stock takes eight characters, a price four decimals, a time is in nanoseconds since midnight. Types that neither
 * change a book nor report a trade, a state or a symbol are printed with their name, type, locate and time only; what is
 * no ITCH 5.0 message is printed with its length. Bytes that are not printable ASCII come as question marks.
 *
 * <p><b>Note:</b> used by one thread; allocates a string for each line.
 */
public final class ItchPrinter implements MoldHandler {
    private static final int PRICE_UNIT = 10_000;
    private static final char LOWEST_PRINTABLE = ' ';
    private static final char HIGHEST_PRINTABLE = '~';

    private final Appendable out;
    private final StringBuilder line = new StringBuilder();
    private final ItchDispatcher dispatcher = new ItchDispatcher(new Lines());

    /**
     * Prints.
     *
     * @param out stays open, and is not flushed.
     */
    public ItchPrinter(final Appendable out) {
        this.out = out;
    }

    /**
     * Prints one message.
     *
     * @throws UncheckedIOException when it cannot be written.
     */
    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        line.setLength(0);
        line.append("[seq=").append(sequence).append("] ");
        final int bodyStart = line.length();
        if (dispatcher.dispatch(buffer, offset, length) != ItchDispatcher.DISPATCHED) {
            line.append("NOT_ITCH length=").append(length);
        } else {
            if (line.length() == bodyStart) {
                other(ItchHeaderDescriptor.type(buffer, offset), ItchHeaderDescriptor.stockLocate(buffer, offset));
            }
            number("ts", ItchHeaderDescriptor.timestampNs(buffer, offset));
        }
        try {
            out.append(line.append('\n'));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void other(final byte type, final int stockLocate) {
        line.append(ItchMessageType.name(type).toUpperCase(Locale.ROOT).replace(' ', '_'));
        character("type", type);
        number("locate", stockLocate);
    }

    private void number(final String name, final long value) {
        line.append(' ').append(name).append('=').append(Long.toUnsignedString(value));
    }

    private void character(final String name, final byte value) {
        line.append(' ').append(name).append('=').append(printable(value));
    }

    private void text(final String name, final long value, final int length) {
        line.append(' ').append(name).append('=');
        for (int shift = Byte.SIZE * (length - 1); shift >= 0; shift -= Byte.SIZE) {
            line.append(printable((byte) (value >>> shift)));
        }
    }

    private void price(final long price) {
        line.append(" price=").append(price / PRICE_UNIT).append('.');
        final long decimals = price % PRICE_UNIT;
        for (int unit = PRICE_UNIT / 10; unit > 1 && decimals < unit; unit /= 10) {
            line.append('0');
        }
        line.append(decimals);
    }

    private void add(final long reference, final byte side, final long shares, final long stock, final long price) {
        line.append("ADD_ORDER");
        number("ref", reference);
        character("side", side);
        number("shares", shares);
        text("stock", stock, Long.BYTES);
        price(price);
    }

    private static char printable(final byte value) {
        final char c = (char) (value & 0xFF);
        return c < LOWEST_PRINTABLE || c > HIGHEST_PRINTABLE ? '?' : c;
    }

    private final class Lines implements ItchMessageHandler {
        @Override
        public void onSystemEvent(final SystemEvent message) {
            line.append("SYSTEM_EVENT");
            character("code", message.eventCode());
        }

        @Override
        public void onStockDirectory(final StockDirectory message) {
            line.append("STOCK_DIRECTORY");
            text("stock", message.stock(), Long.BYTES);
            number("locate", message.stockLocate());
        }

        @Override
        public void onStockTradingAction(final StockTradingAction message) {
            line.append("TRADING_ACTION");
            text("stock", message.stock(), Long.BYTES);
            character("state", message.tradingState());
            text("reason", message.reason(), Integer.BYTES);
        }

        @Override
        public void onAddOrder(final AddOrder message) {
            add(
                    message.orderReferenceNumber(),
                    message.buySellIndicator(),
                    message.shares(),
                    message.stock(),
                    message.price());
        }

        @Override
        public void onAddOrderMpid(final AddOrderMpid message) {
            add(
                    message.orderReferenceNumber(),
                    message.buySellIndicator(),
                    message.shares(),
                    message.stock(),
                    message.price());
            text("mpid", message.attribution(), Integer.BYTES);
        }

        @Override
        public void onOrderExecuted(final OrderExecuted message) {
            line.append("ORDER_EXECUTED");
            number("ref", message.orderReferenceNumber());
            number("shares", message.executedShares());
            number("match", message.matchNumber());
        }

        @Override
        public void onOrderExecutedWithPrice(final OrderExecutedWithPrice message) {
            line.append("ORDER_EXECUTED_WITH_PRICE");
            number("ref", message.orderReferenceNumber());
            number("shares", message.executedShares());
            number("match", message.matchNumber());
            character("printable", message.printable());
            price(message.executionPrice());
        }

        @Override
        public void onOrderCancel(final OrderCancel message) {
            line.append("ORDER_CANCEL");
            number("ref", message.orderReferenceNumber());
            number("shares", message.canceledShares());
        }

        @Override
        public void onOrderDelete(final OrderDelete message) {
            line.append("ORDER_DELETE");
            number("ref", message.orderReferenceNumber());
        }

        @Override
        public void onOrderReplace(final OrderReplace message) {
            line.append("ORDER_REPLACE");
            number("ref", message.originalOrderReferenceNumber());
            number("new", message.newOrderReferenceNumber());
            number("shares", message.shares());
            price(message.price());
        }

        @Override
        public void onTrade(final Trade message) {
            line.append("TRADE");
            character("side", message.buySellIndicator());
            number("shares", message.shares());
            text("stock", message.stock(), Long.BYTES);
            price(message.price());
            number("match", message.matchNumber());
        }

        @Override
        public void onCrossTrade(final CrossTrade message) {
            line.append("CROSS_TRADE");
            character("cross", message.crossType());
            number("shares", message.shares());
            text("stock", message.stock(), Long.BYTES);
            price(message.crossPrice());
            number("match", message.matchNumber());
        }

        @Override
        public void onBrokenTrade(final BrokenTrade message) {
            line.append("BROKEN_TRADE");
            number("match", message.matchNumber());
        }
    }
}
