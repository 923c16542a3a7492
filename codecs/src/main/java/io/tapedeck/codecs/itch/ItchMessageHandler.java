package io.tapedeck.codecs.itch;

/**
 * Takes the messages that an {@link ItchDispatcher} tells apart. Each method does nothing unless it is overridden.
 *
 * <p><b>Note:</b> a message is a view of the caller's buffer, valid until the method returns, on the caller's thread.
 */
public interface ItchMessageHandler {
    /**
     * Takes a message of type {@code S}.
     *
     * @param message valid until this method returns.
     */
    default void onSystemEvent(final SystemEvent message) {}

    /**
     * Takes a message of type {@code R}.
     *
     * @param message valid until this method returns.
     */
    default void onStockDirectory(final StockDirectory message) {}

    /**
     * Takes a message of type {@code H}.
     *
     * @param message valid until this method returns.
     */
    default void onStockTradingAction(final StockTradingAction message) {}

    /**
     * Takes a message of type {@code Y}.
     *
     * @param message valid until this method returns.
     */
    default void onRegShoRestriction(final RegShoRestriction message) {}

    /**
     * Takes a message of type {@code L}.
     *
     * @param message valid until this method returns.
     */
    default void onMarketParticipantPosition(final MarketParticipantPosition message) {}

    /**
     * Takes a message of type {@code V}.
     *
     * @param message valid until this method returns.
     */
    default void onMwcbDeclineLevel(final MwcbDeclineLevel message) {}

    /**
     * Takes a message of type {@code W}.
     *
     * @param message valid until this method returns.
     */
    default void onMwcbStatus(final MwcbStatus message) {}

    /**
     * Takes a message of type {@code K}.
     *
     * @param message valid until this method returns.
     */
    default void onIpoQuotingPeriodUpdate(final IpoQuotingPeriodUpdate message) {}

    /**
     * Takes a message of type {@code J}.
     *
     * @param message valid until this method returns.
     */
    default void onLuldAuctionCollar(final LuldAuctionCollar message) {}

    /**
     * Takes a message of type {@code h}.
     *
     * @param message valid until this method returns.
     */
    default void onOperationalHalt(final OperationalHalt message) {}

    /**
     * Takes a message of type {@code A}.
     *
     * @param message valid until this method returns.
     */
    default void onAddOrder(final AddOrder message) {}

    /**
     * Takes a message of type {@code F}.
     *
     * @param message valid until this method returns.
     */
    default void onAddOrderMpid(final AddOrderMpid message) {}

    /**
     * Takes a message of type {@code E}.
     *
     * @param message valid until this method returns.
     */
    default void onOrderExecuted(final OrderExecuted message) {}

    /**
     * Takes a message of type {@code C}.
     *
     * @param message valid until this method returns.
     */
    default void onOrderExecutedWithPrice(final OrderExecutedWithPrice message) {}

    /**
     * Takes a message of type {@code X}.
     *
     * @param message valid until this method returns.
     */
    default void onOrderCancel(final OrderCancel message) {}

    /**
     * Takes a message of type {@code D}.
     *
     * @param message valid until this method returns.
     */
    default void onOrderDelete(final OrderDelete message) {}

    /**
     * Takes a message of type {@code U}.
     *
     * @param message valid until this method returns.
     */
    default void onOrderReplace(final OrderReplace message) {}

    /**
     * Takes a message of type {@code P}.
     *
     * @param message valid until this method returns.
     */
    default void onTrade(final Trade message) {}

    /**
     * Takes a message of type {@code Q}.
     *
     * @param message valid until this method returns.
     */
    default void onCrossTrade(final CrossTrade message) {}

    /**
     * Takes a message of type {@code B}.
     *
     * @param message valid until this method returns.
     */
    default void onBrokenTrade(final BrokenTrade message) {}

    /**
     * Takes a message of type {@code I}.
     *
     * @param message valid until this method returns.
     */
    default void onNetOrderImbalance(final NetOrderImbalance message) {}

    /**
     * Takes a message of type {@code N}.
     *
     * @param message valid until this method returns.
     */
    default void onRetailInterest(final RetailInterest message) {}

    /**
     * Takes a message of type {@code O}.
     *
     * @param message valid until this method returns.
     */
    default void onDirectListingPriceDiscovery(final DirectListingPriceDiscovery message) {}
}
