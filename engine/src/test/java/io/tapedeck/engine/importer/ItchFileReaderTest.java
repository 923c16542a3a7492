package io.tapedeck.engine.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItchFileReaderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGiveNumberOffsetAndBytesOfEachMessage() throws IOException {
        try (ItchFileReader reader = open(frames(3, 1, 65_535))) {
            assertThat(reader.messageNumber()).isZero();
            for (final long[] expected : new long[][] {{1, 2, 3}, {2, 7, 1}, {3, 10, 65_535}}) {
                assertThat(reader.next()).isTrue();
                assertThat(new long[] {reader.messageNumber(), reader.fileOffset(), reader.messageLength()})
                        .isEqualTo(expected);
                assertThat(reader.buffer().getByte(reader.messageOffset())).isEqualTo((byte) expected[2]);
            }
            assertThat(reader.next()).isFalse();
            assertThat(reader.bytesAfterEnd()).isZero();
        }
    }

    @Test
    void shouldReadOnWhenMessagesCrossTheWindow() throws IOException {
        final int[] lengths = new int[200];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 1 + (i * 7_919) % 65_535;
        }
        final List<Integer> found = new ArrayList<>();
        try (ItchFileReader reader = open(frames(lengths))) {
            while (reader.next()) {
                found.add(reader.messageLength());
                assertThat(reader.buffer().getByte(reader.messageOffset() + reader.messageLength() - 1))
                        .isEqualTo((byte) reader.messageLength());
            }
        }
        assertThat(found).hasSize(lengths.length);
        assertThat(found.stream().mapToInt(Integer::intValue).toArray()).isEqualTo(lengths);
    }

    @Test
    void shouldSayWhereAfterAllWholeMessagesWhenTheFileIsCutAnywhere() throws IOException {
        final byte[] whole = frames(3, 4, 5);
        final int[] frameStarts = {0, 5, 11, 18};
        for (int length = 0; length < whole.length; length++) {
            int wholeMessages = 0;
            while (frameStarts[wholeMessages + 1] <= length) {
                wholeMessages++;
            }
            try (ItchFileReader reader = open(Arrays.copyOf(whole, length))) {
                for (int i = 0; i < wholeMessages; i++) {
                    assertThat(reader.next()).isTrue();
                }
                final long frameStart = frameStarts[wholeMessages];
                if (length == frameStart) {
                    assertThat(reader.next()).isFalse();
                } else {
                    assertThatThrownBy(reader::next)
                            .isInstanceOf(CorruptDataException.class)
                            .hasMessageContaining("sample.itch50: at offset " + frameStart + ":")
                            .hasMessageContaining("message " + (wholeMessages + 1));
                }
            }
        }
    }

    @Test
    void shouldStopAtTheEndMarkerAndSayWhatFollows() throws IOException {
        try (ItchFileReader reader = open(frames(3, 0, 5))) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
            assertThat(reader.bytesAfterEnd()).isEqualTo(7);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void shouldNameTheFileWhenItCannotBeOpenedOrRead() throws IOException {
        assertThatThrownBy(() -> ItchFileReader.open(folder.resolve("absent.itch50")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("absent.itch50");
        final Path directory = Files.createDirectory(folder.resolve("directory.itch50"));
        try (ItchFileReader reader = ItchFileReader.open(directory)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("directory.itch50: cannot be read on at offset 0");
        }
    }

    /** The file is sparse: only the length fields are written. */
    @Test
    void shouldCountOffsetsBeyondTwoGigabytes() throws IOException {
        final Path file = folder.resolve("large.itch50");
        final int frameLength = 2 + 0xFFFF;
        final int frames = (int) ((1L << 31) / frameLength) + 20;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final ByteBuffer length = ByteBuffer.allocate(2).putShort((short) 0xFFFF);
            for (int i = 0; i < frames; i++) {
                channel.write(length.rewind(), (long) i * frameLength);
            }
            channel.write(ByteBuffer.allocate(1), (long) frames * frameLength - 1);
        }
        try (ItchFileReader reader = ItchFileReader.open(file)) {
            long last = 0;
            while (reader.next()) {
                last = reader.fileOffset();
            }
            assertThat(reader.messageNumber()).isEqualTo(frames);
            assertThat(last).isEqualTo((frames - 1L) * frameLength + 2).isGreaterThan(1L << 31);
        }
        Files.delete(file);
    }

    /** Messages whose bytes are all the low byte of their length. */
    private static byte[] frames(final int... lengths) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final int length : lengths) {
            bytes.write(length >>> 8);
            bytes.write(length);
            for (int i = 0; i < length; i++) {
                bytes.write(length);
            }
        }
        return bytes.toByteArray();
    }

    private ItchFileReader open(final byte[] bytes) throws IOException {
        return ItchFileReader.open(Files.write(folder.resolve("sample.itch50"), bytes));
    }
}
