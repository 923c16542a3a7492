package io.tapedeck.feed.itch;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.importer.ItchBookBuilder;
import io.tapedeck.feed.glimpse.SnapshotHandler;
import io.tapedeck.feed.mold.MoldHandler;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;

/**
 * Keeps the books that a feed describes, for one session at a time: a new session starts with empty ones. Prices are in
 * 1/10,000. They may begin with a snapshot. After a gap the books are incomplete; what can then not be applied is counted by the builder.
 *
 * <p>The books of whoever publishes, which count in ticks, are equal to these exactly when
 * {@link OrderBook#hash(int)} of theirs, given the tick size in 1/10,000, is the {@link #hash(String)} of the symbol.
 *
 * <p><b>Note:</b> used by the listener's thread; see {@link ItchBookBuilder} for what allocates.
 */
public final class FeedBooks implements MoldHandler, SnapshotHandler {
    /** Messages of a snapshot have no number. */
    private static final long BEFORE_THE_FEED = 0;

    private ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());

    /** Keeps no books yet. */
    public FeedBooks() {}

    @Override
    public void onSession(final MoldSession session) {
        builder = new ItchBookBuilder(new OrderBooks());
    }

    @Override
    public void onSnapshot() {
        builder = new ItchBookBuilder(new OrderBooks());
    }

    @Override
    public void onSnapshotMessage(final MutableDirectBuffer buffer, final int offset, final int length) {
        builder.apply(buffer, offset, length, BEFORE_THE_FEED);
    }

    @Override
    public void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        builder.apply(buffer, offset, length, sequence);
    }

    /**
     * The books of the session, its directory, and counts of what was and was not applied.
     *
     * @return another one for each session.
     */
    public ItchBookBuilder builder() {
        return builder;
    }

    /**
     * Fingerprint of a symbol's book.
     *
     * @param symbol as the feed names it, without the spaces at its end.
     * @return as {@link OrderBook#hash()} defines it, with prices in 1/10,000.
     * @throws IllegalArgumentException when the feed has not named the symbol.
     */
    public long hash(final String symbol) {
        final Long hash = hashes().get(symbol);
        if (hash == null) {
            throw new IllegalArgumentException("the feed has not named this symbol: symbol=" + symbol);
        }
        return hash;
    }

    /**
     * Fingerprints of all books.
     *
     * @return by symbol, in order, without the spaces at its end; symbols without an order so far included.
     */
    public Map<String, Long> hashes() {
        final Map<String, Long> hashes = new TreeMap<>();
        for (int instrumentId = 1; instrumentId <= LocateDirectory.MAX_STOCK_LOCATE; instrumentId++) {
            final long symbol = builder.directory().symbol(instrumentId);
            if (symbol != InstrumentDirectory.NO_SYMBOL) {
                hashes.put(
                        Alpha.text(symbol), builder.books().book(instrumentId).hash());
            }
        }
        return hashes;
    }
}
