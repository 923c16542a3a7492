package io.tapedeck.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Kills several processes at a time, many in all, and counts what they were at. */
public final class KillCampaign {
    /** While one victim starts, another one can be killed and looked at. */
    private static final int AT_A_TIME = 2;

    private final AtomicIntegerArray hits = new AtomicIntegerArray(Hit.values().length);
    private final int kills;

    /** Where in its life a process was hit. */
    public enum Hit {
        /** It had not written a chunk yet. */
        BEFORE_THE_FIRST_CHUNK("before the first chunk"),
        /** It was at work. */
        IN_THE_MIDDLE("in the middle"),
        /** All its work was done, and it was about to end. */
        AFTER_THE_END("after the end"),
        /** It had ended already. */
        TOO_LATE("too late");

        private final String text;

        Hit(final String text) {
            this.text = text;
        }
    }

    /** One victim's life, and what has to be true of what it left. */
    public interface Victim {
        /**
         * Starts, kills, looks.
         *
         * @param number from 0.
         * @param random numbers of this victim's own.
         * @throws Exception if something is wrong.
         */
        void live(int number, SplittableRandom random) throws Exception;
    }

    /** @param kills how many victims there are. */
    public KillCampaign(final int kills) {
        this.kills = kills;
    }

    /**
     * Goes through all victims; with the first that is found wrong the rest is left.
     *
     * @param seed   of the random numbers; every victim has its own of it, whichever thread it falls to.
     * @param victim called by two threads at once.
     * @throws Exception what the first wrong victim threw.
     */
    public void run(final long seed, final Victim victim) throws Exception {
        final ExecutorService executor = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            final SplittableRandom seeds = new SplittableRandom(seed);
            final List<Future<Void>> victims = new ArrayList<>();
            for (int i = 0; i < kills; i++) {
                final int number = i;
                final SplittableRandom random = seeds.split();
                victims.add(executor.submit(() -> {
                    victim.live(number, random);
                    return null;
                }));
            }
            for (final Future<Void> each : victims) {
                each.get();
            }
        } catch (final ExecutionException ex) {
            if (ex.getCause() instanceof Error) {
                throw (Error) ex.getCause();
            }
            throw ex;
        } finally {
            executor.shutdownNow();
        }
    }

    /**
     * Counts one kill.
     *
     * @param hit what it hit.
     */
    public void record(final Hit hit) {
        hits.incrementAndGet(hit.ordinal());
    }

    /**
     * How many kills hit this.
     *
     * @param hit what.
     * @return 0 or more.
     */
    public int count(final Hit hit) {
        return hits.get(hit.ordinal());
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        for (final Hit hit : Hit.values()) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(hits.get(hit.ordinal()))
                    .append(' ')
                    .append(hit.text);
        }
        return text.toString();
    }
}
