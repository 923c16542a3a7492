package io.tapedeck.testing;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes hostile variants of valid bytes: flipped bits, overwritten fields with values that break arithmetic, cuts,
 * insertions, repeated and swapped ranges. The same seed and original always give the same mutant.
 */
public final class ByteMutator {
    private static final long[] NASTY = {
        0,
        1,
        -1,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private ByteMutator() {}

    /**
     * One mutant.
     *
     * @param original  is not changed.
     * @param seed      decides everything.
     * @param hotLength most mutations of single fields fall into the first or last {@code hotLength} bytes, where
     *                  headers and indexes are.
     * @return a new array that usually differs from the original in one to four places.
     */
    public static byte[] mutate(final byte[] original, final long seed, final int hotLength) {
        final SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = original.clone();
        final int mutations = 1 + random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            bytes = mutateOnce(bytes, random, hotLength);
        }
        return bytes;
    }

    private static byte[] mutateOnce(final byte[] bytes, final SplittableRandom random, final int hotLength) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        final int at = position(bytes.length, random, hotLength);
        switch (random.nextInt(8)) {
            case 0:
            case 1:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 2:
                bytes[at] = (byte) random.nextInt();
                return bytes;
            case 3:
            case 4:
                return overwrite(
                        bytes, at, 1 << random.nextInt(4), NASTY[random.nextInt(NASTY.length)], random.nextBoolean());
            case 5:
                return Arrays.copyOf(bytes, at);
            case 6:
                return insert(bytes, at, random);
            default:
                return remove(bytes, at, 1 + random.nextInt(Math.min(64, bytes.length)));
        }
    }

    private static int position(final int length, final SplittableRandom random, final int hotLength) {
        final int hot = Math.min(hotLength, length);
        switch (random.nextInt(4)) {
            case 0:
            case 1:
                return random.nextInt(hot);
            case 2:
                return length - 1 - random.nextInt(hot);
            default:
                return random.nextInt(length);
        }
    }

    private static byte[] overwrite(
            final byte[] bytes, final int at, final int width, final long value, final boolean bigEndian) {
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> (8 * (bigEndian ? width - 1 - i : i)));
        }
        return bytes;
    }

    private static byte[] insert(final byte[] bytes, final int at, final SplittableRandom random) {
        final byte[] inserted = new byte[1 + random.nextInt(64)];
        random.nextBytes(inserted);
        final byte[] result = Arrays.copyOf(bytes, bytes.length + inserted.length);
        System.arraycopy(inserted, 0, result, at, inserted.length);
        System.arraycopy(bytes, at, result, at + inserted.length, bytes.length - at);
        return result;
    }

    private static byte[] remove(final byte[] bytes, final int at, final int count) {
        final int end = Math.min(bytes.length, at + count);
        final byte[] result = Arrays.copyOf(bytes, bytes.length - (end - at));
        System.arraycopy(bytes, end, result, at, bytes.length - end);
        return result;
    }
}
