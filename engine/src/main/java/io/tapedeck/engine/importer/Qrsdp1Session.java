package io.tapedeck.engine.importer;

import io.tapedeck.journal.manifest.Instrument;
import java.nio.file.Path;

/**
 * One security's session of the seed program.
 *
 * @param path       of the file, of journal format 1.
 * @param instrument what it is about, with the tick size that the file's header has.
 */
public record Qrsdp1Session(Path path, Instrument instrument) {}
