package io.tapedeck.codecs.itch;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tapedeck.codecs.binaryfile.BinaryFileDescriptor;
import io.tapedeck.codecs.binaryfile.BinaryFileIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Messages of all 23 types, made from a seed, and the messages of files. */
public final class ItchSamples {
    /** The type bytes of ITCH 5.0, by the specification. */
    public static final String TYPES = "SRHYLVWKJhAFECXDUPQBINO";

    /** Lengths by the specification, in the order of {@link #TYPES}. */
    public static final int[] LENGTHS = {
        12, 39, 25, 20, 26, 35, 12, 28, 35, 21, 36, 40, 31, 36, 23, 19, 35, 44, 40, 19, 50, 20, 48
    };

    /** Where the stock field lies, in the order of {@link #TYPES}; 0 for none. */
    private static final int[] STOCK_OFFSETS = {
        0, 11, 11, 11, 15, 0, 0, 11, 11, 11, 24, 24, 0, 0, 0, 0, 0, 24, 19, 0, 28, 11, 11
    };

    private static final int STOCKS = 500;

    private ItchSamples() {}

    /** Messages with arbitrary bytes behind the type, all zeroes and all ones among them. */
    public static List<byte[]> arbitrary(final long seed, final int rounds) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<byte[]> messages = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < LENGTHS.length; i++) {
                final byte[] message = new byte[LENGTHS[i]];
                if (round > 1) {
                    random.nextBytes(message);
                } else {
                    Arrays.fill(message, (byte) -round);
                }
                message[0] = (byte) TYPES.charAt(i);
                messages.add(message);
            }
        }
        return messages;
    }

    /**
     * Messages that an exchange could send: as {@link #arbitrary(long, int)}, but one of {@value #STOCKS} stocks,
     * sides and marks with values that exist, prices and quantities in their range, the limits among them.
     */
    public static List<byte[]> plausible(final long seed, final int rounds) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<byte[]> messages = arbitrary(seed, rounds);
        for (int i = 0; i < messages.size(); i++) {
            makePlausible(messages.get(i), STOCK_OFFSETS[i % STOCK_OFFSETS.length], random);
        }
        return messages;
    }

    /** The whole messages of a BinaryFILE. */
    public static List<byte[]> split(final byte[] file) {
        final List<byte[]> messages = new ArrayList<>();
        final UnsafeBuffer buffer = new UnsafeBuffer(file);
        final BinaryFileIterator iterator = new BinaryFileIterator().wrap(buffer, 0, file.length);
        while (BinaryFileIterator.MESSAGE == iterator.next()) {
            messages.add(Arrays.copyOfRange(
                    file, iterator.messageOffset(), iterator.messageOffset() + iterator.messageLength()));
        }
        return messages;
    }

    /** Messages as a BinaryFILE with its end marker. */
    public static byte[] join(final List<byte[]> messages) {
        final int length =
                messages.stream().mapToInt(message -> message.length + 2).sum();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length + 2]);
        int offset = 0;
        for (final byte[] message : messages) {
            BinaryFileDescriptor.putMessageLength(buffer, offset, message.length);
            buffer.putBytes(offset + 2, message);
            offset += 2 + message.length;
        }
        return buffer.byteArray();
    }

    /** The stock that a message names, or 0. */
    public static long stock(final byte[] message) {
        final int type = TYPES.indexOf(message[0]);
        return type < 0 || 0 == STOCK_OFFSETS[type]
                ? 0
                : new UnsafeBuffer(message).getLong(STOCK_OFFSETS[type], BIG_ENDIAN);
    }

    private static void makePlausible(final byte[] message, final int stockOffset, final SplittableRandom random) {
        final UnsafeBuffer buffer = new UnsafeBuffer(message);
        final int locate = 1 + random.nextInt(STOCKS);
        if (stockOffset > 0) {
            buffer.putShort(1, (short) locate, BIG_ENDIAN);
            buffer.putLong(stockOffset, Alpha.toLong("T" + locate), BIG_ENDIAN);
        }
        switch (message[0]) {
            case AddOrder.TYPE:
            case AddOrderMpid.TYPE:
            case Trade.TYPE:
                message[19] = (byte) (random.nextBoolean() ? 'B' : 'S');
                clearSign(message, 20, 32);
                break;
            case OrderExecuted.TYPE:
            case OrderCancel.TYPE:
                clearSign(message, 19);
                break;
            case OrderExecutedWithPrice.TYPE:
                message[31] = (byte) (random.nextBoolean() ? 'Y' : 'N');
                clearSign(message, 19, 32);
                break;
            case OrderReplace.TYPE:
                clearSign(message, 27, 31);
                break;
            case CrossTrade.TYPE:
                clearSign(message, 27);
                break;
            default:
                break;
        }
    }

    private static void clearSign(final byte[] message, final int... offsets) {
        for (final int offset : offsets) {
            message[offset] &= 0x7F;
        }
    }
}
