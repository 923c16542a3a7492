package io.tapedeck.engine.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import net.openhft.affinity.Affinity;

/**
 * Ties a thread to one CPU, and looks whether that really happened: the library underneath does nothing, and says
 * nothing, where it has no native access.
 */
public final class CpuPinning {
    /** No CPU in particular. */
    public static final int ANYWHERE = -1;

    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private CpuPinning() {}

    /**
     * Pins the calling thread for the rest of its life.
     *
     * @param cpu number of the CPU, from 0, as the kernel counts.
     * @return nothing when the thread is pinned, else why it is not.
     */
    public static Optional<String> pinCurrentThread(final int cpu) {
        try {
            Affinity.setAffinity(cpu);
        } catch (final RuntimeException | LinkageError ex) {
            return Optional.of("the kernel refused: " + ex.getMessage());
        }
        return check(cpu);
    }

    /**
     * Pins the calling thread for the rest of its life, if it is to be, and tells who listens when that failed.
     *
     * @param cpu      number of the CPU, or {@link #ANYWHERE}.
     * @param listener told by the calling thread.
     */
    public static void pinCurrentThread(final int cpu, final RunListener listener) {
        if (cpu != ANYWHERE) {
            pinCurrentThread(cpu)
                    .ifPresent(reason ->
                            listener.onThreadNotPinned(Thread.currentThread().getName(), cpu, reason));
        }
    }

    /**
     * Where the calling thread may run. What it starts from now on may run there as well, and nowhere else.
     *
     * @return CPUs by number.
     */
    public static BitSet allowedCpus() {
        return (BitSet) Affinity.getAffinity().clone();
    }

    /**
     * Does something on one CPU. Afterwards the thread may run where it could before; a thread that it makes meanwhile
     * may run on that CPU only, as the kernel has it.
     *
     * @param cpu      number of the CPU, or {@link #ANYWHERE}.
     * @param listener told by the calling thread when it could not be pinned; the work is done all the same.
     * @param work     to be done.
     */
    public static void runPinned(final int cpu, final RunListener listener, final Runnable work) {
        if (cpu == ANYWHERE) {
            work.run();
            return;
        }
        final BitSet before = allowedCpus();
        pinCurrentThread(cpu, listener);
        try {
            work.run();
        } finally {
            Affinity.setAffinity(before);
        }
    }

    private static Optional<String> check(final int cpu) {
        final String allowed;
        try {
            allowed = allowedList();
        } catch (final IOException ex) {
            return Optional.of("cannot tell whether it was pinned, " + STATUS + " is not readable: " + ex.getMessage());
        }
        if (allowed.equals(Integer.toString(cpu))) {
            return Optional.empty();
        }
        final String cause = Affinity.isJNAAvailable() ? "" : "; JNA is not available";
        return Optional.of("the kernel still allows CPUs " + allowed + cause);
    }

    private static String allowedList() throws IOException {
        for (final String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(ALLOWED)) {
                return line.substring(ALLOWED.length()).strip();
            }
        }
        throw new IOException("it has no line " + ALLOWED);
    }
}
