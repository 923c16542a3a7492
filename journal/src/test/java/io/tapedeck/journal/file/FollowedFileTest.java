package io.tapedeck.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasAppendedOnceItHasLooked() throws IOException {
        final byte[] bytes = new byte[200_000];
        new SplittableRandom(1).nextBytes(bytes);
        final Path path = folder.resolve("file");
        Files.write(path, Arrays.copyOf(bytes, 10));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 5]);
        try (FollowedFile file = FollowedFile.open(path)) {
            Files.write(path, Arrays.copyOfRange(bytes, 10, bytes.length), StandardOpenOption.APPEND);
            assertThat(file.path()).isEqualTo(path);
            assertThat(file.length()).isEqualTo(10);
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> file.read(0, buffer, 0, 11));
            assertThat(file.refresh()).isEqualTo(bytes.length);
            file.read(3, buffer, 5, bytes.length - 3);
        }
        assertThat(Arrays.copyOfRange(buffer.byteArray(), 5, bytes.length + 2))
                .isEqualTo(Arrays.copyOfRange(bytes, 3, bytes.length));
    }

    @Test
    void shouldSayThatTheFileWasCut() throws IOException {
        final Path path = folder.resolve("file");
        Files.write(path, new byte[100]);
        try (FollowedFile file = FollowedFile.open(path);
                FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(50);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[100]);
            assertThatIOException()
                    .isThrownBy(() -> file.read(0, buffer, 0, 100))
                    .withMessageContaining("it had 100 bytes and has 50");
            assertThatIOException().isThrownBy(file::refresh).withMessageContaining("was cut");
        }
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> FollowedFile.open(folder.resolve("none")));
    }
}
