/**
 * How tapes go out in the formats of others: sinks that a {@link io.tapedeck.engine.replay.Replay} drives.
 * {@link io.tapedeck.engine.exporter.ItchFileSink} writes ITCH files, {@link io.tapedeck.engine.exporter.Format1Sink} the
 * six types of journal format 1.
 */
package io.tapedeck.engine.exporter;
