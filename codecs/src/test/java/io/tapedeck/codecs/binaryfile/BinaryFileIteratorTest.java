package io.tapedeck.codecs.binaryfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.paritytrading.nassau.binaryfile.BinaryFILEReader;
import io.tapedeck.codecs.itch.ItchSamples;
import io.tapedeck.testing.TestData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryFileIteratorTest {
    private final BinaryFileIterator iterator = new BinaryFileIterator();

    @ParameterizedTest
    @ValueSource(strings = {"itch/nasdaq-20191230-open.itch50", "itch/all-23-types.itch50"})
    void shouldFindTheMessagesThatAnIndependentReaderFinds(final String file) throws IOException {
        final byte[] bytes = TestData.bytes(file);
        final List<byte[]> expected = new ArrayList<>();
        try (BinaryFILEReader reader = new BinaryFILEReader(new ByteArrayInputStream(bytes), message -> {
            final byte[] copy = new byte[message.remaining()];
            message.get(copy);
            expected.add(copy);
        })) {
            while (reader.read() >= 0) {
                continue;
            }
        }

        assertThat(ItchSamples.split(bytes))
                .usingElementComparator(Arrays::compare)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void shouldStopAtTheEndOfTheSessionWhateverFollows() {
        final List<byte[]> messages = ItchSamples.arbitrary(1, 1);
        final byte[] file = ItchSamples.join(messages);
        final byte[] longer = Arrays.copyOf(file, file.length + 100);
        Arrays.fill(longer, file.length, longer.length, (byte) 1);

        assertThat(ItchSamples.split(longer)).hasSameSizeAs(messages);
        iterator.wrap(new UnsafeBuffer(longer), 0, longer.length);
        while (BinaryFileIterator.MESSAGE == iterator.next()) {
            continue;
        }
        assertThat(iterator.next()).isEqualTo(BinaryFileIterator.END_OF_SESSION);
        assertThat(iterator.next()).isEqualTo(BinaryFileIterator.END_OF_SESSION);
        assertThat(iterator.position()).isEqualTo(file.length - BinaryFileDescriptor.LENGTH_FIELD_LENGTH);
    }

    @Test
    void shouldGiveEveryWholeMessageAndWhereTheCutOneStartsWhenAFileIsCutAtAnyByte() {
        final List<byte[]> messages = ItchSamples.arbitrary(2, 1);
        final byte[] file = ItchSamples.join(messages);
        for (int cut = 0; cut < file.length - 2; cut++) {
            int whole = 0;
            int start = 0;
            while (start + 2 + messages.get(whole).length <= cut) {
                start += 2 + messages.get(whole++).length;
            }

            iterator.wrap(new UnsafeBuffer(Arrays.copyOf(file, cut)), 0, cut);
            for (int i = 0; i < whole; i++) {
                assertThat(iterator.next()).isEqualTo(BinaryFileIterator.MESSAGE);
                assertThat(iterator.messageLength()).isEqualTo(messages.get(i).length);
            }
            final int end = start == cut ? BinaryFileIterator.END_OF_WINDOW : BinaryFileIterator.TRUNCATED;
            assertThat(iterator.next()).isEqualTo(end);
            assertThat(iterator.next()).isEqualTo(end);
            assertThat(iterator.position()).isEqualTo(start);
        }
    }

    @Test
    void shouldReadALengthAsUnsigned() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2 + BinaryFileDescriptor.MAX_MESSAGE_LENGTH]);
        BinaryFileDescriptor.putMessageLength(buffer, 0, BinaryFileDescriptor.MAX_MESSAGE_LENGTH);

        assertThat(iterator.wrap(buffer, 0, buffer.capacity()).next()).isEqualTo(BinaryFileIterator.MESSAGE);
        assertThat(iterator.messageLength()).isEqualTo(65_535);
        assertThat(iterator.next()).isEqualTo(BinaryFileIterator.END_OF_WINDOW);
    }

    @Test
    void shouldRefuseAWindowThatIsNotInsideTheBuffer() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> iterator.wrap(new UnsafeBuffer(new byte[4]), 2, 3));
    }
}
