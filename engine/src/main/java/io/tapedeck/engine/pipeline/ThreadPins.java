package io.tapedeck.engine.pipeline;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which thread of which unit runs on which CPU. Threads that are not named run wherever the kernel lets the process.
 * Immutable.
 */
public final class ThreadPins {
    /** Pins nothing. */
    public static final ThreadPins NONE = new ThreadPins(Map.of());

    private static final Pattern PIN = Pattern.compile("(?:u(\\d{1,3})-)?([a-z][a-z0-9-]*)=(\\d{1,4})");

    /** By {@code u0-journal}. */
    private final Map<String, Integer> cpuByThread;

    private ThreadPins(final Map<String, Integer> cpuByThread) {
        this.cpuByThread = cpuByThread;
    }

    /**
     * Reads pins as a person writes them.
     *
     * @param text {@code producer=0,journal=1,u1-producer=2}; a name without a unit means that of unit 0.
     * @return the pins.
     * @throws IllegalArgumentException naming the part that is none.
     */
    public static ThreadPins parse(final String text) {
        final Map<String, Integer> cpuByThread = new TreeMap<>();
        for (final String part : text.split(",", -1)) {
            final Matcher pin = PIN.matcher(part);
            if (!pin.matches()) {
                throw new IllegalArgumentException(
                        "a pin has the form THREAD=CPU or uN-THREAD=CPU, for example journal=1: " + part);
            }
            final int unit = pin.group(1) == null ? 0 : Integer.parseInt(pin.group(1));
            if (cpuByThread.put(name(unit, pin.group(2)), Integer.parseInt(pin.group(3))) != null) {
                throw new IllegalArgumentException("a thread is pinned once: " + part);
            }
        }
        return new ThreadPins(Collections.unmodifiableMap(cpuByThread));
    }

    /**
     * Checks that every pin is for a thread that there is, and for a CPU that this process may use.
     *
     * @param threads names of a unit's threads, for example {@code journal}.
     * @param units   how many units there are.
     * @throws IllegalArgumentException naming the pin, and what there is.
     */
    public void check(final Set<String> threads, final int units) {
        final Set<String> known = new TreeSet<>();
        for (int unit = 0; unit < units; unit++) {
            for (final String thread : threads) {
                known.add(name(unit, thread));
            }
        }
        cpuByThread.forEach((thread, cpu) -> {
            if (!known.contains(thread)) {
                throw new IllegalArgumentException(
                        "there is no thread that is to be pinned: " + thread + "=" + cpu + "; there are " + known);
            }
            if (!CpuPinning.allowedCpus().get(cpu)) {
                throw new IllegalArgumentException(
                        "this process may not run on the CPU that a thread is to be pinned to: " + thread + "=" + cpu
                                + "; it may on " + CpuPinning.allowedCpus());
            }
        });
    }

    /**
     * Where a thread is to run.
     *
     * @param unit   number of its unit.
     * @param thread its name within the unit.
     * @return number of the CPU, or {@link CpuPinning#ANYWHERE}.
     */
    public int cpu(final int unit, final String thread) {
        return cpuByThread.getOrDefault(name(unit, thread), CpuPinning.ANYWHERE);
    }

    private static String name(final int unit, final String thread) {
        return "u" + unit + "-" + thread;
    }

    /**
     * All pins.
     *
     * @return for example {@code u0-journal=1, u0-producer=0}; empty when there are none.
     */
    @Override
    public String toString() {
        final String map = cpuByThread.toString();
        return map.substring(1, map.length() - 1);
    }
}
