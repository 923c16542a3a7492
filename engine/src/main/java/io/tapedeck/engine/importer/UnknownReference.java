package io.tapedeck.engine.importer;

/**
 * A message about an order that is not live: it was entered before the data begins, or its add was lost.
 *
 * @param messageNumber  of the message in its file, from 1.
 * @param type           of the message: E, C, X, D or U.
 * @param orderReference the order's number, unsigned 64 bits.
 */
public record UnknownReference(long messageNumber, char type, long orderReference) {}
