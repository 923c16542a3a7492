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
final class ItchStock {
    /** Answer for a type that names none. */
    static final int NONE = -1;

    private static final String NAMED_FIRST = "RHYKJhNO";
    private static final int BEHIND_REFERENCE_SIDE_AND_SHARES = 24;
    private static final int BEHIND_SHARES = 19;
    private static final int BEHIND_MPID = 15;
    private static final int BEHIND_IMBALANCE = 28;

    private ItchStock() {}

    /** Offset of the stock in a message of a type, or {@link #NONE}. */
    static int offset(final byte type) {
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

    /** The stock at an offset: eight ASCII bytes, the first one highest. */
    static long read(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }
}
