package io.tapedeck.journal.format2;

import io.tapedeck.journal.file.PositionedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A disk that loses its power: of what was not forced, any sectors may be there and any may not, in any order, and what
 * was never written on the way reads as zeros.
 */
final class TornDisk extends PositionedChannel {
    private static final int SECTOR_LENGTH = 64;

    /** Bytes that were written and not forced. */
    private record Pending(int position, byte[] bytes) {}

    private byte[] forced = new byte[0];
    private final List<Pending> pending = new ArrayList<>();

    @Override
    public int write(final ByteBuffer source, final long position) {
        final byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        pending.add(new Pending((int) position, bytes));
        return bytes.length;
    }

    @Override
    public void force(final boolean metaData) {
        for (final Pending write : pending) {
            forced = with(forced, write.position, write.bytes, 0, write.bytes.length);
        }
        pending.clear();
    }

    /** What is on the disk when the power comes back. */
    byte[] afterPowerLoss(final SplittableRandom random) {
        byte[] bytes = forced.clone();
        for (final Pending write : pending) {
            final boolean torn = random.nextInt(4) == 0;
            if (!torn && random.nextBoolean()) {
                continue;
            }
            for (int at = 0; at < write.bytes.length; at += SECTOR_LENGTH) {
                if (!torn || random.nextBoolean()) {
                    final int length = Math.min(SECTOR_LENGTH, write.bytes.length - at);
                    bytes = with(bytes, write.position + at, write.bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private static byte[] with(
            final byte[] bytes, final int position, final byte[] source, final int from, final int length) {
        final byte[] result = Arrays.copyOf(bytes, Math.max(bytes.length, position + length));
        System.arraycopy(source, from, result, position, length);
        return result;
    }

    @Override
    protected void implCloseChannel() {}
}
