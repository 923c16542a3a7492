package io.tapedeck.perf;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.OrderDelete;
import io.tapedeck.codecs.itch.OrderExecuted;
import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes adds, deletes and executions in the mix of a simulated day straight into full packets. */
final class ItchEncodeWorkload implements Workload {
    private static final int MESSAGES = 1 << 20;
    private static final long STOCK = Alpha.toLong("AAPL");
    private static final long MIX_MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final UnsafeBuffer packet =
            new UnsafeBuffer(ByteBuffer.allocateDirect(MoldDescriptor.ETHERNET_PAYLOAD_LENGTH));
    private final MoldPacketWriter writer =
            new MoldPacketWriter(MoldSession.of("BENCH00001"), MoldDescriptor.ETHERNET_PAYLOAD_LENGTH);
    private final MoldPacketReader reader = new MoldPacketReader();
    private final AddOrder add = new AddOrder();
    private final OrderDelete delete = new OrderDelete();
    private final OrderExecuted execution = new OrderExecuted();
    private long counted;

    @Override
    public long run() {
        counted = 0;
        writer.begin(packet, 0, 1);
        for (int i = 0; i < MESSAGES; i++) {
            // About half adds, a fifth deletes, three tenths executions, in an order that cannot be predicted.
            final int draw = (int) ((i * MIX_MULTIPLIER) >>> 60);
            final int length = draw < 8 ? AddOrder.LENGTH : draw < 11 ? OrderDelete.LENGTH : OrderExecuted.LENGTH;
            int offset = writer.claim(length);
            if (offset == MoldPacketWriter.FULL) {
                send();
                offset = writer.claim(length);
            }
            encode(draw, offset, i);
        }
        send();
        Workload.require(counted == MESSAGES, counted + " messages in the packets of " + MESSAGES);
        return MESSAGES;
    }

    private void encode(final int draw, final int offset, final int i) {
        if (draw < 8) {
            add.wrapAndApplyType(packet, offset)
                    .stockLocate(1)
                    .trackingNumber(0)
                    .timestampNs(34_200_000_000_000L + i)
                    .orderReferenceNumber(i)
                    .buySellIndicator((byte) ((draw & 1) == 0 ? 'B' : 'S'))
                    .shares(1)
                    .stock(STOCK)
                    .price(1_000_000 + draw);
        } else if (draw < 11) {
            delete.wrapAndApplyType(packet, offset)
                    .stockLocate(1)
                    .trackingNumber(0)
                    .timestampNs(34_200_000_000_000L + i)
                    .orderReferenceNumber(i);
        } else {
            execution
                    .wrapAndApplyType(packet, offset)
                    .stockLocate(1)
                    .trackingNumber(0)
                    .timestampNs(34_200_000_000_000L + i)
                    .orderReferenceNumber(i)
                    .executedShares(1)
                    .matchNumber(i);
        }
    }

    /** Stands for the socket: reads the packet's header back. */
    private void send() {
        final int length = writer.finish();
        Workload.require(reader.wrap(packet, 0, length) == MoldPacketReader.MESSAGES, "not a packet of messages");
        counted += reader.messageCount();
        writer.begin(packet, 0, writer.nextSequence());
    }
}
