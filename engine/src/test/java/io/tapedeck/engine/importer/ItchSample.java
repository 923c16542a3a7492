package io.tapedeck.engine.importer;

import io.tapedeck.codecs.binaryfile.BinaryFileDescriptor;
import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageFlyweight;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.OrderCancel;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.itch.OrderExecutedWithPrice;
import io.tapedeck.codecs.itch.OrderReplace;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.SystemEvent;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** A seeded BinaryFILE file of a few symbols: what the proofs run on where the real data is absent. */
public final class ItchSample {
    private static final int SYMBOLS = 5;
    private static final int LIVE = 200;

    private final SplittableRandom random;
    private final byte[] bytes;
    private final UnsafeBuffer buffer;
    private final long[] live = new long[LIVE];
    private int length;
    private long timestampNs = 34_000_000_000_001L;
    private long nextReference = 1;

    private ItchSample(final long seed, final int messages) {
        random = new SplittableRandom(seed);
        bytes = new byte
                [(messages + SYMBOLS + 2) * (BinaryFileDescriptor.LENGTH_FIELD_LENGTH + ItchMessageType.MAX_LENGTH)];
        buffer = new UnsafeBuffer(bytes);
    }

    /** System event, directory, start of market hours, then the given number of messages; no end marker. */
    public static byte[] file(final long seed, final int messages) {
        final ItchSample sample = new ItchSample(seed, messages);
        sample.systemEvent('O');
        for (int locate = 1; locate <= SYMBOLS; locate++) {
            sample.append(new StockDirectory(), locate).stock(Alpha.toLong("SYM" + locate));
        }
        sample.systemEvent('Q');
        for (int i = 0; i < messages; i++) {
            sample.appendOne();
        }
        return Arrays.copyOf(sample.bytes, sample.length);
    }

    private void systemEvent(final char code) {
        append(new SystemEvent(), 0).eventCode((byte) code);
    }

    private void appendOne() {
        timestampNs += random.nextInt(3_000_000);
        final int slot = random.nextInt(LIVE);
        final int locate = 1 + slot % SYMBOLS;
        if (live[slot] == 0) {
            add(slot, locate);
        } else {
            change(slot, locate);
        }
    }

    private void add(final int slot, final int locate) {
        live[slot] = nextReference++;
        final byte side = (byte) (random.nextBoolean() ? 'B' : 'S');
        final long price = 1_000_000 + 100L * (random.nextInt(40) + (side == 'B' ? -40 : 1));
        final int shares = 1 + random.nextInt(500);
        final long stock = Alpha.toLong("SYM" + locate);
        if (random.nextInt(4) == 0) {
            append(new AddOrderMpid(), locate)
                    .orderReferenceNumber(live[slot])
                    .buySellIndicator(side)
                    .shares(shares)
                    .stock(stock)
                    .price(price)
                    .attribution(Alpha.toInt("ABCD"));
        } else {
            append(new AddOrder(), locate)
                    .orderReferenceNumber(live[slot])
                    .buySellIndicator(side)
                    .shares(shares)
                    .stock(stock)
                    .price(price);
        }
    }

    private void change(final int slot, final int locate) {
        final int shares = 1 + random.nextInt(100);
        switch (random.nextInt(6)) {
            case 0:
                append(new OrderExecuted(), locate)
                        .orderReferenceNumber(live[slot])
                        .executedShares(shares)
                        .matchNumber(nextReference);
                break;
            case 1:
                append(new OrderExecutedWithPrice(), locate)
                        .orderReferenceNumber(live[slot])
                        .executedShares(shares)
                        .printable((byte) 'Y')
                        .executionPrice(1_000_000);
                break;
            case 2:
                append(new OrderCancel(), locate)
                        .orderReferenceNumber(live[slot])
                        .canceledShares(shares);
                break;
            case 3:
                append(new OrderReplace(), locate)
                        .originalOrderReferenceNumber(live[slot])
                        .newOrderReferenceNumber(nextReference)
                        .shares(shares)
                        .price(1_000_000 + 100L * random.nextInt(-20, 21));
                live[slot] = nextReference++;
                break;
            default:
                append(new OrderDelete(), locate).orderReferenceNumber(live[slot]);
                live[slot] = 0;
        }
    }

    private <T extends ItchMessageFlyweight<T>> T append(final T message, final int locate) {
        BinaryFileDescriptor.putMessageLength(buffer, length, message.length());
        message.wrapAndApplyType(buffer, length + BinaryFileDescriptor.LENGTH_FIELD_LENGTH)
                .stockLocate(locate)
                .timestampNs(timestampNs);
        length += BinaryFileDescriptor.LENGTH_FIELD_LENGTH + message.length();
        return message;
    }
}
