package io.tapedeck.engine.replay;

import io.tapedeck.codecs.qrsdp1.Qrsdp1RecordFlyweight;
import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.model.LadderBook;
import io.tapedeck.engine.model.QueueBook;
import io.tapedeck.journal.format1.Format1Header;

/**
 * Rebuilds the book of a reference session from its recorded events, and checks every event against it: an event that
 * the book could not have produced is an incoherence. A recording says nothing of re-initialisations, so a session that
 * had one becomes incoherent soon after; from the first incoherence on the book is a guess, and is left as it was.
 *
 * <p><b>Note:</b> belongs to one thread. Allocates only at the first incoherence.
 */
public final class QueueBookReplay {
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private final LadderBook book;
    private long eventCount;
    private long moveCount;
    private int widestSpreadTicks;
    private long pathHash;
    private String incoherence;

    /**
     * A book as it was at the open.
     *
     * @param header of the session.
     */
    public QueueBookReplay(final Format1Header header) {
        book = new LadderBook(header.levelsPerSide(), header.initialSpreadTicks(), header.initialDepth());
        book.open(header.openingPriceTicks());
        widestSpreadTicks = book.spreadTicks();
    }

    /**
     * Applies the next record.
     *
     * @param record of the session's tape.
     * @return true if the event moved a best price.
     */
    public boolean apply(final Qrsdp1RecordFlyweight record) {
        return apply(record.type(), record.side(), record.priceTicks(), record.quantity());
    }

    /**
     * Applies the next event.
     *
     * @param type       one of {@link QueueEventType}.
     * @param side       {@link QueueSide#BID} or {@link QueueSide#ASK}: the resting side.
     * @param priceTicks of the event.
     * @param quantity   of the event.
     * @return true if the event moved a best price.
     */
    public boolean apply(final int type, final int side, final int priceTicks, final int quantity) {
        eventCount++;
        if (incoherence != null || !isCoherent(type, side, priceTicks, quantity)) {
            return false;
        }
        final int bidTicks = book.bestBidTicks();
        final int askTicks = book.bestAskTicks();
        book.apply(type, priceTicks, quantity);
        pathHash = mix(pathHash, book);
        final boolean moved = book.bestBidTicks() != bidTicks || book.bestAskTicks() != askTicks;
        if (moved) {
            moveCount++;
            widestSpreadTicks = Math.max(widestSpreadTicks, book.spreadTicks());
        }
        return moved;
    }

    /**
     * The book after the last coherent event.
     *
     * @return a live view.
     */
    public LadderBook book() {
        return book;
    }

    /**
     * How many events were handed in.
     *
     * @return coherent or not.
     */
    public long eventCount() {
        return eventCount;
    }

    /**
     * How many events moved a best price.
     *
     * @return 0 to {@link #eventCount()}.
     */
    public long moveCount() {
        return moveCount;
    }

    /**
     * The widest that the spread ever was.
     *
     * @return ticks, the open included.
     */
    public int widestSpreadTicks() {
        return widestSpreadTicks;
    }

    /**
     * A hash of best prices and depths after every event, in order: two replays with the same hash saw the same book
     * at every moment.
     *
     * @return 0 before the first event; see {@link #mix} for the rule.
     */
    public long pathHash() {
        return pathHash;
    }

    /**
     * The first event that the book could not have produced.
     *
     * @return what was wrong with it, with its number from 1; null if there was none.
     */
    public String incoherence() {
        return incoherence;
    }

    /**
     * Goes on with a hash over the states of a book: best prices, then the depth of every level, bid side first.
     *
     * @param hash so far; 0 at the start.
     * @param book in the state that is to be added.
     * @return the hash with that state.
     */
    public static long mix(final long hash, final QueueBook book) {
        long h = hash;
        for (int side = QueueSide.BID; side <= QueueSide.ASK; side++) {
            h = (h ^ book.priceTicks(side, 0)) * GOLDEN_RATIO;
            h ^= h >>> 32;
            for (int level = 0; level < book.levels(); level++) {
                h = (h ^ book.depth(side, level)) * GOLDEN_RATIO;
                h ^= h >>> 32;
            }
        }
        return h;
    }

    private boolean isCoherent(final int type, final int side, final int priceTicks, final int quantity) {
        if (type < QueueEventType.ADD_BID || type > QueueEventType.EXECUTE_SELL) {
            return refuse("has the unknown type " + type);
        }
        if (side != QueueEventType.restingSide(type)) {
            return refuse("is " + QueueEventType.name(type) + " on side " + side);
        }
        final int levelsAway =
                side == QueueSide.BID ? book.bestBidTicks() - priceTicks : priceTicks - book.bestAskTicks();
        final boolean isInside = levelsAway >= 0 && levelsAway < book.levels();
        if (type >= QueueEventType.EXECUTE_BUY) {
            return quantity == 1 && levelsAway == 0 && book.depth(side, 0) > 0
                    || refuseOrder(type, priceTicks, quantity);
        }
        if (type >= QueueEventType.CANCEL_BID) {
            return quantity > 0 && isInside && book.depth(side, levelsAway) >= quantity
                    || refuseOrder(type, priceTicks, quantity);
        }
        final boolean isImprovement = levelsAway == -1 && book.spreadTicks() > 1;
        final int roomForMore = Integer.MAX_VALUE - (isInside ? book.depth(side, levelsAway) : 0);
        return quantity > 0 && quantity <= roomForMore && (isInside || isImprovement)
                || refuseOrder(type, priceTicks, quantity);
    }

    private boolean refuseOrder(final int type, final int priceTicks, final int quantity) {
        return refuse("is " + QueueEventType.name(type) + " of " + quantity + " at " + priceTicks
                + ", where the book has best bid "
                + book.bestBidTicks() + " x " + book.depth(QueueSide.BID, 0) + " and best ask " + book.bestAskTicks()
                + " x " + book.depth(QueueSide.ASK, 0));
    }

    private boolean refuse(final String what) {
        incoherence = "event " + eventCount + " " + what;
        return false;
    }
}
