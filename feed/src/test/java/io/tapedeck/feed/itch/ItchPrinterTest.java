package io.tapedeck.feed.itch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.ReceiverContext;
import io.tapedeck.testing.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ItchPrinterTest {
    private final StringBuilder out = new StringBuilder();
    private final ItchPrinter printer = new ItchPrinter(out);

    /** The reference program's packets, and what its own listener printed for them. */
    @Test
    void shouldPrintWhatTheReferenceListenerPrints() throws IOException {
        final List<String> expected =
                Files.readAllLines(TestData.reference("itch-var-simple-short-s42.listen.txt")).stream()
                        .filter(line -> line.startsWith("[seq="))
                        .collect(Collectors.toList());
        final byte[] file = Files.readAllBytes(TestData.reference("itch-var-simple-short-s42.packets"));
        final UnsafeBuffer packets = new UnsafeBuffer(file);
        final MoldReceiver receiver = new MoldReceiver(new ReceiverContext(), printer);
        int position = 0;
        while (position < file.length) {
            final int length = packets.getInt(position, ByteOrder.LITTLE_ENDIAN);
            assertThat(receiver.onPacket(0, packets, position + Integer.BYTES, length, 0))
                    .isTrue();
            position += Integer.BYTES + length;
        }

        assertThat(expected).hasSize(389);
        assertThat(receiver.counts().packetCount()).isEqualTo(13);
        assertThat(lines()).isEqualTo(expected);
    }

    @Test
    void shouldPrintEveryTypeInOneLine() {
        final TestTape tape = TestTape.file("itch/all-23-types.itch50");
        for (int i = 0; i < tape.size(); i++) {
            print(i + 1, tape.messages.get(i));
        }

        assertThat(lines()).hasSize(26).allMatch(line -> line.matches("\\[seq=\\d+] [A-Z_]+ .* ts=\\d+"));
        assertThat(lines().stream()
                        .map(line -> line.replaceAll("^\\S+ (\\S+) .*", "$1"))
                        .distinct())
                .hasSize(22)
                .contains("ORDER_REPLACE", "TRADE", "CROSS_TRADE", "BROKEN_TRADE", "NET_ORDER_IMBALANCE_INDICATOR");
    }

    @Test
    void shouldPrintNumbersUnsignedAndPricesWithFourDecimals() {
        final ByteBuffer message = ByteBuffer.allocate(36);
        message.put("A".getBytes(US_ASCII)).putShort((short) 1).putShort((short) 0);
        message.putShort((short) 0xFFFF).putInt(-1);
        message.putLong(-1).put((byte) 'S').putInt(-1);
        message.put("\u001b[31mX  ".getBytes(US_ASCII)).putInt(-1);
        print(3, message.array());
        message.putInt(32, 10_001);
        print(4, message.array());

        assertThat(lines())
                .containsExactly(
                        "[seq=3] ADD_ORDER ref=18446744073709551615 side=S shares=4294967295 stock=?[31mX   "
                                + "price=429496.7295 ts=281474976710655",
                        "[seq=4] ADD_ORDER ref=18446744073709551615 side=S shares=4294967295 stock=?[31mX   "
                                + "price=1.0001 ts=281474976710655");
    }

    @Test
    void shouldPrintTheLengthWhenItIsNoItchMessage() {
        print(1, new byte[0]);
        print(2, "A too short".getBytes(US_ASCII));

        assertThat(lines()).containsExactly("[seq=1] NOT_ITCH length=0", "[seq=2] NOT_ITCH length=11");
    }

    @Test
    void shouldPassOnThatTheOutputCannotBeWritten() {
        final Writer full = new Writer() {
            @Override
            public void write(final char[] chars, final int offset, final int length) throws IOException {
                throw new IOException("no space");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> new ItchPrinter(full).onMessage(1, new UnsafeBuffer(new byte[1]), 0, 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space");
    }

    private void print(final long sequence, final byte[] message) {
        printer.onMessage(sequence, new UnsafeBuffer(message), 0, message.length);
    }

    private List<String> lines() {
        return out.toString().lines().collect(Collectors.toList());
    }
}
