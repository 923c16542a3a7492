package io.tapedeck.codecs.translation;

import static io.tapedeck.codecs.itch.ItchHeaderDescriptor.BODY_OFFSET;

import io.tapedeck.codecs.itch.DirectListingPriceDiscovery;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.itch.NetOrderImbalance;
import java.util.Arrays;

/** Which types are carried as they are, and which of their bytes. */
final class CarriedBody {
    /** Answer for a type that is an order event, or no type at all. */
    static final int NOT_CARRIED = -1;

    /** Answer for a type whose whole body is carried. */
    static final int WHOLE_BODY = -1;

    /** Length of the stock field, which two types leave out. */
    static final int STOCK_LENGTH = Long.BYTES;

    private static final String CARRIED_TYPES = "SRHYLVWKJhINO";
    private static final int NOII_STOCK_OFFSET = 28;
    private static final int DLCR_STOCK_OFFSET = 11;
    private static final int[] SIZES = new int[256];

    static {
        Arrays.fill(SIZES, NOT_CARRIED);
        for (int i = 0; i < CARRIED_TYPES.length(); i++) {
            final byte type = (byte) CARRIED_TYPES.charAt(i);
            final int leftOut = WHOLE_BODY == stockOffset(type) ? 0 : STOCK_LENGTH;
            SIZES[type] = ItchMessageType.length(type) - BODY_OFFSET - leftOut;
        }
    }

    private CarriedBody() {}

    /**
     * Bytes of a message that its record carries.
     *
     * @param type any byte.
     * @return 0 to 32, or {@link #NOT_CARRIED}.
     */
    static int size(final int type) {
        return SIZES[type & 0xFF];
    }

    /**
     * Where the stock field lies that a record leaves out.
     *
     * @param type of a carried message.
     * @return offset in the message, or {@link #WHOLE_BODY} when nothing is left out.
     */
    static int stockOffset(final int type) {
        switch (type) {
            case NetOrderImbalance.TYPE:
                return NOII_STOCK_OFFSET;
            case DirectListingPriceDiscovery.TYPE:
                return DLCR_STOCK_OFFSET;
            default:
                return WHOLE_BODY;
        }
    }
}
