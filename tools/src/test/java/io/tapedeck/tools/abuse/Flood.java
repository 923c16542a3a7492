package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Strangers at work for so long as property {@link #LENGTH_PROPERTY} says, and what they do to this process. */
final class Flood {
    static final String LENGTH_PROPERTY = "tapedeck.floodMs";
    static final long LENGTH_MS = Long.getLong(LENGTH_PROPERTY, 3_000);

    /** When most of what grows once has grown. */
    private static final int WARM_UP_PARTS = 4;

    private static final long END_SECONDS = 240;
    private static final long ENOUGH_STRIKES = 20;
    private static final long POLL_MS = 10;

    private Flood() {}

    static boolean isAsLongAs(final long seconds) {
        return LENGTH_MS >= TimeUnit.SECONDS.toMillis(seconds);
    }

    /**
     * Lets all of them strike at once, longer where a busy machine has not let them do all that is to be seen; fails with
     * the first of them.
     */
    static void run(final Vitals vitals, final BooleanSupplier isSeen, final Attack... attacks) throws Exception {
        final CountDownLatch over = new CountDownLatch(1);
        final LongAdder begun = new LongAdder();
        final List<CompletableFuture<Long>> strangers = new ArrayList<>();
        for (int i = 0; i < attacks.length; i++) {
            strangers.add(start("stranger-" + i, attacks[i], over, begun));
        }
        try {
            over.await(LENGTH_MS / WARM_UP_PARTS, TimeUnit.MILLISECONDS);
            vitals.remember();
            over.await(LENGTH_MS - LENGTH_MS / WARM_UP_PARTS, TimeUnit.MILLISECONDS);
            while ((begun.sum() <= ENOUGH_STRIKES + attacks.length || !isSeen.getAsBoolean())
                    && !over.await(POLL_MS, TimeUnit.MILLISECONDS)) {
                continue;
            }
            vitals.assertNoGrowth();
        } finally {
            over.countDown();
        }
        long strikes = 0;
        for (final CompletableFuture<Long> stranger : strangers) {
            strikes += strikes(stranger);
        }
        System.out.println("seen: " + strikes + " strikes in " + LENGTH_MS + " ms; " + vitals);
        assertThat(strikes).isGreaterThan(ENOUGH_STRIKES);
    }

    private static CompletableFuture<Long> start(
            final String name, final Attack attack, final CountDownLatch over, final LongAdder begun) {
        final CompletableFuture<Long> struck = new CompletableFuture<>();
        final Thread thread = new Thread(
                () -> {
                    try {
                        struck.complete(attack.strike(() -> {
                            begun.increment();
                            return over.getCount() == 0;
                        }));
                    } catch (final Exception | Error ex) {
                        struck.completeExceptionally(ex);
                        over.countDown();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return struck;
    }

    private static long strikes(final CompletableFuture<Long> stranger) throws Exception {
        try {
            return stranger.get(END_SECONDS, TimeUnit.SECONDS);
        } catch (final ExecutionException ex) {
            throw new AssertionError("a stranger met what it should not", ex.getCause());
        }
    }
}
