/**
 * The order-level book: who rests where, for how much and in what order, for any number of instruments. The simulator
 * drives it, and the importer, the replay, the feed's listener and the backtest follow with the same class.
 *
 * <p>{@link io.tapedeck.engine.book.OrderBooks} takes the updates; {@link io.tapedeck.engine.book.OrderBook} answers
 * for one instrument; {@link io.tapedeck.engine.book.LevelCursor} walks prices outwards and
 * {@link io.tapedeck.engine.book.OrderCursor} walks a queue. Nothing here allocates once the books have reached their
 * size, nothing locks: one thread owns a book set and everything that was obtained from it.
 */
package io.tapedeck.engine.book;
