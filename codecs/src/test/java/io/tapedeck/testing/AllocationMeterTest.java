package io.tapedeck.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The control of every allocation test: a meter that never sees anything would pass them all. */
class AllocationMeterTest {
    private static Object sink;

    @Test
    void shouldCatchOneSmallObjectPerEvent() {
        final int events = 10_000;
        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < events; i++) {
                        sink = new byte[1];
                    }
                },
                5);

        assertThat(sink).isNotNull();
        assertThat(bytes).isGreaterThanOrEqualTo(16L * events);
    }

    @Test
    void shouldSeeNothingWhereNothingIsAllocated() {
        final long[] sum = new long[1];
        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        sum[0] += i;
                    }
                },
                5);

        assertThat(bytes).isZero();
    }
}
