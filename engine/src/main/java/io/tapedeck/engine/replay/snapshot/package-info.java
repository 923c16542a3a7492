/**
 * Order-level books in a file, with the place on the tape that they belong to: a replay that begins there needs only what
 * comes behind it. {@link io.tapedeck.engine.replay.snapshot.BookSnapshotDescriptor} has the layout.
 */
package io.tapedeck.engine.replay.snapshot;
