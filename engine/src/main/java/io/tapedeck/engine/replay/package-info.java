/**
 * Plays recorded events back. An {@link io.tapedeck.engine.replay.EventSource} delivers records in batches, whether they
 * lie in a closed journal, in one that is being written, on the tapes of a whole run or in a foreign file;
 * {@link io.tapedeck.engine.replay.FilterHandler} drops what is not wanted; and a sink counts, hashes, writes rows or keeps
 * books. {@link io.tapedeck.engine.replay.Replay} drives them:
 *
 * <pre>
 *   try (EventSource source = DataSetSource.open(folder)) {
 *       CountSink count = new CountSink();
 *       Replay.run(source, new FilterHandler(List.of(new TypeFilter(List.of("EXECUTE"))), count), progress -&gt; {});
 *   }
 * </pre>
 *
 * <p>For the seed program's queue events, {@link io.tapedeck.engine.replay.QueueBookReplay} turns what a tape says into the
 * book that its writer had.
 */
package io.tapedeck.engine.replay;
