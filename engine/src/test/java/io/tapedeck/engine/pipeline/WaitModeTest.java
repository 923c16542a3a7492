package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitModeTest {
    @ParameterizedTest
    @CsvSource({"busy-spin, BUSY_SPIN", "yield, YIELD", "backoff, BACKOFF", "block, BLOCK"})
    void shouldParseTheTextThatItPrints(final String text, final WaitMode mode) {
        assertThat(WaitMode.parse(text)).isEqualTo(mode);
        assertThat(mode).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spin", "BUSY_SPIN", "Yield", "block "})
    void shouldNameTheChoicesWhenTheTextIsUnknown(final String text) {
        assertThatThrownBy(() -> WaitMode.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown wait mode: use busy-spin, yield, backoff or block: waitMode=" + text);
    }

    @Test
    void shouldRefuseNoText() {
        assertThatThrownBy(() -> WaitMode.parse(null)).hasMessageEndingWith("waitMode=null");
    }
}
