/**
 * How data in the formats of others comes in. {@link io.tapedeck.engine.importer.ItchSource},
 * {@link io.tapedeck.engine.importer.LobsterSource} and {@link io.tapedeck.engine.importer.Qrsdp1Source} make records of
 * ITCH files, of LOBSTER's message files and of the seed program's sessions, and
 * {@link io.tapedeck.engine.importer.DataSetRecorder} writes them as tapes.
 *
 * <p>Books can be had without a tape: {@link io.tapedeck.engine.importer.ItchFileReader} takes an ITCH file apart,
 * {@link io.tapedeck.engine.importer.ItchBookBuilder} keeps the books that its messages describe, and
 * {@link io.tapedeck.engine.importer.ItchBookReplay} drives both. What the books say goes out as text:
 * {@link io.tapedeck.engine.text.BboRecorder} writes the touch at every change,
 * {@link io.tapedeck.engine.text.DepthWriter} the whole depth.
 *
 * <p>Nothing here allocates per message or per row. What a file can make the heap hold is bounded: some 4 MB, 2 KB for
 * each stock locate (there are 65,536) and 256 bytes for each order that is live at once (an add takes 38 bytes of the
 * file).
 */
package io.tapedeck.engine.importer;
