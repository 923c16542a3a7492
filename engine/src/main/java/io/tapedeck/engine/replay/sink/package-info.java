/**
 * What a replay can end in, beside counting, hashing, rows of text and books: a journal, memory, nothing. Every
 * {@link io.tapedeck.engine.replay.ReplayHandler} is a sink; one that writes makes its output whole in
 * {@link io.tapedeck.engine.replay.ReplayHandler#onEnd()}.
 */
package io.tapedeck.engine.replay.sink;
