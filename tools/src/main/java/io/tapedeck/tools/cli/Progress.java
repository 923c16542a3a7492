package io.tapedeck.tools.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far long work has come, on standard error: one line that is redrawn on a terminal, a plain line every few
 * seconds elsewhere, nothing when silenced. Callers may report as often as they like; the clock is looked at only, and
 * nothing printed, until a line is due. Safe for use by several threads, one line at a time.
 */
public final class Progress implements AutoCloseable {
    private static final long TERMINAL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PLAIN_INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int BAR_WIDTH = 24;

    private final PrintWriter err;
    private final boolean terminal;
    private final String what;
    private final String unit;
    private final long startNs = System.nanoTime();
    private final long intervalNs;
    private long nextNs;
    private int drawnLength;

    private Progress(final PrintWriter err, final boolean terminal, final String what, final String unit) {
        this.err = err;
        this.terminal = terminal;
        this.what = what;
        this.unit = unit;
        intervalNs = terminal ? TERMINAL_INTERVAL_NS : PLAIN_INTERVAL_NS;
        nextNs = startNs + intervalNs;
    }

    /**
     * Starts to show.
     *
     * @param err  where to; null is silence.
     * @param what is being done, for example "simulating".
     * @param unit of the counted things, plural, for example "events".
     * @return a progress display that the caller closes.
     */
    public static Progress start(final PrintWriter err, final String what, final String unit) {
        return new Progress(err, Boolean.getBoolean("tapedeck.terminal"), what, unit);
    }

    /**
     * Tells how far the work has come.
     *
     * @param count    things done so far, for the rate.
     * @param fraction of the work that is done, 0 to 1; NaN where the end is not known.
     */
    public void update(final long count, final double fraction) {
        if (err == null) {
            return;
        }
        final long nowNs = System.nanoTime();
        synchronized (this) {
            if (nowNs - nextNs >= 0) {
                nextNs = nowNs + intervalNs;
                draw(line(count, fraction, (nowNs - startNs) / 1e9));
            }
        }
    }

    @Override
    public void close() {
        clear();
    }

    /** Takes the line off the terminal, so that the result starts on a clean one. */
    public synchronized void clear() {
        if (err != null && terminal && drawnLength > 0) {
            err.print("\r" + " ".repeat(drawnLength) + "\r");
            err.flush();
            drawnLength = 0;
        }
    }

    private String line(final long count, final double fraction, final double seconds) {
        final StringBuilder line = new StringBuilder(what);
        if (fraction >= 0 && fraction <= 1) {
            final int filled = (int) (fraction * BAR_WIDTH);
            line.append(terminal ? " [" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]" : "")
                    .append(String.format(Locale.ROOT, " %3.0f %%", fraction * 100));
        }
        line.append(String.format(Locale.ROOT, "  %,d %s, %s/s", count, unit, rate(count / seconds)));
        if (fraction > 0 && fraction <= 1) {
            line.append(String.format(Locale.ROOT, ", %.0f s left", seconds / fraction - seconds));
        }
        return line.toString();
    }

    private void draw(final String line) {
        if (terminal) {
            final int columns = Integer.getInteger("tapedeck.columns", 80);
            final String cut = line.length() < columns ? line : line.substring(0, Math.max(1, columns - 1));
            err.print("\r" + cut + " ".repeat(Math.max(0, drawnLength - cut.length())));
            drawnLength = cut.length();
        } else {
            err.println(line);
        }
        err.flush();
    }

    /**
     * A rate with a unit prefix where it is large.
     *
     * @param perSecond not negative.
     * @return for example {@code 12.3 M}.
     */
    public static String rate(final double perSecond) {
        if (perSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M", perSecond / 1e6);
        }
        if (perSecond >= 1e3) {
            return String.format(Locale.ROOT, "%.1f k", perSecond / 1e3);
        }
        return String.format(Locale.ROOT, perSecond >= 10 ? "%.0f" : "%.1f", perSecond);
    }
}
