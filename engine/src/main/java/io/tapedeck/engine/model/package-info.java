/**
 * Markets as random processes of unit-size queues: a book of depths, the law that gives the rates of what may happen
 * next, and the clock that says when it does.
 *
 * <p>Three seams keep them apart. A {@link io.tapedeck.engine.model.MarketProcess} is a state with a law; it knows the
 * total rate of its present state and can take one step. An {@link io.tapedeck.engine.model.EventClock} turns that rate
 * into the time of the next event. A {@link io.tapedeck.engine.model.LadderModel} is the law of those processes whose
 * book is a {@link io.tapedeck.engine.model.LadderBook}. A process with another book, or a clock with a memory, takes
 * its place behind the same seam.
 *
 * <p>Every formula is evaluated in the order in which it is written, in binary64 and without fused multiply-add: a
 * stream of events is defined to the last bit.
 */
package io.tapedeck.engine.model;
