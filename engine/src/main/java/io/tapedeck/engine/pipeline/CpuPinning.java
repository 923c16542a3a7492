package io.tapedeck.engine.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.openhft.affinity.Affinity;

/**
 * Ties a thread to one CPU, and looks whether that really happened: the library underneath does nothing, and says
 * nothing, where it has no native access.
 */
public final class CpuPinning {
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

    private static Optional<String> check(final int cpu) {
        final String allowed;
        try {
            allowed = allowedCpus();
        } catch (final IOException ex) {
            return Optional.of("cannot tell whether it was pinned, " + STATUS + " is not readable: " + ex.getMessage());
        }
        if (allowed.equals(Integer.toString(cpu))) {
            return Optional.empty();
        }
        final String cause = Affinity.isJNAAvailable() ? "" : "; JNA is not available";
        return Optional.of("the kernel still allows CPUs " + allowed + cause);
    }

    private static String allowedCpus() throws IOException {
        for (final String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(ALLOWED)) {
                return line.substring(ALLOWED.length()).strip();
            }
        }
        throw new IOException("it has no line " + ALLOWED);
    }
}
