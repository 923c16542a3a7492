package io.tapedeck.feed.itch;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.importer.ItchStock;
import io.tapedeck.journal.manifest.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * The instruments that a feed names: by its stock directory, or where one did not hear that, by the first message that
 * carries the stock. The id is the stock locate, the tick 1/10,000. What contradicts an earlier message is not taken; the
 * messages that go by it are then refused when they are made records.
 */
final class FeedInstruments {
    /** A tick in 1/10,000: a feed does not say its own. */
    private static final int TICK_SIZE = 1;

    private static final long NO_LOCATE = 0;

    private final LocateDirectory directory = new LocateDirectory();
    private final Long2LongHashMap locates = new Long2LongHashMap(NO_LOCATE);

    /** Takes the stock of a message of any content; allocates only for a locate that is new. */
    void learn(final DirectBuffer buffer, final int offset, final int length) {
        if (length < ItchHeaderDescriptor.BODY_OFFSET) {
            return;
        }
        final byte type = buffer.getByte(offset);
        final int stockOffset = ItchStock.offset(type);
        if (stockOffset == ItchStock.NONE || ItchMessageType.length(type) != length) {
            return;
        }
        final int locate = ItchHeaderDescriptor.stockLocate(buffer, offset);
        if (locate != 0 && directory.symbol(locate) == InstrumentDirectory.NO_SYMBOL) {
            define(locate, ItchStock.read(buffer, offset + stockOffset));
        }
    }

    private void define(final int locate, final long stock) {
        if (locates.get(stock) == NO_LOCATE && Alpha.text(stock).matches("[!-~]{1,8}")) {
            directory.define(locate, stock, TICK_SIZE);
            locates.put(stock, locate);
        }
    }

    /** Grows with the messages. */
    LocateDirectory directory() {
        return directory;
    }

    /** What was found so far: a new list, ids ascending. */
    List<Instrument> list() {
        final List<Instrument> instruments = new ArrayList<>();
        for (int locate = 1; locate <= LocateDirectory.MAX_STOCK_LOCATE; locate++) {
            final long symbol = directory.symbol(locate);
            if (symbol != InstrumentDirectory.NO_SYMBOL) {
                instruments.add(new Instrument(locate, Alpha.text(symbol), TICK_SIZE, Map.of()));
            }
        }
        return instruments;
    }
}
