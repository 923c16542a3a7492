package io.tapedeck.journal.format2;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.EventFlags;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.sbe.EventEncoder;
import io.tapedeck.codecs.sbe.EventType;
import io.tapedeck.codecs.sbe.ItchMessageEncoder;
import io.tapedeck.codecs.sbe.Side;
import io.tapedeck.journal.file.JournalFormatPage;
import io.tapedeck.journal.manifest.Instrument;
import io.tapedeck.journal.manifest.Recipe;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that describes the format shows a file byte by byte: it has to be the file that the writer makes. */
class Format2DocumentationTest {
    private static final int LENGTH = 1_326;

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
                List.of(new Instrument(1, "AAPL", 100, Map.of()), new Instrument(2, "MSFT", 100, Map.of())));
        final SlotArray slots = new SlotArray(16);
        final ItchMessageEncoder open = slots.wrap(new ItchMessageEncoder(), 0);
        open.sequence(1).eventTimeNs(34_200_000_000_000L).itchType((short) 'S').bodySize((short) 1);
        open.body(0, (short) 'Q');
        event(slots, 2, 125, EventType.ADD, Side.BUY, 1, 0, 9_999, 100).flags(EventFlags.OPENING);
        event(slots, 3, 125, EventType.ADD, Side.SELL, 2, 0, 10_001, 100).flags(EventFlags.OPENING);
        event(slots, 4, 4_096, EventType.ADD, Side.BUY, 3, 0, 9_998, 7);
        event(slots, 5, 5_000, EventType.EXECUTE, Side.BUY, 1, 1, 9_999, 100);
        event(slots, 6, 9_000, EventType.DELETE, Side.BUY, 3, 0, 9_998, 7);
        event(slots, 7, 9_500, EventType.EXECUTE_AT_PRICE, Side.NONE, 2, 2, 10_002, 40)
                .flags(EventFlags.PRINTABLE);
        event(slots, 8, 9_800, EventType.REPLACE, Side.NONE, 2, 9, 10_003, 60);
        event(slots, 9, 9_800, EventType.ADD, Side.SELL, 20, 0, 10_005, 50).instrumentId(2);
        event(slots, 10, 11_000, EventType.ADD, Side.BUY, 21, 0, 9_990, 50);
        event(slots, 11, 12_000, EventType.DELETE, Side.NONE, 9, 0, 0, 0);
        try (Format2Writer writer = Format2Writer.create(path, metadata, 6, SyncPolicy.parse("none"))) {
            writer.append(slots, 0, 10);
        }

        assertThat(JournalFormatPage.hexBlock(1))
                .isEqualTo(Files.readAllBytes(path))
                .hasSize(LENGTH);
    }

    private static EventEncoder event(
            final SlotArray slots,
            final long sequence,
            final long afterOpenNs,
            final EventType type,
            final Side side,
            final long orderId,
            final long auxId,
            final int price,
            final int quantity) {
        return slots.wrap(new EventEncoder(), sequence - 1)
                .sequence(sequence)
                .eventTimeNs(34_200_000_000_000L + afterOpenNs)
                .orderId(orderId)
                .auxId(auxId)
                .instrumentId(1)
                .price(price)
                .quantity(quantity)
                .eventType(type)
                .side(side);
    }

    @Test
    void shouldStateTheBoundOfMemoryThatAReaderKeeps() throws IOException {
        assertThat(JournalFormatPage.text()).contains(String.format("%,d bytes", Format2Descriptor.MAX_BUFFER_BYTES));
    }
}
