package io.tapedeck.feed.itch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/**
 * The listener as a fuzz target. An ordinary test run takes the stored inputs only; to fuzz, set {@code JAZZER_FUZZ=1} in
 * the environment and {@code -Dtapedeck.fuzzHooks=true}.
 */
class FeedFuzzTest {
    /** The bytes are packets, each behind its length in two bytes; the last one takes what is left. */
    @FuzzTest(maxDuration = "5m")
    void shouldFollowAnyPackets(final byte[] bytes) {
        final HostilePackets hostile = new HostilePackets();
        final ByteBuffer input = ByteBuffer.wrap(bytes);
        while (input.remaining() >= Short.BYTES) {
            final int length = Math.min(input.getShort() & 0xFFFF, input.remaining());
            final byte[] packet = new byte[length];
            input.get(packet);
            hostile.take(packet);
        }
    }
}
