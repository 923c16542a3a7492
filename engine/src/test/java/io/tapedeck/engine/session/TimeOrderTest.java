package io.tapedeck.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOrderTest {
    private final TimeOrder order = new TimeOrder();

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "1, 1000",
        "2, 2",
        "7, 3",
        "100, 1",
        "100, 10",
        "1000, 1000",
        "5000, 549755813888",
        "5000, 549755813887",
        "4096, 4096",
        "300, 17",
        "3000, 1000000007"
    })
    void shouldSortLikeAStableSortWhenTimesAreSpread(final int size, final long windowNs) {
        final SplittableRandom random = new SplittableRandom(size + windowNs);
        shouldSort(random.longs(size, 0, windowNs).toArray(), windowNs);
    }

    @Test
    void shouldSortLikeAStableSortWhenAllTimesAreAtTheEndOfTheWindow() {
        final SplittableRandom random = new SplittableRandom(1);
        shouldSort(random.longs(2_000, 999_990, 1_000_000).toArray(), 1_000_000);
    }

    @Test
    void shouldSortAnewWhenItIsReset() {
        shouldSort(new long[] {3, 1, 2, 1}, 4);
        shouldSort(new long[] {5, 0}, 6);
        shouldSort(new long[] {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, 10);
    }

    private void shouldSort(final long[] times, final long windowNs) {
        order.reset(times.length);
        Arrays.stream(times).forEach(order::add);
        order.sort(windowNs);
        final Integer[] expected = new Integer[times.length];
        Arrays.setAll(expected, i -> i);
        Arrays.sort(expected, Comparator.comparingLong(i -> times[i]));
        for (int rank = 0; rank < times.length; rank++) {
            assertThat(order.position(rank)).isEqualTo(expected[rank]);
        }
    }
}
