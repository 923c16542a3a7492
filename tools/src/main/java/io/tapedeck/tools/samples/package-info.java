/** Programs of a few lines that use the replay pipeline; docs/replay.md explains them. */
package io.tapedeck.tools.samples;
