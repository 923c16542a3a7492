package io.tapedeck.feed.mold;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.mold.MoldDescriptor;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacketRingTest {
    private static final int MAX_LENGTH = 300;
    private static final long PACKETS = Long.getLong("tapedeck.ring.packets", 2_000_000);

    private final PacketRing ring = new PacketRing(4_096, MAX_LENGTH);
    private final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_LENGTH));

    @Test
    void shouldKeepTheLastPacketsWhenItIsFull() {
        assertThat(ring.capacity()).isEqualTo(8);
        for (long packet = 0; packet < 20; packet++) {
            write(packet);
            ring.claim();
            for (long older = 0; older <= packet; older++) {
                // The one that is being overwritten is gone already.
                final boolean isKept = older > packet + 1 - ring.capacity();
                assertThat(ring.read(older, copy)).isEqualTo(isKept ? length(older) : PacketRing.OVERWRITTEN);
                assertThat(isKept && !isWhole(older)).isFalse();
            }
            assertThat(ring.published()).isEqualTo(packet + 1);
            assertThat(ring.nextSequence()).isEqualTo(packet + 2);
            assertThat(ring.oldest()).isEqualTo(Math.max(0, packet + 2 - ring.capacity()));
        }
    }

    @Test
    void shouldHaveRoomForFourPacketsWhenLittleMemoryIsGiven() {
        assertThat(new PacketRing(1, 65_507).capacity()).isEqualTo(4);
    }

    /** A reader gets a packet whole or is told that it is gone, however the writer runs over it. */
    @Test
    void shouldNeverGivePartOfAPacketWhenItIsOverwrittenMeanwhile() throws Exception {
        final AtomicBoolean isDone = new AtomicBoolean();
        final AtomicBoolean hasRead = new AtomicBoolean();
        final CompletableFuture<long[]> reader = CompletableFuture.supplyAsync(() -> readUntil(isDone, hasRead));
        try {
            // However late the reader's thread begins, it reads something.
            for (long packet = 0; packet < PACKETS || !hasRead.get() && !reader.isDone(); packet++) {
                write(packet);
            }
        } finally {
            isDone.set(true);
        }

        final long[] wholeGoneAndTorn = reader.get(30, TimeUnit.SECONDS);
        assertThat(wholeGoneAndTorn[2]).isZero();
        assertThat(wholeGoneAndTorn[0]).isPositive();
    }

    private long[] readUntil(final AtomicBoolean isDone, final AtomicBoolean hasRead) {
        final SplittableRandom random = new SplittableRandom(3);
        final long[] wholeGoneAndTorn = new long[3];
        while (!isDone.get()) {
            final long published = ring.published();
            if (published == 0) {
                continue;
            }
            final long packet = Math.max(0, published - 1 - random.nextInt(ring.capacity()));
            final int length = ring.read(packet, copy);
            if (length == PacketRing.OVERWRITTEN) {
                wholeGoneAndTorn[1]++;
            } else if (length == length(packet) && isWhole(packet)) {
                wholeGoneAndTorn[0]++;
                hasRead.set(true);
            } else {
                wholeGoneAndTorn[2]++;
            }
        }
        return wholeGoneAndTorn;
    }

    /** Every byte of a packet tells its number. */
    private void write(final long packet) {
        final int offset = ring.claim();
        final int length = length(packet);
        ring.buffer().setMemory(offset, length, (byte) packet);
        ring.buffer().putLong(offset + MoldDescriptor.SEQUENCE_OFFSET, packet + 1);
        ring.publish(length, packet + 2);
    }

    private boolean isWhole(final long packet) {
        for (int i = 0; i < length(packet); i++) {
            final boolean isNumber =
                    i >= MoldDescriptor.SEQUENCE_OFFSET && i < MoldDescriptor.SEQUENCE_OFFSET + Long.BYTES;
            if (!isNumber && copy.getByte(i) != (byte) packet) {
                return false;
            }
        }
        return copy.getLong(MoldDescriptor.SEQUENCE_OFFSET) == packet + 1;
    }

    private static int length(final long packet) {
        return 20 + (int) (packet * 7 % (MAX_LENGTH - 20));
    }
}
