/**
 * What books and tapes look like as text that scripts rely on: {@link io.tapedeck.engine.text.BboRecorder} writes the
 * touch at every change, {@link io.tapedeck.engine.text.DepthWriter} the whole depth,
 * {@link io.tapedeck.engine.text.CsvChannel} takes rows of any kind.
 */
package io.tapedeck.engine.text;
