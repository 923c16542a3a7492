package io.tapedeck.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapedeck.testing.AllocationMeter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableFileTest {
    private static final Path MAPS = Path.of("/proc/self/maps");

    @TempDir
    private Path folder;

    @Test
    void shouldReadAnyRangeOfAFile() throws IOException {
        final byte[] content = new byte[100_000];
        new SplittableRandom(1).nextBytes(content);
        final Path path = Files.write(folder.resolve("any"), content);
        final SplittableRandom random = new SplittableRandom(2);
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[content.length]);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(content.length));
        try (ReadableFile file = ReadableFile.open(path)) {
            assertThat(file.length()).isEqualTo(content.length);
            assertThat(file.path()).isEqualTo(path);
            for (int i = 0; i < 500; i++) {
                final int position = random.nextInt(content.length + 1);
                final int length = random.nextInt(content.length - position + 1);
                final int offset = random.nextInt(content.length - length + 1);
                file.read(position, heap, offset, length);
                file.read(position, direct, offset, length);
                final UnsafeBuffer expected = new UnsafeBuffer(content, position, length);
                assertThat(new UnsafeBuffer(heap, offset, length)).isEqualTo(expected);
                assertThat(new UnsafeBuffer(direct, offset, length)).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldReadBeyondFourGigabytes() throws IOException {
        final Path path = folder.resolve("sparse");
        final long position = 5L << 30;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(position);
            file.write(new byte[] {1, 2, 3, 4});
        }
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[8]);
        try (ReadableFile file = ReadableFile.open(path)) {
            file.read(position - 4, buffer, 0, 8);
        }

        assertThat(buffer.byteArray()).containsExactly(0, 0, 0, 0, 1, 2, 3, 4);
    }

    @Test
    void shouldUnmapAndCloseTheFile() throws IOException {
        final Path path = Files.write(folder.resolve("mapped"), new byte[5_000]);
        assumeTrue(Files.exists(MAPS), "skipped: this system does not list its mappings");
        try (ReadableFile file = ReadableFile.open(path)) {
            file.read(0, new UnsafeBuffer(new byte[1]), 0, 1);
            assertThat(mappings(path)).isOne();
        }

        assertThat(mappings(path)).isZero();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(descriptors.filter(descriptor -> leadsTo(descriptor, path)))
                    .isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void shouldLetAnotherThreadReadAndAThirdOneClose() throws Exception {
        final ReadableFile file = ReadableFile.open(Files.write(folder.resolve("passed"), new byte[] {7}));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1]);

        CompletableFuture.runAsync(() -> readOne(file, buffer), command -> new Thread(command).start())
                .thenRunAsync(file::close, command -> new Thread(command).start())
                .get();

        assertThat(buffer.getByte(0)).isEqualTo((byte) 7);
        assertThatThrownBy(() -> file.read(0, buffer, 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    private static void readOne(final ReadableFile file, final UnsafeBuffer buffer) {
        try {
            file.read(0, buffer, 0, 1);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static long mappings(final Path path) throws IOException {
        return Files.readAllLines(MAPS).stream()
                .filter(line -> line.endsWith(path.toString()))
                .count();
    }

    private static boolean leadsTo(final Path descriptor, final Path path) {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (final IOException ex) {
            // The descriptor that lists the folder is gone again.
            return false;
        }
    }

    @Test
    void shouldOpenAnEmptyFile() throws IOException {
        final Path path = Files.createFile(folder.resolve("empty"));
        try (ReadableFile file = ReadableFile.open(path)) {
            assertThat(file.length()).isZero();
            file.read(0, new UnsafeBuffer(new byte[0]), 0, 0);
            assertThatThrownBy(() -> file.read(0, new UnsafeBuffer(new byte[1]), 0, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "10, 1", "9, 2", "0, 11", "0, -1", "9223372036854775807, 1", "9223372036854775807, 2147483647"
    })
    void shouldRefuseRangesOutsideTheFile(final long position, final int length) throws IOException {
        try (ReadableFile file = ReadableFile.open(Files.write(folder.resolve("ten"), new byte[10]))) {
            assertThatThrownBy(() -> file.read(position, new UnsafeBuffer(new byte[16]), 0, length))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("position=" + position);
        }
    }

    @Test
    void shouldRefuseDestinationsThatAreTooSmall() throws IOException {
        try (ReadableFile file = ReadableFile.open(Files.write(folder.resolve("ten"), new byte[10]))) {
            assertThatThrownBy(() -> file.read(0, new UnsafeBuffer(new byte[9]), 0, 10))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.read(0, new UnsafeBuffer(new byte[10]), 1, 10))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void shouldSayWhatIsNotAFile() {
        assertThatIOException()
                .isThrownBy(() -> ReadableFile.open(folder.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class)
                .withMessageContaining("absent");
        assertThatIOException()
                .isThrownBy(() -> ReadableFile.open(folder))
                .withMessageContaining("is not a regular file");
    }

    @Test
    void shouldRefuseToReadWhenClosed() throws IOException {
        final ReadableFile file = ReadableFile.open(Files.write(folder.resolve("ten"), new byte[10]));
        file.close();
        file.close();

        assertThatThrownBy(() -> file.read(0, new UnsafeBuffer(new byte[1]), 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void shouldReportAFileThatWasCut() throws IOException {
        final Path path = Files.write(folder.resolve("cut"), new byte[100_000]);
        try (ReadableFile file = ReadableFile.open(path);
                FileChannel writer = FileChannel.open(path, StandardOpenOption.WRITE)) {
            writer.truncate(99_999);

            assertThatIOException()
                    .isThrownBy(() -> file.read(0, new UnsafeBuffer(new byte[1]), 0, 1))
                    .withMessageContaining("was cut while it was read")
                    .withMessageContaining("100000 bytes");
        }
    }

    /** Each round cuts the file at another moment of a copy that is going on; a fault that hid would fail a later line. */
    @Test
    @Timeout(60)
    void shouldSurviveAFileThatIsCutWhileItIsCopied() throws Exception {
        final int length = 1 << 20;
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        for (int round = 0; round < 60; round++) {
            final Path path = Files.write(folder.resolve("cut" + round), new byte[length]);
            try (ReadableFile file = ReadableFile.open(path);
                    FileChannel writer = FileChannel.open(path, StandardOpenOption.WRITE)) {
                final CountDownLatch reading = new CountDownLatch(1);
                final Thread cutter = new Thread(() -> cut(writer, reading));
                cutter.start();
                assertThatIOException()
                        .isThrownBy(() -> {
                            for (; ; ) {
                                file.read(0, buffer, 0, length);
                                reading.countDown();
                            }
                        })
                        .withMessageContaining("was cut while it was read");
                cutter.join();
            }
            Files.delete(path);
        }
    }

    private static void cut(final FileChannel writer, final CountDownLatch reading) {
        try {
            reading.await();
            writer.truncate(5_000);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldAllocateNothingPerRead() throws IOException {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
        try (ReadableFile file = ReadableFile.open(Files.write(folder.resolve("read"), new byte[6_400]))) {
            final long bytes = AllocationMeter.leastAllocatedBytes(
                    () -> {
                        try {
                            for (int i = 0; i < 10_000; i++) {
                                file.read(i % 100 * 64L, buffer, 0, 64);
                            }
                        } catch (final IOException ex) {
                            throw new UncheckedIOException(ex);
                        }
                    },
                    10);

            assertThat(bytes).isZero();
        }
    }
}
