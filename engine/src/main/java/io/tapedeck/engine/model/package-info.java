/**
 * Markets as random processes of unit-size queues: a book of depths, the law that gives the rates of what may happen
 * next, and the clock that says when it does.
 *
 * <p>{@link io.tapedeck.engine.model.MarketModelParameters} are the numbers of a model; of them its
 * {@link io.tapedeck.engine.model.MarketLaw} is worked out once, tables and all, and shared by all markets. A
 * {@link io.tapedeck.engine.model.MarketProcess} is one market: a state that moves by the law; it knows the total rate of
 * its present state and can take one step. An {@link io.tapedeck.engine.model.EventClock} turns that rate into the time of
 * the next event. Whatever has a state and rates is a model: a process with another book, or a clock with a memory, takes
 * its place behind the same seam. A {@link io.tapedeck.engine.model.LadderModel} is the law of those processes whose book
 * is a {@link io.tapedeck.engine.model.LadderBook}.
 *
 * <p>Every formula is evaluated in the order in which it is written, in binary64 and without fused multiply-add: a
 * stream of events is defined to the last bit.
 */
package io.tapedeck.engine.model;
