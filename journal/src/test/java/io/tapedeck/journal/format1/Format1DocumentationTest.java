package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that describes the format shows a file byte by byte: it has to be the file that the writer makes. */
class Format1DocumentationTest {
    private static final Path PAGE =
            Path.of(System.getProperty("tapedeck.projectRoot", "..")).resolve("docs/journal-format.md");

    @TempDir
    private Path folder;

    @Test
    void shouldShowTheBytesThatTheWriterWrites() throws IOException {
        final Path path = folder.resolve("example");
        try (Format1Writer writer =
                Format1Writer.create(path, new Format1Header(42, 10_000, 100, 60, 5, 2, 5, 2, 34_200_000_000_000L))) {
            writer.append(34_200_000_000_125L, QueueEventType.ADD_BID, QueueSide.BID, 9_999, 1, 1);
            writer.append(34_200_000_004_096L, QueueEventType.CANCEL_ASK, QueueSide.ASK, 10_002, 1, 2);
            writer.append(34_200_250_000_000L, QueueEventType.EXECUTE_BUY, QueueSide.ASK, 10_001, 1, 3);
        }

        assertThat(shown()).isEqualTo(Files.readAllBytes(path)).hasSize(278);
    }

    /** The hex block of the page; the offset that each line begins with is checked on the way. */
    private static byte[] shown() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final String page = Files.readString(PAGE);
        final int start = page.indexOf("```hex\n") + "```hex\n".length();
        for (final String line :
                page.substring(start, page.indexOf("```", start)).split("\n")) {
            assertThat(line.substring(0, 4).trim()).isEqualTo(Integer.toString(bytes.size()));
            final String hex = line.substring(6, Math.min(line.length(), 54)).replace(" ", "");
            bytes.writeBytes(HexFormat.of().parseHex(hex));
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldStateTheBoundOfMemoryThatTheReaderKeeps() throws IOException {
        assertThat(Files.readString(PAGE)).contains(String.format("%,d bytes", Format1Descriptor.MAX_BUFFER_BYTES));
    }
}
