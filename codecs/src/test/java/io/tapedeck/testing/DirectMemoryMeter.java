package io.tapedeck.testing;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** Looks at the memory outside the heap that this JVM's buffers take; mapped files are not counted. */
public final class DirectMemoryMeter {
    private static final BufferPoolMXBean POOL = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    private DirectMemoryMeter() {}

    /**
     * What the buffers of all threads take now.
     *
     * @return bytes.
     */
    public static long usedBytes() {
        return POOL.getMemoryUsed();
    }
}
