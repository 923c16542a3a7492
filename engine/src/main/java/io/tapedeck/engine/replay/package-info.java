/**
 * Plays recorded events back. An {@link io.tapedeck.engine.replay.EventSource} delivers records in batches, whether they
 * lie in a closed journal, in one that is being written, on the tapes of a whole run or in a foreign file, or are handed
 * over while they happen; a {@link io.tapedeck.engine.replay.ReplayHandler} takes them.
 * {@link io.tapedeck.engine.replay.Replay} drives one handler from a source; filters, transforms, several sinks, paces and
 * statistics are {@code io.tapedeck.engine.replay.pipeline}'s.
 *
 * <p>For the seed program's queue events, {@link io.tapedeck.engine.replay.QueueBookReplay} turns what a tape says into the
 * book that its writer had.
 */
package io.tapedeck.engine.replay;
