package io.tapedeck.journal.format2;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.ItchSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.journal.file.FaultyChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jpountz.xxhash.XXHashFactory;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Format2WriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "2, 1, 5",
        "3, 4, 3",
        "4, 4, 4",
        "5, 4, 5",
        "6, 100, 1000",
        "7, 256, 256",
        "8, 4096, 10000",
        "9, 65536, 70000"
    })
    void shouldReadBackEveryBitOfWhatWasWritten(final long seed, final int chunkCapacity, final int count)
            throws IOException {
        final byte[] slots = Format2Files.extreme(count, seed);

        final Path path = Format2Files.write(folder.resolve("file"), chunkCapacity, slots);

        try (Format2Reader reader = Format2Reader.open(path)) {
            assertThat(reader.metadata()).isEqualTo(Format2Files.metadata());
            assertThat(reader.chunkCapacity()).isEqualTo(chunkCapacity);
            assertThat(reader.recordCount()).isEqualTo(count);
            assertThat(reader.lastSequence()).isEqualTo(count);
            assertThat(reader.chunkCount()).isEqualTo((count + chunkCapacity - 1) / chunkCapacity);
            assertThat(Format2Files.read(reader)).isEqualTo(slots);
            assertThat(Format2Files.read(reader)).isEqualTo(slots);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldWriteTheSameFileFromBatchesOfAnySize(final long seed) throws IOException {
        final byte[] slots = Format2Files.extreme(5_000, seed);
        final Path one = Format2Files.write(folder.resolve("one"), 300, slots);
        final Path other = folder.resolve("other");
        final SplittableRandom random = new SplittableRandom(seed);
        final SlotArray array = new SlotArray(1024);
        try (Format2Writer writer = Format2Writer.create(other, Format2Files.metadata(), 300, Format2Files.NO_SYNC)) {
            for (int done = 0; done < 5_000; ) {
                final int count = Math.min(5_000 - done, random.nextInt(1025));
                for (int i = 0; i < count; i++) {
                    array.buffer().putBytes(array.offset(done + i), slots, (done + i) * SLOT_LENGTH, SLOT_LENGTH);
                }
                writer.append(array, done, done + count - 1);
                done += count;
                assertThat(writer.lastSequence()).isEqualTo(done);
            }
        }
        assertThat(other).hasSameBinaryContentAs(one);
    }

    @Test
    void shouldWriteADayWithoutRecords() throws IOException {
        final Path path = Format2Files.write(folder.resolve("file"), 4096, new byte[0]);

        try (Format2Reader reader = Format2Reader.open(path)) {
            assertThat(reader.recordCount()).isZero();
            assertThat(reader.chunkCount()).isZero();
            assertThat(reader.metadata()).isEqualTo(Format2Files.metadata());
            assertThat(reader.cursor().nextBatch()).isZero();
        }
        assertThat(Format2Verifier.verify(path)).isEmpty();
    }

    @Test
    void shouldHashTheRecordsWhateverChunksTheyAreIn() throws Exception {
        final byte[] slots = Format2Files.extreme(5_000, 1);
        // The definition, in the library's own words.
        final MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int at = 0; at < slots.length; at += 1024 * SLOT_LENGTH) {
            final int length = Math.min(1024 * SLOT_LENGTH, slots.length - at);
            final long hash = XXHashFactory.safeInstance().hash64().hash(slots, at, length, 0);
            digest.update(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(hash)
                    .flip());
        }
        final String hash = HexFormat.of().formatHex(digest.digest());

        for (final int chunkCapacity : new int[] {1, 7, 1000, 1024, 2048, 65536}) {
            final Path path = folder.resolve("file" + chunkCapacity);
            final Format2Writer writer =
                    Format2Writer.create(path, Format2Files.metadata(), chunkCapacity, Format2Files.NO_SYNC);
            Format2Files.append(writer, slots);
            assertThatIllegalStateException().isThrownBy(writer::contentHash);
            writer.close();
            assertThat(writer.contentHash()).isEqualTo(hash);
            assertThat(writer.lengthBytes()).isEqualTo(Files.size(path));
            try (Format2Reader reader = Format2Reader.open(path)) {
                assertThat(reader.contentHash()).isEqualTo(hash);
            }
        }
    }

    @Test
    void shouldWriteAPartOfAChunkWhenAsked() throws IOException {
        final byte[] slots = Format2Files.plausible(10, 1);
        final Path path = folder.resolve("file");
        try (Format2Writer writer = Format2Writer.create(path, Format2Files.metadata(), 4096, Format2Files.NO_SYNC)) {
            writer.closeChunk();
            Format2Files.append(writer, Format2Files.part(slots, 0, 3));
            assertThat(writer.lastWrittenSequence()).isZero();
            writer.closeChunk();
            writer.closeChunk();
            assertThat(writer.lastWrittenSequence()).isEqualTo(3);
            assertThat(writer.lengthBytes()).isEqualTo(Files.size(path));
            final UnsafeBuffer buffer = new UnsafeBuffer(slots);
            for (int i = 3; i < 10; i++) {
                writer.append(buffer, i * SLOT_LENGTH);
            }
        }
        try (Format2Reader reader = Format2Reader.open(path)) {
            assertThat(reader.chunkCount()).isEqualTo(2);
            assertThat(reader.chunk(1).firstSequence()).isEqualTo(4);
            assertThat(reader.chunk(1).lastSequence()).isEqualTo(10);
            assertThat(Format2Files.read(reader)).isEqualTo(slots);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldMakeRoomForChunksThatAreLargerThanAllBefore(final boolean isExtreme) throws IOException {
        final int count = 1 << 13;
        final byte[] slots = isExtreme ? Format2Files.extreme(count, 1) : Format2Files.market(count, 1);
        final Path path = folder.resolve("file");
        try (Format2Writer writer = Format2Writer.create(path, Format2Files.metadata(), count, Format2Files.NO_SYNC)) {
            int from = 0;
            for (int to = 1; to <= count; to *= 2) {
                Format2Files.append(writer, Format2Files.part(slots, from, to));
                writer.closeChunk();
                from = to;
            }
        }
        assertThat(Format2Files.read(path)).isEqualTo(slots);
    }

    @Test
    void shouldLeaveAnExistingFileAsItIs() throws IOException {
        final Path path = folder.resolve("file");
        Files.writeString(path, "mine");

        assertThatThrownBy(() -> Format2Files.write(path, 1, new byte[0]))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is not overwritten");

        assertThat(path).hasContent("mine");
        Format2Writer.replace(path, Format2Files.metadata(), 1, Format2Files.NO_SYNC)
                .close();
        assertThat(Format2Files.read(path)).isEmpty();
    }

    @Test
    void shouldRefuseASecondWriter() throws IOException {
        final Path path = folder.resolve("file");
        final byte[] slots = Format2Files.plausible(3, 1);
        try (Format2Writer writer = Format2Writer.create(path, Format2Files.metadata(), 2, Format2Files.NO_SYNC)) {
            Format2Files.append(writer, slots);
            assertThatIOException()
                    .isThrownBy(() -> Format2Writer.replace(path, Format2Files.metadata(), 2, Format2Files.NO_SYNC))
                    .withMessageContaining("another writer has the file open");
        }
        assertThat(Format2Files.read(path)).isEqualTo(slots);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537})
    void shouldRefuseAChunkCapacityOutOfRange(final int chunkCapacity) {
        final Path path = folder.resolve("file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format2Files.write(path, chunkCapacity, new byte[0]))
                .withMessageContaining("chunkCapacity is " + chunkCapacity);
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldRefuseARecordThatIsNotTheNextOrIsNone() throws IOException {
        final Path path = folder.resolve("file");
        final byte[] slots = Format2Files.plausible(4, 1);
        final SlotArray array = new SlotArray(4);
        try (Format2Writer writer = Format2Writer.create(path, Format2Files.metadata(), 3, Format2Files.NO_SYNC)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(slots.clone());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.append(buffer, SLOT_LENGTH))
                    .withMessageContaining("sequence=2 must be 1");
            buffer.putByte(EventSlotDescriptor.RESERVED_OFFSET + 1, (byte) 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.append(buffer, 0))
                    .withMessageContaining("reserved bytes 0");
            buffer.putLong(0, ItchSlotDescriptor.ITCH_MESSAGE_HEADER);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.append(buffer, 0))
                    .withMessageContaining("a type that is not 0");
            buffer.putLong(0, EventSlotDescriptor.EVENT_HEADER + (1L << 48));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.append(buffer, 0))
                    .withMessageContaining("header=0x1154000010038");

            array.buffer().putBytes(0, slots);
            array.buffer().putLong(array.offset(3) + EventSlotDescriptor.SEQUENCE_OFFSET, 9);
            assertThatIllegalArgumentException().isThrownBy(() -> writer.append(array, 0, 3));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.append(array, 0, 4));
            assertThat(writer.lastSequence()).isZero();
            writer.append(array, 0, 2);
            array.buffer().putBytes(0, slots);
            writer.append(array, 3, 3);
        }
        assertThat(Format2Files.read(path)).isEqualTo(slots);
    }

    @Test
    void shouldRefuseRecordsOnceClosed() throws IOException {
        final Format2Writer writer =
                Format2Writer.create(folder.resolve("file"), Format2Files.metadata(), 2, Format2Files.NO_SYNC);
        writer.close();
        writer.close();
        final UnsafeBuffer slot = new UnsafeBuffer(Format2Files.plausible(1, 1));
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.append(slot, 0))
                .withMessageContaining("is closed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 20})
    void shouldWriteTheSameFileHoweverLittleTheSystemTakesAtATime(final int mostBytesPerWrite) throws IOException {
        final byte[] slots = Format2Files.extreme(50, 3);
        final Path whole = Format2Files.write(folder.resolve("whole"), 8, slots);
        final Path path = folder.resolve("file");
        try (Format2Writer writer = writer(path, mostBytesPerWrite, Long.MAX_VALUE, "chunk")) {
            Format2Files.append(writer, slots);
        }
        assertThat(path).hasSameBinaryContentAs(whole);
    }

    @Test
    void shouldKeepAllChunksBeforeADiskThatIsFull() throws IOException {
        final byte[] slots = Format2Files.extreme(60, 4);
        final Path whole = Format2Files.write(folder.resolve("whole"), 8, slots);
        final long length = Files.size(whole);
        for (long room = Format2Header.encode(8, Format2Files.metadata()).capacity(); room < length; room += 61) {
            final Path path = folder.resolve("file" + room);
            final Format2Writer writer = writer(path, 100, room, "chunk");
            assertThatIOException()
                    .isThrownBy(() -> appendAndClose(writer, slots))
                    .withMessageContaining(path + ": cannot write at position " + room)
                    .withMessageContaining("Last durable sequence: " + writer.lastDurableSequence());
            assertThat(writer.lastDurableSequence()).isEqualTo(writer.lastWrittenSequence());
            assertThatIllegalStateException().isThrownBy(writer::closeChunk);
            writer.close();
            assertThatIllegalStateException().isThrownBy(writer::contentHash);
            try (Format2Reader reader = Format2Reader.recover(path)) {
                assertThat(reader.recordCount()).isEqualTo(writer.lastDurableSequence());
                assertThat(reader.losses()).isNotEmpty();
                assertThat(Format2Files.read(reader))
                        .isEqualTo(Format2Files.part(slots, 0, (int) writer.lastDurableSequence()));
            }
        }
    }

    private static void appendAndClose(final Format2Writer writer, final byte[] slots) throws IOException {
        Format2Files.append(writer, slots);
        writer.close();
    }

    @Test
    void shouldRefuseTheRowsOfVersionZeroInOneSentence() throws IOException {
        final byte[] bytes = Files.readAllBytes(Format2Files.write(folder.resolve("file"), 8, new byte[0]));
        bytes[Format2Descriptor.VERSION_MINOR_OFFSET] = 0;
        assertThatThrownBy(() -> Format2Reader.open(new BytesFile(bytes)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage(
                        "bytes.qrsdp: at offset 8: version is 2.0, must be 2.1. Read it with the program that wrote it,"
                                + " or write it anew with this one");
    }

    @Test
    void shouldSayWhereTheDiskWasFullForTheHeader() {
        assertThatIOException()
                .isThrownBy(() -> writer(folder.resolve("file"), 100, 10, "chunk"))
                .withMessageContaining("cannot write at position 10")
                .withMessageContaining("Last durable sequence: 0");
    }

    private static Format2Writer writer(
            final Path path, final int mostBytesPerWrite, final long bytesLeft, final String policy)
            throws IOException {
        final FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Format2Writer(
                path,
                new FaultyChannel(channel, mostBytesPerWrite, bytesLeft),
                Format2Files.metadata(),
                8,
                SyncPolicy.parse(policy),
                Compression.LZ4,
                SystemNanoClock.INSTANCE);
    }
}
