package io.tapedeck.tools.commands;

import io.tapedeck.engine.session.RunSecurity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a security with its opening price: {@code AAPL:10000}. */
final class SecurityConverter implements ITypeConverter<RunSecurity> {
    @Override
    public RunSecurity convert(final String text) {
        final int colon = text.lastIndexOf(':');
        if (colon > 0) {
            try {
                return new RunSecurity(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            } catch (final NumberFormatException ex) {
                // Reported below, with the form that is wanted.
            }
        }
        throw new TypeConversionException("'" + text + "' is no security; write SYMBOL:TICKS, for example AAPL:10000");
    }
}
