/** Plays recorded events back: what a tape says is turned into the book that its writer had. */
package io.tapedeck.engine.replay;
