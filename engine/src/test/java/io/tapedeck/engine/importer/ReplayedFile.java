package io.tapedeck.engine.importer;

import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.text.BboRecorder;
import io.tapedeck.engine.text.DepthWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A whole file through reader, builder, recorder and depth writer, with the text that came out. */
record ReplayedFile(ItchBookBuilder builder, long messages, List<String> bboRows, List<String> depthRows) {
    static ReplayedFile of(final Path file) throws IOException {
        return until(file, Long.MAX_VALUE);
    }

    static ReplayedFile until(final Path file, final long timeNs) throws IOException {
        final ItchBookBuilder builder = new ItchBookBuilder(new OrderBooks());
        final ByteArrayOutputStream bbo = new ByteArrayOutputStream();
        final long messages;
        try (ItchFileReader reader = ItchFileReader.open(file);
                BboRecorder recorder = new BboRecorder(Channels.newChannel(bbo), builder.directory())) {
            messages = new ItchBookReplay(reader, builder)
                    .recordBbo(recorder)
                    .until(timeNs)
                    .run();
        }
        return new ReplayedFile(builder, messages, lines(bbo), depth(builder));
    }

    static List<String> depth(final ItchBookBuilder builder) throws IOException {
        final ByteArrayOutputStream depth = new ByteArrayOutputStream();
        new DepthWriter(builder.directory()).add(builder.books()).write(Channels.newChannel(depth));
        return lines(depth);
    }

    private static List<String> lines(final ByteArrayOutputStream text) {
        return text.toString(StandardCharsets.US_ASCII).lines().toList();
    }
}
