/**
 * Steps that a replay can take between source and sinks: filters, samples, changes, batches.
 * {@code io.tapedeck.engine.replay.pipeline} makes them of its methods of the same names; they are also examples of how to
 * write one's own {@link io.tapedeck.engine.replay.transform.Transform}.
 */
package io.tapedeck.engine.replay.transform;
