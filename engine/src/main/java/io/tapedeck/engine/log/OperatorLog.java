package io.tapedeck.engine.log;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that a storm cannot flood: of each kind of trouble a few lines are written at once, and after that one in every
 * ten seconds, which says how many were left out. Counters have the true numbers. Any thread may call it.
 */
public final class OperatorLog {
    /** How many lines of one kind are written before lines are left out. */
    public static final int BURST = 5;

    /** After what time the next line of that kind is written, in nanoseconds. */
    public static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(10);

    private final Logger logger;
    private final NanoClock clock;
    private final Map<String, Kind> kinds = new HashMap<>();

    /** What was written of one kind of trouble. */
    private static final class Kind {
        private int allowance = BURST;
        private long refilledNs;
        private long leftOut;
    }

    /**
     * A log for a class.
     *
     * @param owner whose name the lines carry.
     */
    public OperatorLog(final Class<?> owner) {
        this(LoggerFactory.getLogger(owner), SystemNanoClock.INSTANCE);
    }

    OperatorLog(final Logger logger, final NanoClock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    /**
     * Writes a line, unless many of its kind were written just now.
     *
     * @param kind      of trouble: a constant of the caller's, so that there are few.
     * @param format    with {@code {}} for each argument; says what happened and what to do.
     * @param arguments of the format.
     */
    public void warn(final String kind, final String format, final Object... arguments) {
        final long leftOut = admit(kind);
        if (leftOut < 0) {
            return;
        }
        if (leftOut == 0) {
            logger.warn(format, arguments);
        } else {
            final Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = leftOut;
            logger.warn(format + " ({} like this were left out)", all);
        }
    }

    /** Answers how many lines were left out before this one, or -1 when this one is left out too. */
    private synchronized long admit(final String kind) {
        final long nowNs = clock.nanoTime();
        final Kind state = kinds.computeIfAbsent(kind, absent -> {
            final Kind made = new Kind();
            made.refilledNs = nowNs;
            return made;
        });
        final long intervals = (nowNs - state.refilledNs) / INTERVAL_NS;
        if (intervals > 0) {
            state.allowance = (int) Math.min(BURST, state.allowance + intervals);
            state.refilledNs += intervals * INTERVAL_NS;
        }
        if (state.allowance == 0) {
            state.leftOut++;
            return -1;
        }
        state.allowance--;
        final long leftOut = state.leftOut;
        state.leftOut = 0;
        return leftOut;
    }
}
