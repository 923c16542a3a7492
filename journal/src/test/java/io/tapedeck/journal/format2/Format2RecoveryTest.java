package io.tapedeck.journal.format2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.check.Finding;
import io.tapedeck.journal.check.RepairResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file, cut at every byte and with every bit flipped: nothing goes unnoticed, and nothing else is lost. */
class Format2RecoveryTest {
    private static final int CHUNK_CAPACITY = 2;
    private static final int RECORDS = 7;

    @TempDir
    private Path folder;

    private final byte[] slots = Format2Files.extreme(RECORDS, 5);
    private Path path;
    private byte[] bytes;
    private List<Format2Chunk> chunks;
    private int indexOffset;

    @BeforeEach
    void writeFile() throws IOException {
        path = Format2Files.write(folder.resolve("file"), CHUNK_CAPACITY, slots);
        bytes = Files.readAllBytes(path);
        chunks = new ArrayList<>();
        try (Format2Reader reader = Format2Reader.open(path)) {
            for (int i = 0; i < reader.chunkCount(); i++) {
                chunks.add(reader.chunk(i));
            }
        }
        final Format2Chunk last = chunks.get(chunks.size() - 1);
        indexOffset = (int) last.offset() + last.lengthBytes();
    }

    @Test
    void shouldGiveEveryWholeChunkOfAFileThatIsCutAnywhere() throws IOException {
        final int dataOffset = (int) chunks.get(0).offset();
        for (int length = 0; length < bytes.length; length++) {
            final byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Format2Reader.open(new BytesFile(cut)))
                    .as("cut at %d", length)
                    .isInstanceOf(CorruptDataException.class);
            if (length < dataOffset) {
                assertThatThrownBy(() -> Format2Reader.recover(new BytesFile(cut)))
                        .isInstanceOf(CorruptDataException.class)
                        .hasMessageContaining(BytesFile.PATH.toString());
                continue;
            }
            final int end = length;
            final List<Format2Chunk> whole = chunks.stream()
                    .filter(chunk -> chunk.offset() + chunk.lengthBytes() <= end)
                    .collect(Collectors.toList());
            try (Format2Reader reader = Format2Reader.recover(new BytesFile(cut))) {
                assertThat(chunksOf(reader)).as("cut at %d", length).isEqualTo(whole);
                assertThat(Format2Files.read(reader)).isEqualTo(recordsOf(whole));
                assertThat(reader.losses()).as("cut at %d", length).isNotEmpty();
                assertThat(reader.indexed()).isFalse();
                final Format2Chunk torn = whole.size() == chunks.size() ? null : chunks.get(whole.size());
                if (torn != null && length >= torn.offset() + Format2Descriptor.CHUNK_HEADER_LENGTH) {
                    assertThat(reader.losses().get(0).reason())
                            .contains("records " + torn.firstSequence() + " to " + torn.lastSequence())
                            .contains("the file ends inside the chunk");
                }
            }
        }
    }

    @Test
    void shouldMakeTheIndexAnewAsItWas() throws IOException {
        final Path repaired = folder.resolve("repaired");
        for (int length = indexOffset; length < bytes.length; length++) {
            Files.write(path, Arrays.copyOf(bytes, length));

            final RepairResult result = Format2Repair.repair(path, repaired);

            assertThat(result.recordCount()).isEqualTo(RECORDS);
            assertThat(result.losses()).isNotEmpty();
            assertThat(Files.readAllBytes(repaired)).as("cut at %d", length).isEqualTo(bytes);
            Files.delete(repaired);
        }
    }

    @Test
    void shouldNoticeEveryBitThatFlipsAndKeepEveryOtherChunk() throws IOException {
        for (int at = 0; at < bytes.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                final byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << bit);
                final String where = "bit " + bit + " of byte " + at;
                assertThatThrownBy(() -> {
                            try (Format2Reader reader = Format2Reader.open(new BytesFile(flipped))) {
                                Format2Files.read(reader);
                            }
                        })
                        .as(where)
                        .isInstanceOf(CorruptDataException.class);
                final int offset = at;
                final List<Format2Chunk> untouched = chunks.stream()
                        .filter(chunk -> offset < chunk.offset() || offset >= chunk.offset() + chunk.lengthBytes())
                        .collect(Collectors.toList());
                try (Format2Reader reader = Format2Reader.recover(new BytesFile(flipped))) {
                    assertThat(chunksOf(reader)).as(where).isEqualTo(untouched);
                    assertThat(Format2Files.read(reader)).as(where).isEqualTo(recordsOf(untouched));
                    assertThat(reader.losses()).as(where).isNotEmpty();
                    assertThat(reader.metadata() == null)
                            .as(where)
                            .isEqualTo(at < chunks.get(0).offset());
                }
            }
        }
    }

    @Test
    void shouldFindTheChunksBehindADamagedOneWithoutTheFooterToo() throws IOException {
        final byte[] cut = Arrays.copyOf(bytes, indexOffset);
        for (int at = (int) chunks.get(0).offset(); at < cut.length; at++) {
            final byte[] flipped = cut.clone();
            flipped[at] ^= 1;
            final int offset = at;
            final List<Format2Chunk> untouched = chunks.stream()
                    .filter(chunk -> offset < chunk.offset() || offset >= chunk.offset() + chunk.lengthBytes())
                    .collect(Collectors.toList());
            try (Format2Reader reader = Format2Reader.recover(new BytesFile(flipped))) {
                assertThat(chunksOf(reader)).as("byte %d", at).isEqualTo(untouched);
                assertThat(reader.losses()).hasSize(2);
            }
        }
    }

    @Test
    void shouldKeepSequencesAndSayThatThereAreGapsWhenAChunkIsLost() throws IOException {
        final Format2Chunk lost = chunks.get(1);
        bytes[(int) lost.offset() + Format2Descriptor.CHUNK_HEADER_LENGTH] ^= 1;
        Files.write(path, bytes);
        final Path repaired = folder.resolve("repaired");

        final RepairResult result = Format2Repair.repair(path, repaired);

        assertThat(result.recordCount()).isEqualTo(RECORDS - 2);
        assertThat(result.losses()).hasSize(1);
        assertThat(result.losses().get(0).reason()).contains("records 3 to 4");
        try (Format2Reader reader = Format2Reader.open(repaired)) {
            assertThat(Format2Files.read(reader))
                    .isEqualTo(recordsOf(List.of(chunks.get(0), chunks.get(2), chunks.get(3))));
            assertThat(reader.recordCount()).isEqualTo(RECORDS - 2);
            assertThat(reader.lastSequence()).isEqualTo(RECORDS);
        }
        assertThat(Format2Verifier.verify(repaired))
                .filteredOn(finding -> finding.text().contains("missing"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE);
                    assertThat(finding.text()).contains("records 3 to 4 are missing");
                });
    }

    @Test
    void shouldNotRepairAFileWhoseMetadataIsLost() throws IOException {
        bytes[Format2Descriptor.HEADER_LENGTH] ^= 1;
        Files.write(path, bytes);
        assertThatThrownBy(() -> Format2Repair.repair(path, folder.resolve("repaired")))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("the metadata does not match its checksum");
        assertThat(folder.resolve("repaired")).doesNotExist();
    }

    private static List<Format2Chunk> chunksOf(final Format2Reader reader) {
        final List<Format2Chunk> found = new ArrayList<>();
        for (int i = 0; i < reader.chunkCount(); i++) {
            found.add(reader.chunk(i));
        }
        return found;
    }

    private byte[] recordsOf(final List<Format2Chunk> some) {
        final ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (final Format2Chunk chunk : some) {
            records.writeBytes(Format2Files.part(slots, (int) chunk.firstSequence() - 1, (int) chunk.lastSequence()));
        }
        return records.toByteArray();
    }
}
