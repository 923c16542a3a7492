package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotListTest {
    private static final int CAPACITY = 40;
    private static final int STEPS = 5_000;
    private static final int KEYS = 200;

    private final SlotList slots = new SlotList(CAPACITY);

    @Test
    void shouldBeEmptyAtFirstAndWhenCleared() {
        for (int round = 0; round < 2; round++) {
            assertThat(slots.head()).isEqualTo(SlotList.NONE);
            assertThat(slots.tail()).isEqualTo(SlotList.NONE);
            assertThat(slots.freeCount()).isEqualTo(CAPACITY);
            assertThat(slots.firstFrom(0, new long[CAPACITY])).isEqualTo(SlotList.NONE);
            for (int i = 0; i < CAPACITY; i++) {
                slots.insertBefore(SlotList.NONE);
            }
            assertThat(slots.freeCount()).isZero();
            slots.clear();
        }
    }

    /** Like a plain list of keys in ascending order, equal ones in the order in which they came. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldKeepTheOrderOfAPlainList(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] keys = new long[CAPACITY];
        final List<Integer> model = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (model.isEmpty() || model.size() < CAPACITY && random.nextBoolean()) {
                final long key = random.nextInt(KEYS);
                final int index = indexFrom(model, keys, key + 1);
                final int after = slots.firstFrom(key + 1, keys);
                assertThat(after).isEqualTo(index == model.size() ? SlotList.NONE : model.get(index));
                final int slot = slots.insertBefore(after);
                assertThat(model).doesNotContain(slot);
                keys[slot] = key;
                model.add(index, slot);
            } else {
                slots.remove(model.remove(random.nextInt(model.size())));
            }
            assertThat(forwards()).isEqualTo(model);
            assertThat(backwards()).isEqualTo(model);
            assertThat(slots.freeCount()).isEqualTo(CAPACITY - model.size());
        }
    }

    private static int indexFrom(final List<Integer> model, final long[] keys, final long key) {
        int index = 0;
        while (index < model.size() && keys[model.get(index)] < key) {
            index++;
        }
        return index;
    }

    private List<Integer> forwards() {
        final List<Integer> found = new ArrayList<>();
        for (int slot = slots.head(); slot != SlotList.NONE; slot = slots.next(slot)) {
            found.add(slot);
        }
        return found;
    }

    private List<Integer> backwards() {
        final List<Integer> found = new ArrayList<>();
        for (int slot = slots.tail(); slot != SlotList.NONE; slot = slots.previous(slot)) {
            found.add(0, slot);
        }
        return found;
    }
}
