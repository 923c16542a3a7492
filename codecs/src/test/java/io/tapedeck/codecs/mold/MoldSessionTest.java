package io.tapedeck.codecs.mold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoldSessionTest {
    @ParameterizedTest
    @ValueSource(strings = {"A", "UNIT0", "20260102", "000010059B"})
    void shouldWriteTenBytesPaddedWithSpacesAndReadThemBack(final String name) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[12]);
        final MoldSession session = MoldSession.of(name);
        session.put(buffer, 1);

        assertThat(new String(buffer.byteArray(), 1, 10, StandardCharsets.US_ASCII))
                .isEqualTo(String.format("%-10s", name));
        assertThat(buffer.getByte(0)).isZero();
        assertThat(buffer.getByte(11)).isZero();
        assertThat(session.matches(buffer, 1)).isTrue();
        assertThat(MoldSession.read(buffer, 1)).isEqualTo(session).hasSameHashCodeAs(session);
        assertThat(session).hasToString(name);
    }

    @Test
    void shouldNotMatchASessionThatDiffersInAnyByte() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[10]);
        final MoldSession session = MoldSession.of("ABCDEFGHIJ");
        for (int i = 0; i < 10; i++) {
            session.put(buffer, 0);
            buffer.putByte(i, (byte) '?');
            assertThat(session.matches(buffer, 0)).isFalse();
            assertThat(MoldSession.read(buffer, 0)).isNotEqualTo(session);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "ABCDEFGHIJK", "\u00C4", "A\n"})
    void shouldRefuseANameThatIsBlankTooLongOrNotPrintable(final String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> MoldSession.of(name));
    }
}
