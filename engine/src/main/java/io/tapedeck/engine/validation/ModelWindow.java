package io.tapedeck.engine.validation;

import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.time.LocalDate;

/** The levels that a model looks at, followed from the records. */
interface ModelWindow {
    /** Starts a session with an empty book. */
    void open(LocalDate date);

    /** An order of the opening book is about to join. */
    void beforeOpeningOrder(int side, int priceTicks);

    /** An order has joined by an event of the model. */
    void afterAddition(int side, int priceTicks);

    /** An order has left by an event of the model. What a move of the window brings in is yet to come. */
    void afterRemoval(int side, int priceTicks);

    /** All records of the last event have been seen. */
    default void settle() {}

    /** Levels per side. */
    int levels();

    /** The price of a level, in ticks; a side may also be asked about its level -1. */
    int priceTicks(int side, int level);

    /** The level of a price; negative inside the window's innermost price, {@link #levels()} or more beyond it. */
    int level(int side, int priceTicks);

    /** Orders at a level. */
    int depth(int side, int level);

    /** The level that market orders of the other side take from. */
    int bestLevel(int side);

    /** Distance of the innermost prices, in ticks. */
    default int spreadTicks() {
        return priceTicks(QueueSide.ASK, 0) - priceTicks(QueueSide.BID, 0);
    }
}
