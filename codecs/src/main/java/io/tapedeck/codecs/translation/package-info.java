/**
 * ITCH messages as records and back, byte for byte. What a record does not hold, a stock's symbol above all, comes
 * from an instrument directory.
 */
package io.tapedeck.codecs.translation;
