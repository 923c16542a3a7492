package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.PRICE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.journal.check.TapeDiff;
import io.tapedeck.journal.manifest.SessionMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Format2DiffTest {
    @TempDir
    private Path folder;

    private final byte[] slots = Format2Files.plausible(1_000, 1);

    @Test
    void shouldFindTheSameRecordsInOtherChunksTheSame() throws IOException {
        final Path a = Format2Files.write(folder.resolve("a"), 7, slots);
        final Path b = Format2Files.write(folder.resolve("b"), 4096, slots);
        assertThat(Format2Diff.compare(a, b))
                .isEqualTo(new TapeDiff(List.of(), 1_000, 1_000, 1_000, 0, -1, null, null, List.of()));
        assertThat(Format2Diff.compare(a, b).same()).isTrue();
    }

    @Test
    void shouldCountRecordsThatDifferAndShowTheFirst() throws IOException {
        final Path a = Format2Files.write(folder.resolve("a"), 300, slots);
        slots[500 * SLOT_LENGTH + PRICE_OFFSET] ^= 1;
        slots[999 * SLOT_LENGTH + PRICE_OFFSET] ^= 1;
        final Path b = Format2Files.write(folder.resolve("b"), 299, slots);

        final TapeDiff diff = Format2Diff.compare(a, b);

        assertThat(diff.same()).isFalse();
        assertThat(diff.differingRecords()).isEqualTo(2);
        assertThat(diff.firstDifference()).isEqualTo(500);
        assertThat(diff.firstRecordA()).contains("sequence=501").isNotEqualTo(diff.firstRecordB());
        assertThat(diff.firstRecordB()).contains("sequence=501");
        assertThat(diff.firstFields()).hasSize(1);
        assertThat(diff.firstFields().get(0).field()).isEqualTo("price");
        assertThat(diff.firstFields().get(0).valueA())
                .isNotEqualTo(diff.firstFields().get(0).valueB());
    }

    @Test
    void shouldSayWhichTapeEndsFirst() throws IOException {
        final Path a = Format2Files.write(folder.resolve("a"), 256, slots);
        final Path b = Format2Files.write(folder.resolve("b"), 256, Format2Files.part(slots, 0, 256));

        final TapeDiff diff = Format2Diff.compare(a, b);

        assertThat(diff.differingRecords()).isZero();
        assertThat(diff.firstDifference()).isEqualTo(256);
        assertThat(diff.firstRecordA()).contains("sequence=257");
        assertThat(diff.firstRecordB()).isNull();
        assertThat(Format2Diff.compare(b, a).firstRecordB()).contains("sequence=257");
    }

    @Test
    void shouldCompareBySequenceWhereOneTapeLacksChunks() throws IOException {
        final Path a = Format2Files.write(folder.resolve("a"), 100, slots);
        final Path damaged = Format2Files.write(folder.resolve("damaged"), 100, slots);
        try (Format2Reader reader = Format2Reader.open(damaged);
                FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[8]), reader.chunk(3).offset() + 200);
        }
        final Path b = folder.resolve("b");
        Format2Repair.repair(damaged, b);

        final TapeDiff diff = Format2Diff.compare(a, b);

        assertThat(diff.firstDifference()).isEqualTo(300);
        assertThat(diff.firstRecordA()).contains("sequence=301");
        assertThat(diff.firstRecordB()).isNull();
        assertThat(diff.differingRecords()).isZero();
        assertThat(diff.commonRecords()).isEqualTo(900);
        assertThat(diff.onlyInA()).isEqualTo(100);
        assertThat(Format2Diff.compare(b, a).onlyInB()).isEqualTo(100);
    }

    @Test
    void shouldNameTheMetadataThatDiffers() throws IOException {
        final Path a = Format2Files.write(folder.resolve("a"), 256, slots);
        final Path b = folder.resolve("b");
        final SessionMetadata metadata = Format2Files.metadata();
        final SessionMetadata other = new SessionMetadata(
                metadata.sessionDate().plusDays(1),
                metadata.zone(),
                1,
                metadata.sessionName(),
                metadata.recipe(),
                metadata.instruments());
        try (Format2Writer writer = Format2Writer.create(b, other, 256, Format2Files.NO_SYNC)) {
            Format2Files.append(writer, slots);
        }
        assertThat(Format2Diff.compare(a, b).headerDifferences())
                .containsExactly(
                        new TapeDiff.FieldDifference("sessionDate", "2026-01-02", "2026-01-03"),
                        new TapeDiff.FieldDifference("unit", "0", "1"));
    }
}
