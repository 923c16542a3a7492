package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadPinsTest {
    @Test
    void shouldFindEachThreadOfEachUnit() {
        final ThreadPins pins = ThreadPins.parse("producer=3,u0-journal=1,u12-line-a=7");

        assertThat(pins.cpu(0, "producer")).isEqualTo(3);
        assertThat(pins.cpu(0, "journal")).isEqualTo(1);
        assertThat(pins.cpu(12, "line-a")).isEqualTo(7);
        assertThat(pins.cpu(1, "producer")).isEqualTo(CpuPinning.ANYWHERE);
        assertThat(pins).hasToString("u0-journal=1, u0-producer=3, u12-line-a=7");
        assertThat(ThreadPins.NONE.cpu(0, "producer")).isEqualTo(CpuPinning.ANYWHERE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "journal", "journal=", "=1", "journal=-1", "journal=1,", "u0journal", "a=1,a=2", "J=1"})
    void shouldRefuseWhatIsNoPin(final String text) {
        assertThatThrownBy(() -> ThreadPins.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseThreadsAndCpusThatAreNotThere() {
        assertThatThrownBy(() -> ThreadPins.parse("u1-journal=0").check(Set.of("journal"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[u0-journal]");
        assertThatThrownBy(() -> ThreadPins.parse("journal=9999").check(Set.of("journal"), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9999");
    }

    @Test
    void shouldLetTheThreadGoWhenTheWorkIsDone() {
        final BitSet before = CpuPinning.allowedCpus();
        assumeFalse(before.isEmpty(), "skipped: this system does not pin threads");
        final List<BitSet> meanwhile = new ArrayList<>();

        CpuPinning.runPinned(before.nextSetBit(0), RunListener.NONE, () -> meanwhile.add(CpuPinning.allowedCpus()));

        final BitSet pinned = new BitSet();
        pinned.set(before.nextSetBit(0));
        assertThat(meanwhile).containsExactly(pinned);
        assertThat(CpuPinning.allowedCpus()).isEqualTo(before);
    }
}
