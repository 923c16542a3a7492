package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.importer.ItchBookBuilder;
import io.tapedeck.engine.importer.ItchFileReader;
import io.tapedeck.testing.AllocationMeter;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Books from records against books straight from the messages that the records came from. */
class RecordBookBuilderTest {
    private static final int CAPACITY = 1 << 17;

    private final SlotArray slots = new SlotArray(CAPACITY);
    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());

    @ParameterizedTest
    @ValueSource(strings = {"aapl-20120621-0930-1030", "nasdaq-20191230-open", "all-23-types"})
    void shouldBuildTheBooksThatTheMessagesBuild(final String name) throws IOException {
        final ItchBookBuilder expected = new ItchBookBuilder(new OrderBooks());
        final long count = translate(name, expected);

        builder.onBatch(slots, 0, count - 1);

        assertThat(builder.books().orderCount())
                .isEqualTo(expected.books().orderCount())
                .isPositive();
        assertThat(builder.refusedCount()).isEqualTo(expected.unknownReferenceCount());
        for (int instrumentId = 1; instrumentId < expected.books().instrumentLimit(); instrumentId++) {
            assertThat(builder.books().book(instrumentId).hash())
                    .as("instrument %d", instrumentId)
                    .isEqualTo(expected.books().book(instrumentId).hash());
        }
    }

    @Test
    void shouldAllocateNothingOnceItHasGrown() throws IOException {
        final long count = translate("aapl-20120621-0930-1030", new ItchBookBuilder(new OrderBooks()));

        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    builder.books().clear();
                    builder.onBatch(slots, 0, count - 1);
                },
                20);

        assertThat(bytes).isZero();
    }

    private long translate(final String name, final ItchBookBuilder messages) throws IOException {
        long count = 0;
        try (ItchFileReader reader = ItchFileReader.open(TestData.file("itch/" + name + ".itch50"))) {
            while (reader.next()) {
                final int offset = reader.messageOffset();
                final int length = reader.messageLength();
                messages.apply(reader.buffer(), offset, length, reader.messageNumber());
                final ItchToRecord translator = new ItchToRecord(messages.directory());
                // A file that was cut out of a day may name a stock that nothing has defined, in messages about no
                // order.
                if (translator.translate(
                                reader.buffer(), offset, length, slots.buffer(), slots.offset(count), count + 1)
                        > 0) {
                    count++;
                }
            }
        }
        return count;
    }
}
