package io.tapedeck.journal.format1;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.journal.file.JournalFormatPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that describes the format shows a file byte by byte: it has to be the file that the writer makes. */
class Format1DocumentationTest {
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

        assertThat(JournalFormatPage.hexBlock(0))
                .isEqualTo(Files.readAllBytes(path))
                .hasSize(278);
    }

    @Test
    void shouldStateTheBoundOfMemoryThatTheReaderKeeps() throws IOException {
        assertThat(JournalFormatPage.text()).contains(String.format("%,d bytes", Format1Descriptor.MAX_BUFFER_BYTES));
    }
}
