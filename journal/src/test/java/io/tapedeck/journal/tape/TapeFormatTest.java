package io.tapedeck.journal.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.journal.format1.Format1Writer;
import io.tapedeck.journal.format2.Format2Writer;
import io.tapedeck.journal.format2.SyncPolicy;
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

class TapeFormatTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellTheFormatsApartAndWorkInEach() throws IOException {
        final Path one = folder.resolve("one");
        Format1Writer.create(one, new Format1Header(1, 0, 1, 0, 0, 0, 0, 1, 0)).close();
        final Path two = folder.resolve("two");
        final SessionMetadata metadata = new SessionMetadata(
                LocalDate.of(2026, 1, 2),
                ZoneId.of("UTC"),
                0,
                "A",
                new Recipe("tapedeck", "1", "simple", Map.of(), Map.of()),
                List.of());
        Format2Writer.create(two, metadata, 1, SyncPolicy.parse("chunk")).close();

        assertThat(TapeFormat.of(one)).isEqualTo(TapeFormat.FORMAT_1);
        assertThat(TapeFormat.of(two)).isEqualTo(TapeFormat.FORMAT_2);
        for (final Path path : List.of(one, two)) {
            final TapeFormat format = TapeFormat.of(path);
            final Path repaired = folder.resolve("repaired" + format);
            assertThat(format.verify(path)).isEmpty();
            assertThat(format.repair(path, repaired).losses()).isEmpty();
            assertThat(format.compare(path, repaired).same()).isTrue();
        }
    }

    @Test
    void shouldRefuseAFileOfNoFormat() throws IOException {
        final Path path = folder.resolve("file");
        for (final String content : List.of("", "TAPEDEC", "QRSDPLOX and more")) {
            Files.writeString(path, content);
            assertThat(TapeFormat.find(path)).isNull();
            assertThatThrownBy(() -> TapeFormat.of(path))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("QRSDPLOG or TAPEDECK");
        }
    }
}
