package io.tapedeck.codecs.itch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlphaTest {
    @Test
    void shouldPackTextWithTheFirstCharacterHighest() {
        assertThat(Alpha.toLong("AAPL")).isEqualTo(0x4141_504C_2020_2020L);
        assertThat(Alpha.toInt("NSDQ")).isEqualTo(0x4E53_4451);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "BRK.A", "ABCDEFGH", "A B"})
    void shouldGiveBackTheTextThatWasPacked(final String text) {
        assertThat(Alpha.text(Alpha.toLong(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "LUDP"})
    void shouldGiveBackTheShortTextThatWasPacked(final String text) {
        assertThat(Alpha.text(Alpha.toInt(text))).isEqualTo(text);
    }

    @Test
    void shouldRefuseTextThatDoesNotFitOrIsNotAscii() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alpha.toLong("ABCDEFGHI"))
                .withMessageContaining("ABCDEFGHI");
        assertThatIllegalArgumentException().isThrownBy(() -> Alpha.toInt("ABCDE"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alpha.toInt("\u00C4"))
                .withMessageContaining("index=0");
    }
}
