package io.tapedeck.codecs.itch;

import org.agrona.MutableDirectBuffer;

/**
 * Tells messages apart and hands each to the handler's method for its type. What cannot be told apart is counted and
 * skipped: a feed may gain a type at any time, and the frame around a message says where the next one starts. No
 * message is read beyond the length that its frame gave.
 *
 * <p><b>Note:</b> used by one thread, counts included; allocates nothing after construction.
 */
public final class ItchDispatcher {
    /** The handler was called. */
    public static final int DISPATCHED = 1;

    /** ITCH 5.0 has no such type; the message was counted and skipped. */
    public static final int UNKNOWN_TYPE = -1;

    /** The length is not that of the type, or zero; the message was counted and skipped. */
    public static final int MALFORMED = -2;

    private final SystemEvent systemEvent = new SystemEvent();
    private final StockDirectory stockDirectory = new StockDirectory();
    private final StockTradingAction stockTradingAction = new StockTradingAction();
    private final RegShoRestriction regShoRestriction = new RegShoRestriction();
    private final MarketParticipantPosition marketParticipantPosition = new MarketParticipantPosition();
    private final MwcbDeclineLevel mwcbDeclineLevel = new MwcbDeclineLevel();
    private final MwcbStatus mwcbStatus = new MwcbStatus();
    private final IpoQuotingPeriodUpdate ipoQuotingPeriodUpdate = new IpoQuotingPeriodUpdate();
    private final LuldAuctionCollar luldAuctionCollar = new LuldAuctionCollar();
    private final OperationalHalt operationalHalt = new OperationalHalt();
    private final AddOrder addOrder = new AddOrder();
    private final AddOrderMpid addOrderMpid = new AddOrderMpid();
    private final OrderExecuted orderExecuted = new OrderExecuted();
    private final OrderExecutedWithPrice orderExecutedWithPrice = new OrderExecutedWithPrice();
    private final OrderCancel orderCancel = new OrderCancel();
    private final OrderDelete orderDelete = new OrderDelete();
    private final OrderReplace orderReplace = new OrderReplace();
    private final Trade trade = new Trade();
    private final CrossTrade crossTrade = new CrossTrade();
    private final BrokenTrade brokenTrade = new BrokenTrade();
    private final NetOrderImbalance netOrderImbalance = new NetOrderImbalance();
    private final RetailInterest retailInterest = new RetailInterest();
    private final DirectListingPriceDiscovery directListingPriceDiscovery = new DirectListingPriceDiscovery();

    private final ItchMessageHandler handler;
    private long dispatchedCount;
    private long unknownTypeCount;
    private long malformedCount;

    /**
     * Dispatches to one handler.
     *
     * @param handler called on the thread that dispatches.
     */
    public ItchDispatcher(final ItchMessageHandler handler) {
        this.handler = handler;
    }

    /**
     * Hands one message over.
     *
     * @param buffer with the message.
     * @param offset of the message, in bytes.
     * @param length of the message by its frame, in bytes.
     * @return {@link #DISPATCHED}, {@link #UNKNOWN_TYPE} or {@link #MALFORMED}.
     */
    public int dispatch(final MutableDirectBuffer buffer, final int offset, final int length) {
        if (length < 1) {
            malformedCount++;
            return MALFORMED;
        }
        final byte type = ItchHeaderDescriptor.type(buffer, offset);
        if (ItchMessageType.length(type) != length) {
            return refuse(type);
        }
        dispatchedCount++;
        call(type, buffer, offset);
        return DISPATCHED;
    }

    /**
     * Messages handed over.
     *
     * @return since construction.
     */
    public long dispatchedCount() {
        return dispatchedCount;
    }

    /**
     * Messages skipped because ITCH 5.0 has no such type.
     *
     * @return since construction.
     */
    public long unknownTypeCount() {
        return unknownTypeCount;
    }

    /**
     * Messages skipped because their length is not that of their type.
     *
     * @return since construction.
     */
    public long malformedCount() {
        return malformedCount;
    }

    private int refuse(final byte type) {
        if (ItchMessageType.isKnown(type)) {
            malformedCount++;
            return MALFORMED;
        }
        unknownTypeCount++;
        return UNKNOWN_TYPE;
    }

    /** The types that a feed is made of; apart from the others, so that it is compiled into its caller. */
    private void call(final byte type, final MutableDirectBuffer buffer, final int offset) {
        switch (type) {
            case AddOrder.TYPE:
                handler.onAddOrder(addOrder.wrap(buffer, offset));
                break;
            case AddOrderMpid.TYPE:
                handler.onAddOrderMpid(addOrderMpid.wrap(buffer, offset));
                break;
            case OrderExecuted.TYPE:
                handler.onOrderExecuted(orderExecuted.wrap(buffer, offset));
                break;
            case OrderExecutedWithPrice.TYPE:
                handler.onOrderExecutedWithPrice(orderExecutedWithPrice.wrap(buffer, offset));
                break;
            case OrderCancel.TYPE:
                handler.onOrderCancel(orderCancel.wrap(buffer, offset));
                break;
            case OrderDelete.TYPE:
                handler.onOrderDelete(orderDelete.wrap(buffer, offset));
                break;
            case OrderReplace.TYPE:
                handler.onOrderReplace(orderReplace.wrap(buffer, offset));
                break;
            case Trade.TYPE:
                handler.onTrade(trade.wrap(buffer, offset));
                break;
            default:
                callRare(type, buffer, offset);
                break;
        }
    }

    private void callRare(final byte type, final MutableDirectBuffer buffer, final int offset) {
        switch (type) {
            case SystemEvent.TYPE:
                handler.onSystemEvent(systemEvent.wrap(buffer, offset));
                break;
            case StockDirectory.TYPE:
                handler.onStockDirectory(stockDirectory.wrap(buffer, offset));
                break;
            case StockTradingAction.TYPE:
                handler.onStockTradingAction(stockTradingAction.wrap(buffer, offset));
                break;
            case RegShoRestriction.TYPE:
                handler.onRegShoRestriction(regShoRestriction.wrap(buffer, offset));
                break;
            case MarketParticipantPosition.TYPE:
                handler.onMarketParticipantPosition(marketParticipantPosition.wrap(buffer, offset));
                break;
            case MwcbDeclineLevel.TYPE:
                handler.onMwcbDeclineLevel(mwcbDeclineLevel.wrap(buffer, offset));
                break;
            case MwcbStatus.TYPE:
                handler.onMwcbStatus(mwcbStatus.wrap(buffer, offset));
                break;
            case IpoQuotingPeriodUpdate.TYPE:
                handler.onIpoQuotingPeriodUpdate(ipoQuotingPeriodUpdate.wrap(buffer, offset));
                break;
            case LuldAuctionCollar.TYPE:
                handler.onLuldAuctionCollar(luldAuctionCollar.wrap(buffer, offset));
                break;
            case OperationalHalt.TYPE:
                handler.onOperationalHalt(operationalHalt.wrap(buffer, offset));
                break;
            case CrossTrade.TYPE:
                handler.onCrossTrade(crossTrade.wrap(buffer, offset));
                break;
            case BrokenTrade.TYPE:
                handler.onBrokenTrade(brokenTrade.wrap(buffer, offset));
                break;
            case NetOrderImbalance.TYPE:
                handler.onNetOrderImbalance(netOrderImbalance.wrap(buffer, offset));
                break;
            case RetailInterest.TYPE:
                handler.onRetailInterest(retailInterest.wrap(buffer, offset));
                break;
            case DirectListingPriceDiscovery.TYPE:
                handler.onDirectListingPriceDiscovery(directListingPriceDiscovery.wrap(buffer, offset));
                break;
            default:
                throw new IllegalStateException("type has a length and no message: type=" + type);
        }
    }
}
