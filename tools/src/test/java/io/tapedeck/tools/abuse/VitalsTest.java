package io.tapedeck.tools.abuse;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitalsTest {
    /** More than may grow, and than a heap gives back meanwhile. */
    private static final int LEAK_BYTES = 128 << 20;

    private static final int PAGE_BYTES = 4_096;

    @TempDir
    private Path folder;

    @Test
    void shouldSeeMemoryThatIsNeitherHeapNorDirectBuffers() throws Exception {
        assumeTrue(Files.exists(Vitals.STATUS), "skipped: the system does not tell the memory of a process");
        try (Vitals vitals = new Vitals(0);
                FileChannel file = FileChannel.open(
                        folder.resolve("leak"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            vitals.remember();
            final MappedByteBuffer leak = file.map(MapMode.PRIVATE, 0, LEAK_BYTES);
            try {
                for (int at = 0; at < LEAK_BYTES; at += PAGE_BYTES) {
                    leak.put(at, (byte) 1);
                }
                assertThatThrownBy(vitals::assertNoGrowth)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("resident memory");
            } finally {
                IoUtil.unmap(leak);
            }
        }
    }
}
