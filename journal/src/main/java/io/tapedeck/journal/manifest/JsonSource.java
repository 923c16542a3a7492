package io.tapedeck.journal.manifest;

import java.nio.file.Path;

/**
 * Where a JSON text stands, for the message of an error.
 *
 * @param path   of the file.
 * @param offset of the text's first byte in the file.
 * @param remedy what a person can do about an error in it, as a sentence without its full stop.
 */
record JsonSource(Path path, long offset, String remedy) {
    static JsonSource manifest(final Path path) {
        return new JsonSource(path, 0, "Correct the manifest, or make the run anew");
    }
}
