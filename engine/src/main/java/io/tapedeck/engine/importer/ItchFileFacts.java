package io.tapedeck.engine.importer;

/**
 * What a pass over an ITCH file finds.
 *
 * @param messageCount messages in the file.
 * @param hasEndMark   whether it ends with the session's end marker.
 */
public record ItchFileFacts(long messageCount, boolean hasEndMark) {}
