package io.tapedeck.journal.format2;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.Side;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that describes the format shows a file byte by byte: it has to be the file that the writer makes. */
class Format2DocumentationTest {
    private static final Path PAGE =
            Path.of(System.getProperty("tapedeck.projectRoot", "..")).resolve("docs/journal-format.md");

    @TempDir
    private Path folder;

    @Test
    void shouldShowTheBytesThatTheWriterWrites() throws IOException {
        final Path path = folder.resolve("example");
        final SessionMetadata metadata = new SessionMetadata(
                LocalDate.of(2026, 1, 2),
                ZoneId.of("UTC"),
                0,
                "TAPE",
                new Recipe("tapedeck", "1.0", "simple", Map.of(), Map.of("run", 42L)),
                List.of(new Instrument(1, "AAPL", 100, Map.of())));
        final SlotArray slots = new SlotArray(4);
        final ItchMessageEncoder open = slots.wrap(new ItchMessageEncoder(), 0);
        open.sequence(1).eventTimeNs(34_200_000_000_000L).itchType((short) 'S').bodySize((short) 1);
        open.body(0, (short) 'Q');
        slots.wrap(new EventEncoder(), 1)
                .sequence(2)
                .eventTimeNs(34_200_000_000_125L)
                .orderId(1)
                .instrumentId(1)
                .price(9_999)
                .quantity(100)
                .flags(EventFlags.OPENING)
                .eventType(EventType.ADD)
                .side(Side.BUY);
        slots.wrap(new EventEncoder(), 2)
                .sequence(3)
                .eventTimeNs(34_200_000_004_096L)
                .orderId(1)
                .instrumentId(1)
                .quantity(100)
                .eventType(EventType.DELETE);
        try (Format2Writer writer = Format2Writer.create(path, metadata, 2, SyncPolicy.parse("none"))) {
            writer.append(slots, 0, 2);
        }

        assertThat(shown()).isEqualTo(Files.readAllBytes(path)).hasSize(807);
    }

    /** The last hex block of the page; the offset that each line begins with is checked on the way. */
    private static byte[] shown() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final String page = Files.readString(PAGE);
        final int start = page.lastIndexOf("```hex\n") + "```hex\n".length();
        for (final String line :
                page.substring(start, page.indexOf("```", start)).split("\n")) {
            assertThat(line.substring(0, 4).trim()).isEqualTo(Integer.toString(bytes.size()));
            final String hex = line.substring(6, Math.min(line.length(), 54)).replace(" ", "");
            bytes.writeBytes(HexFormat.of().parseHex(hex));
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldStateTheBoundOfMemoryThatAReaderKeeps() throws IOException {
        assertThat(Files.readString(PAGE)).contains(String.format("%,d bytes", Format2Descriptor.MAX_BUFFER_BYTES));
    }
}
