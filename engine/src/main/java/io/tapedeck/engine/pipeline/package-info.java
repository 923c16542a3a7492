/**
 * The way of an event inside the process: one producer thread writes slots, any number of consumers read them.
 *
 * <p>A pipeline belongs to one unit. Its ring is a sequencer over one off-heap slot array. A <b>gating</b> consumer
 * holds the producer back until it has read, so it misses nothing; a <b>following</b> one never does, and is told when
 * it was too slow. Consumers know nothing of the ring: the same ones are fed from a tape. This is the only package that
 * knows the Disruptor.
 */
package io.tapedeck.engine.pipeline;
