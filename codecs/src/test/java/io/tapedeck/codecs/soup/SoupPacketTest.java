package io.tapedeck.codecs.soup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.glimpse.EndOfSnapshot;
import io.tapedeck.testing.AllocationMeter;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoupPacketTest {
    private static final SoupText USER = SoupText.of("user", 6);
    private static final SoupText PASSWORD = SoupText.of("secret", 10);
    private static final SoupText SESSION = SoupText.of("2601020000", 10);
    private static final SoupText SHORT_SESSION = SoupText.of("TAPE", 10);

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final SoupPacketReader reader = new SoupPacketReader();

    @Test
    void shouldWriteALoginAsTheSpecificationHasIt() {
        final int length = SoupLoginRequest.put(buffer, 0, USER, PASSWORD, SHORT_SESSION, 1);

        assertThat(length).isEqualTo(49);
        assertThat(text(length)).isEqualTo("\0/L" + "user  " + "secret    " + "      TAPE" + "                   1");
    }

    @Test
    void shouldWriteAnAcceptedLoginAsTheSpecificationHasIt() {
        final int length = SoupLoginAccepted.put(buffer, 0, SHORT_SESSION, 1_234);

        assertThat(length).isEqualTo(33);
        assertThat(text(length)).isEqualTo("\0\37A" + "      TAPE" + "                1234");
    }

    @Test
    void shouldWriteARejectedLoginAsTheSpecificationHasIt() {
        final int length = SoupDescriptor.putRejection(buffer, 0, SoupDescriptor.NO_SESSION);

        assertThat(text(length)).isEqualTo("\0\2JS");
    }

    @Test
    void shouldWriteTheEndOfASnapshotAsTheSpecificationHasIt() {
        final int length = EndOfSnapshot.put(buffer, 0, Long.MAX_VALUE);

        assertThat(length).isEqualTo(21);
        assertThat(text(length)).isEqualTo("G09223372036854775807");
        assertThat(EndOfSnapshot.is(buffer, 0, length)).isTrue();
        assertThat(EndOfSnapshot.is(buffer, 0, length - 1)).isFalse();
        assertThat(EndOfSnapshot.sequence(buffer, 0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldReadALoginWhateverItsCaseAndPadding() {
        final SoupLoginRequest request = new SoupLoginRequest();
        buffer.putStringWithoutLengthAscii(0, " USER     Secret2601020000      1             ");

        assertThat(request.tryWrap(buffer, 0, 46)).isTrue();
        assertThat(request.isOf(USER)).isTrue();
        assertThat(request.hasPassword(PASSWORD)).isTrue();
        assertThat(request.isFor(SESSION)).isTrue();
        assertThat(request.sequence()).isOne();
        assertThat(request.isOf(PASSWORD)).isFalse();
        assertThat(request.hasPassword(USER)).isFalse();
        assertThat(request.isFor(SHORT_SESSION)).isFalse();
        assertThat(request.tryWrap(buffer, 0, 45)).isFalse();
        assertThat(request.tryWrap(buffer, 0, 51)).isFalse();
    }

    @Test
    void shouldTakeABlankSessionForTheOneThatIsThere() {
        SoupLoginRequest.put(buffer, 0, USER, PASSWORD, SoupText.BLANK, 0);
        final SoupLoginRequest request = new SoupLoginRequest();

        assertThat(request.tryWrap(buffer, 3, 46)).isTrue();
        assertThat(request.isFor(SESSION)).isTrue();
        assertThat(request.sequence()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'                   0', 0",
        "'0                   ', 0",
        "'        42          ', 42",
        "'00000000000000000042', 42",
        "' 9223372036854775807', 9223372036854775807",
        "' 9223372036854775808', -1",
        "'99999999999999999999', -1",
        "'                    ', -1",
        "'         1 2        ', -1",
        "'                  -1', -1",
        "'                  1x', -1"
    })
    void shouldReadANumberOrSayThatThereIsNone(final String field, final long number) {
        buffer.putStringWithoutLengthAscii(5, field);

        assertThat(SoupNumber.get(buffer, 5)).isEqualTo(number);
    }

    @Test
    void shouldReadPacketsFromAStreamThatIsCutAnywhere() {
        int length = SoupLoginRequest.put(buffer, 0, USER, PASSWORD, SESSION, 1);
        length += SoupDescriptor.putHeader(buffer, length, SoupDescriptor.CLIENT_HEARTBEAT, 0);
        length += SoupDescriptor.putHeader(buffer, length, SoupDescriptor.DEBUG, 5);
        for (int cut = 0; cut <= length; cut++) {
            reader.wrap(buffer, 0, cut);
            final StringBuilder types = new StringBuilder();
            while (reader.next() == SoupPacketReader.PACKET) {
                types.append((char) reader.type()).append(reader.payloadLength());
            }
            assertThat(types).hasToString(cut < 49 ? "" : cut < 52 ? "L46" : cut < length ? "L46R0" : "L46R0+5");
            assertThat(reader.position()).isEqualTo(cut < 49 ? 0 : cut < 52 ? 49 : cut < length ? 52 : length);
            assertThat(reader.next()).isEqualTo(SoupPacketReader.INCOMPLETE);
        }
    }

    @Test
    void shouldCallAPacketWithoutTypeMalformed() {
        reader.wrap(buffer, 0, 3);

        assertThat(reader.next()).isEqualTo(SoupPacketReader.MALFORMED);
        assertThat(reader.next()).isEqualTo(SoupPacketReader.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seventh", "caf\u00e9", "a\tb"})
    void shouldRefuseTextThatNoFieldHolds(final String text) {
        assertThatThrownBy(() -> SoupText.of(text, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void shouldAllocateNothing() {
        final SoupLoginRequest request = new SoupLoginRequest();
        final SoupLoginAccepted accepted = new SoupLoginAccepted();
        final boolean[] isRight = new boolean[1];
        final Runnable work = () -> {
            int length = SoupLoginRequest.put(buffer, 0, USER, PASSWORD, SESSION, 1);
            length += SoupLoginAccepted.put(buffer, length, SESSION, 1);
            reader.wrap(buffer, 0, length);
            boolean right = reader.next() == SoupPacketReader.PACKET
                    && request.tryWrap(buffer, reader.payloadOffset(), reader.payloadLength())
                    && request.isOf(USER)
                    && request.hasPassword(PASSWORD)
                    && request.isFor(SESSION)
                    && request.sequence() == 1;
            right &= reader.next() == SoupPacketReader.PACKET
                    && accepted.tryWrap(buffer, reader.payloadOffset(), reader.payloadLength())
                    && accepted.isFor(SESSION)
                    && accepted.sequence() == 1;
            isRight[0] = right;
        };

        assertThat(AllocationMeter.leastAllocatedBytes(work, 20)).isZero();
        assertThat(isRight[0]).isTrue();
    }

    private String text(final int length) {
        return new String(buffer.byteArray(), 0, length, StandardCharsets.ISO_8859_1);
    }
}
