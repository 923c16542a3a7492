package io.tapedeck.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReplaceTheContentAndLeaveNothingBeside() throws IOException {
        final Path path = folder.resolve("file");
        AtomicFile.write(path, "old and longer".getBytes(StandardCharsets.US_ASCII));
        AtomicFile.write(path, "new".getBytes(StandardCharsets.US_ASCII));

        assertThat(path).hasContent("new");
        assertThat(folder).isDirectoryContaining(path::equals);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenTheNameIsTakenByAFolder() throws IOException {
        final Path path = Files.createDirectory(folder.resolve("taken"));
        Files.createFile(path.resolve("inside"));

        assertThatIOException().isThrownBy(() -> AtomicFile.write(path, new byte[1]));

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }
}
