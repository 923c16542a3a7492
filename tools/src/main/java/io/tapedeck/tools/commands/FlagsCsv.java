package io.tapedeck.tools.commands;

import io.tapedeck.engine.session.QueueEventSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the flags of a session's events: {@code index,flags}, index from 0, only where a flag is set, no header. */
final class FlagsCsv implements QueueEventSink, AutoCloseable {
    private final BufferedWriter writer;

    private FlagsCsv(final BufferedWriter writer) {
        this.writer = writer;
    }

    static FlagsCsv create(final Path file) throws IOException {
        return new FlagsCsv(Files.newBufferedWriter(file, StandardCharsets.US_ASCII));
    }

    @Override
    public void onEvent(
            final long timestampNs,
            final int type,
            final int side,
            final int priceTicks,
            final int quantity,
            final long orderId,
            final int flags) {
        if (flags != 0) {
            try {
                writer.write((orderId - 1) + "," + flags + "\n");
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
