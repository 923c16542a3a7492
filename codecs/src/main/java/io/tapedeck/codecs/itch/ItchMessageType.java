package io.tapedeck.codecs.itch;

/**
 * What is known of each type byte. The length of an ITCH message follows from its type alone; the frame around it
 * repeats it.
 */
public final class ItchMessageType {
    /** Length of the longest message, in bytes. */
    public static final int MAX_LENGTH = NetOrderImbalance.LENGTH;

    private static final int[] LENGTHS = new int[256];
    private static final String[] NAMES = new String[256];

    static {
        register(SystemEvent.TYPE, SystemEvent.LENGTH, "System Event");
        register(StockDirectory.TYPE, StockDirectory.LENGTH, "Stock Directory");
        register(StockTradingAction.TYPE, StockTradingAction.LENGTH, "Stock Trading Action");
        register(RegShoRestriction.TYPE, RegShoRestriction.LENGTH, "Reg SHO Restriction");
        register(MarketParticipantPosition.TYPE, MarketParticipantPosition.LENGTH, "Market Participant Position");
        register(MwcbDeclineLevel.TYPE, MwcbDeclineLevel.LENGTH, "MWCB Decline Level");
        register(MwcbStatus.TYPE, MwcbStatus.LENGTH, "MWCB Status");
        register(IpoQuotingPeriodUpdate.TYPE, IpoQuotingPeriodUpdate.LENGTH, "IPO Quoting Period Update");
        register(LuldAuctionCollar.TYPE, LuldAuctionCollar.LENGTH, "LULD Auction Collar");
        register(OperationalHalt.TYPE, OperationalHalt.LENGTH, "Operational Halt");
        register(AddOrder.TYPE, AddOrder.LENGTH, "Add Order without MPID");
        register(AddOrderMpid.TYPE, AddOrderMpid.LENGTH, "Add Order with MPID");
        register(OrderExecuted.TYPE, OrderExecuted.LENGTH, "Order Executed");
        register(OrderExecutedWithPrice.TYPE, OrderExecutedWithPrice.LENGTH, "Order Executed With Price");
        register(OrderCancel.TYPE, OrderCancel.LENGTH, "Order Cancel");
        register(OrderDelete.TYPE, OrderDelete.LENGTH, "Order Delete");
        register(OrderReplace.TYPE, OrderReplace.LENGTH, "Order Replace");
        register(Trade.TYPE, Trade.LENGTH, "Trade");
        register(CrossTrade.TYPE, CrossTrade.LENGTH, "Cross Trade");
        register(BrokenTrade.TYPE, BrokenTrade.LENGTH, "Broken Trade");
        register(NetOrderImbalance.TYPE, NetOrderImbalance.LENGTH, "Net Order Imbalance Indicator");
        register(RetailInterest.TYPE, RetailInterest.LENGTH, "Retail Price Improvement Indicator");
        register(
                DirectListingPriceDiscovery.TYPE,
                DirectListingPriceDiscovery.LENGTH,
                "Direct Listing with Capital Raise Price Discovery");
    }

    private ItchMessageType() {}

    /**
     * How long a message of a type is.
     *
     * @param type type byte.
     * @return length in bytes, or 0 when ITCH 5.0 has no such type.
     */
    public static int length(final byte type) {
        return LENGTHS[type & 0xFF];
    }

    /**
     * Whether ITCH 5.0 has a type.
     *
     * @param type type byte.
     * @return false for a type that came later or never.
     */
    public static boolean isKnown(final byte type) {
        return 0 != length(type);
    }

    /**
     * What a type is called.
     *
     * @param type type byte.
     * @return the exchange's name for it, or null when ITCH 5.0 has no such type.
     */
    public static String name(final byte type) {
        return NAMES[type & 0xFF];
    }

    private static void register(final byte type, final int length, final String name) {
        LENGTHS[type & 0xFF] = length;
        NAMES[type & 0xFF] = name;
    }
}
