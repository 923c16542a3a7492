package io.tapedeck.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderQueueTest {
    private static final int STEPS = 50_000;

    /** Target sizes on both sides of each doubling. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 15, 16, 17, 33, 200})
    void shouldBehaveLikeAListWhenOrdersComeAndGo(final int targetSize) {
        final SplittableRandom random = new SplittableRandom(targetSize);
        final OrderQueue queue = new OrderQueue();
        final List<Long> list = new ArrayList<>();
        for (long step = 0; step < STEPS; step++) {
            if (list.isEmpty() || random.nextInt(2 * targetSize) >= list.size()) {
                queue.add(step);
                list.add(step);
            } else {
                final int rank = random.nextInt(list.size());
                switch (random.nextInt(4)) {
                    case 0:
                        assertThat(queue.removeOldest()).isEqualTo(list.remove(0));
                        break;
                    case 1:
                        assertThat(queue.removeYoungest()).isEqualTo(list.remove(list.size() - 1));
                        break;
                    default:
                        assertThat(queue.remove(rank)).isEqualTo(list.remove(rank));
                }
            }
            if (step % 64 == 0) {
                assertSame(queue, list);
            }
        }
        queue.clear();
        list.clear();
        queue.add(5);
        list.add(5L);
        assertSame(queue, list);
    }

    private static void assertSame(final OrderQueue queue, final List<Long> list) {
        assertThat(queue.size()).isEqualTo(list.size());
        for (int rank = 0; rank < list.size(); rank++) {
            assertThat(queue.get(rank)).isEqualTo(list.get(rank));
        }
    }
}
