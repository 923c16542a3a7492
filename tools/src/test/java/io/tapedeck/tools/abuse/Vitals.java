package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a process shows when it is not well: memory that grows, descriptors that are not closed, threads that die. */
final class Vitals implements AutoCloseable {
    /** What the system tells a process of itself, where it does. */
    static final Path STATUS = Path.of("/proc/self/status");

    private static final String RESIDENT = "VmRSS:";

    /** Of what a collection leaves; strangers' own buffers, which differ from moment to moment, are in it. */
    private static final long MAX_HEAP_GROWTH_BYTES = 8L << 20;

    /** Of direct buffers, before any collection: nobody would collect them in time. */
    private static final long MAX_DIRECT_GROWTH_BYTES = 2L << 20;

    /** Of all that the process has in memory, in which its heap is from the start; the compiler's code grows for long. */
    private static final long MAX_RESIDENT_GROWTH_BYTES = 32L << 20;

    private static final long MAX_NEW_DESCRIPTORS = 200;
    private static final int COLLECTIONS = 5;

    private final UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final long boundBytes;
    private final List<String> threads;
    private long heapBytes;
    private long directBytes;
    private long residentBytes;
    private long descriptors;
    private long heapGrowthBytes;
    private long directGrowthBytes;
    private long residentGrowthBytes;

    /**
     * Watches from now on.
     *
     * @param boundBytes outside the heap, which the server says that it may take.
     * @param threads    must be there, and stay.
     */
    Vitals(final long boundBytes, final String... threads) {
        this.boundBytes = boundBytes;
        this.threads = List.of(threads);
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> uncaught.add(fault));
    }

    /** Takes down what there is now. */
    void remember() throws IOException {
        heapBytes = heapBytesAfterCollection();
        directBytes = directBytes();
        residentBytes = residentBytes();
        descriptors = descriptors();
        assertAlive();
    }

    /** There is not much more than there was, and all are alive. */
    void assertNoGrowth() throws IOException {
        directGrowthBytes = directBytes() - directBytes;
        residentGrowthBytes = residentBytes() - residentBytes;
        heapGrowthBytes = heapBytesAfterCollection() - heapBytes;
        assertThat(directGrowthBytes).as("direct buffers").isLessThan(MAX_DIRECT_GROWTH_BYTES + boundBytes);
        assertThat(residentGrowthBytes).as("resident memory").isLessThan(MAX_RESIDENT_GROWTH_BYTES + boundBytes);
        assertThat(heapGrowthBytes).as("heap").isLessThan(MAX_HEAP_GROWTH_BYTES);
        assertThat(descriptors() - descriptors).as("descriptors").isLessThan(MAX_NEW_DESCRIPTORS);
        assertAlive();
    }

    private void assertAlive() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .containsAll(threads);
        assertThat(uncaught).isEmpty();
    }

    /** The least of several: between a collection and the look others allocate, the longer the busier the machine is. */
    private static long heapBytesAfterCollection() {
        long leastBytes = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            leastBytes = Math.min(
                    leastBytes,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return leastBytes;
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Of the whole process; 0 where the system does not tell. */
    private static long residentBytes() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                .sum();
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Override
    public String toString() {
        return "heap grew by " + heapGrowthBytes + " bytes, direct buffers by " + directGrowthBytes
                + ", resident memory by " + residentGrowthBytes;
    }
}
