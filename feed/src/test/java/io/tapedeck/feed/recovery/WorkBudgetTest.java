package io.tapedeck.feed.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkBudgetTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double SHARE = 0.25;
    private static final long START_NS = -7 * MS;

    private final WorkBudget budget = new WorkBudget(SHARE, 5 * MS, START_NS);

    @Test
    void shouldKeepToItsShareOfTheTime() {
        long workedMs = 0;
        for (int ms = 0; ms < 10_000; ms++) {
            if (budget.isOpen(START_NS + ms * MS)) {
                budget.spend(3 * MS);
                workedMs += 3;
            }
        }

        assertThat(workedMs).isBetween(2_500L, 2_510L);
    }

    @Test
    void shouldAllowABurstAfterAPause() {
        assertThat(budget.isOpen(START_NS)).isTrue();
        budget.spend(4 * MS);
        assertThat(budget.isOpen(START_NS)).isTrue();
        budget.spend(MS);
        assertThat(budget.isOpen(START_NS)).isFalse();
    }

    @Test
    void shouldNotPayForTheTimeInWhichItsThreadWasHeldUp() {
        assertThat(budget.isOpen(START_NS)).isTrue();
        budget.spend(60_000 * MS);

        assertThat(budget.isOpen(START_NS + 1_000 * MS)).isFalse();
        assertThat(budget.isOpen(START_NS + 1_001 * MS)).isTrue();
    }
}
