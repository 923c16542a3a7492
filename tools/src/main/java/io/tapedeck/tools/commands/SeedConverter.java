package io.tapedeck.tools.commands;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a seed: 64 bits, unsigned. */
final class SeedConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(final String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (final NumberFormatException ex) {
            throw new TypeConversionException("'" + text + "' is no seed; write a whole number from 0 to 2^64 - 1");
        }
    }
}
