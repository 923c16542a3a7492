package io.tapedeck.codecs.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The readers as fuzz targets. An ordinary test run takes the stored inputs only; to fuzz one target, set
 * {@code JAZZER_FUZZ=1} in the environment and {@code -Dtapedeck.fuzzHooks=true}, and name it with {@code -Dtest}.
 */
class CodecsFuzzTest {
    private final HostileBytes hostile = new HostileBytes();

    @FuzzTest(maxDuration = "5m")
    void shouldReadAnyBinaryFile(final byte[] bytes) {
        hostile.readBinaryFile(bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldReadAnyMoldPacket(final byte[] bytes) {
        hostile.readMoldPacket(bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldReadAnyMoldRequest(final byte[] bytes) {
        hostile.readMoldRequest(bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldReadAnySoupStream(final byte[] bytes) {
        hostile.readSoupStream(bytes);
    }

    @FuzzTest(maxDuration = "5m")
    void shouldReadAnySlot(final byte[] bytes) {
        hostile.readSlot(bytes);
    }
}
