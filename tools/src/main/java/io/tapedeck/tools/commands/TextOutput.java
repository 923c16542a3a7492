package io.tapedeck.tools.commands;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a command writes text that a script asked for: a file, or standard output for {@code -}. */
final class TextOutput {
    private TextOutput() {}

    static boolean isStandardOutput(final Path output) {
        return "-".equals(output.toString());
    }

    /**
     * Opens the output.
     *
     * @param output    a file, or {@code -}.
     * @param overwrite whether a file that is there is replaced, not refused.
     * @return a channel that the caller closes.
     * @throws IOException if the file is there and may not be replaced, or cannot be written.
     */
    static WritableByteChannel open(final Path output, final boolean overwrite) throws IOException {
        if (isStandardOutput(output)) {
            return new FileOutputStream(FileDescriptor.out).getChannel();
        }
        return overwrite
                ? FileChannel.open(
                        output,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)
                : FileChannel.open(output, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }
}
