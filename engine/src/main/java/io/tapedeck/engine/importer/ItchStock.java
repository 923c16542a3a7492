package io.tapedeck.engine.importer;

import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.BODY_OFFSET;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tapedeck.codecs.itch.AddOrder;
import io.tapedeck.codecs.itch.AddOrderMpid;
import io.tapedeck.codecs.itch.CrossTrade;
import io.tapedeck.codecs.itch.MarketParticipantPosition;
import io.tapedeck.codecs.itch.NetOrderImbalance;
import io.tapedeck.codecs.itch.Trade;
import org.agrona.DirectBuffer;

/** Where the messages of ITCH 5.0 name their stock. */
public final class ItchStock {
    /** Answer for a type that names none. */
    public static final int NONE = -1;

    private static final String NAMED_FIRST = "RHYKJhNO";
    private static final int BEHIND_REFERENCE_SIDE_AND_SHARES = 24;
    private static final int BEHIND_SHARES = 19;
    private static final int BEHIND_MPID = 15;
    private static final int BEHIND_IMBALANCE = 28;

    private ItchStock() {}

    /**
     * Where a message names its stock.
     *
     * @param type type byte of the message.
     * @return offset in the message, in bytes, or {@link #NONE}.
     */
    public static int offset(final byte type) {
        switch (type) {
            case AddOrder.TYPE:
            case AddOrderMpid.TYPE:
            case Trade.TYPE:
                return BEHIND_REFERENCE_SIDE_AND_SHARES;
            case CrossTrade.TYPE:
                return BEHIND_SHARES;
            case MarketParticipantPosition.TYPE:
                return BEHIND_MPID;
            case NetOrderImbalance.TYPE:
                return BEHIND_IMBALANCE;
            default:
                return NAMED_FIRST.indexOf(type) >= 0 ? BODY_OFFSET : NONE;
        }
    }

    /**
     * Reads a stock.
     *
     * @param buffer with the message.
     * @param offset of the stock, in bytes.
     * @return eight ASCII bytes, the first one highest.
     */
    public static long read(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }
}
