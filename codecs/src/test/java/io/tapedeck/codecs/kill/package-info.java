/** Processes that are killed without a warning, and what they leave. */
package io.tapedeck.codecs.kill;
