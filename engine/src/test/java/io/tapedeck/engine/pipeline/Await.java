package io.tapedeck.engine.pipeline;

import java.util.function.BooleanSupplier;

/** Waits for another thread without sleeping; the test's own timeout bounds it. */
final class Await {
    private Await() {}

    static void until(final BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted: what was awaited did not come");
            }
            Thread.yield();
        }
    }
}
