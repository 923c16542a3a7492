package io.tapedeck.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text formats of {@link BboRecorder} and {@link DepthWriter}. */
class BookTextTest {
    private final OrderBooks books = new OrderBooks();
    private final LocateDirectory directory = new LocateDirectory();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final WritableByteChannel channel = Channels.newChannel(text);

    @Test
    void shouldWriteARowOnlyWhenTheTouchChangedAndHasTwoSides() throws IOException {
        directory.define(1, Alpha.toLong("ONE"), 1);
        directory.define(2, Alpha.toLong("TWO"), 100);
        try (BboRecorder recorder = new BboRecorder(channel, directory)) {
            books.add(1, 1, Side.BID, 99, 10);
            recorder.onEvent(1, 1_000, books.book(1));
            books.add(2, 1, Side.ASK, 101, 20);
            recorder.onEvent(2, 2_000, books.book(1));
            books.add(3, 1, Side.ASK, 102, 20);
            recorder.onEvent(3, 3_000, books.book(1));
            books.delete(1);
            recorder.onEvent(4, 4_000, books.book(1));
            books.add(4, 1, Side.BID, 99, 10);
            recorder.onEvent(5, 5_000, books.book(1));
            books.add(5, 1, Side.BID, 99, Integer.MAX_VALUE);
            recorder.onEvent(6, 6_000, books.book(1));
            books.add(6, 2, Side.BID, -7, 1);
            books.add(7, 2, Side.ASK, Integer.MAX_VALUE, 2);
            recorder.onEvent(7, 7_000, books.book(2));
            recorder.onEvent(8, 8_000, books.book(1));
            assertThat(recorder.rowCount()).isEqualTo(3);
        }

        assertThat(text.toString(StandardCharsets.US_ASCII))
                .isEqualTo("after_event,timestamp_ns,symbol,best_ask,ask_quantity,best_bid,bid_quantity\n"
                        + "2,2000,ONE,101,20,99,10\n"
                        + "6,6000,ONE,101,20,99,2147483657\n"
                        + "7,7000,TWO,214748364700,2,-700,1\n");
    }

    @Test
    void shouldSortDepthByTheBytesOfItsRows() throws IOException {
        directory.define(1, Alpha.toLong("AB"), 1);
        directory.define(2, Alpha.toLong("A"), 1);
        directory.define(3, Alpha.toLong("A+"), 1);
        books.add(1, 1, Side.ASK, 1_000, 1);
        books.add(2, 1, Side.ASK, 9, 2);
        books.add(3, 2, Side.BID, 53, 3);
        books.add(4, 2, Side.BID, 530, 4);
        books.add(5, 2, Side.BID, 530, 5);
        books.add(6, 2, Side.BID, -1, 5);
        books.add(7, 3, Side.BID, 1, 5);

        assertThat(new DepthWriter(directory).add(books).write(channel)).isEqualTo(6);

        assertThat(text.toString(StandardCharsets.US_ASCII))
                .isEqualTo("A+,B,1,5,1\nA,B,-1,5,1\nA,B,53,3,1\nA,B,530,9,2\nAB,S,1000,1,1\nAB,S,9,2,1\n");
    }

    @Test
    void shouldKeepRowsWholeWhenASymbolIsDamaged() throws IOException {
        directory.define(1, 0x41_2C_0A_22_00_FF_7F_20L, 1);
        books.add(1, 1, Side.ASK, 5, 1);

        new DepthWriter(directory).add(books).write(channel);

        assertThat(text.toString(StandardCharsets.US_ASCII)).isEqualTo("A??????,S,5,1,1\n");
    }

    @Test
    void shouldWriteEverythingWhenTheChannelTakesOneByteAtATime() throws IOException {
        directory.define(1, Alpha.toLong("ONE"), 1);
        for (int i = 1; i <= 6_000; i++) {
            books.add(i, 1, Side.ASK, i, i);
        }
        final WritableByteChannel slow = new WritableByteChannel() {
            @Override
            public int write(final ByteBuffer source) {
                text.write(source.get());
                return 1;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };

        assertThat(new DepthWriter(directory).add(books).write(slow)).isEqualTo(6_000);

        assertThat(text.toString(StandardCharsets.US_ASCII).lines())
                .hasSize(6_000)
                .contains("ONE,S,6000,6000,1");
    }

    @Test
    void shouldSayWhenTheChannelCannotBeWritten() throws IOException {
        final BboRecorder recorder = new BboRecorder(channel, directory);
        channel.close();
        final WritableByteChannel full = new WritableByteChannel() {
            @Override
            public int write(final ByteBuffer source) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };

        assertThatThrownBy(recorder::close).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new BboRecorder(full, directory).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }
}
