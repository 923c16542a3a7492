package io.tapedeck.engine.record;

import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageFlyweight;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.itch.StockTradingAction;
import io.tapedeck.codecs.itch.SystemEvent;
import io.tapedeck.codecs.translation.ItchToRecord;
import io.tapedeck.codecs.translation.LocateDirectory;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the records that are about the day and its instruments and no order: system events, directory and trading
 * actions, as ITCH messages carried in records. The stock locate of an instrument is its id.
 *
 * <p><b>Note:</b> belongs to one thread.
 */
public final class SessionRecords {
    private static final byte NO = 'N';
    private static final byte NOT_AVAILABLE = ' ';
    private static final char TRADING = 'T';
    private static final byte COMMON_STOCK = 'C';
    private static final byte TEST = 'T';
    private static final int ROUND_LOT_SHARES = 100;
    private static final short NO_SUB_TYPE = ' ' << Byte.SIZE | ' ';

    private final SystemEvent systemEvent = new SystemEvent();
    private final StockDirectory stockDirectory = new StockDirectory();
    private final StockTradingAction tradingAction = new StockTradingAction();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[StockDirectory.LENGTH]);
    private final ItchToRecord translator = new ItchToRecord(new LocateDirectory());
    private final RecordWriter writer;

    /**
     * Records for a writer.
     *
     * @param writer takes them.
     */
    public SessionRecords(final RecordWriter writer) {
        this.writer = writer;
    }

    /**
     * A boundary of the day.
     *
     * @param timeNs    since midnight.
     * @param eventCode as {@link SystemEvent#eventCode()} gives it.
     */
    public void systemEvent(final long timeNs, final char eventCode) {
        systemEvent
                .wrapAndApplyType(message, 0)
                .stockLocate(0)
                .trackingNumber(0)
                .timestampNs(timeNs);
        systemEvent.eventCode((byte) eventCode);
        write(systemEvent);
    }

    /**
     * What an instrument is: a common stock, not a real one.
     *
     * @param timeNs       since midnight.
     * @param instrumentId 1 to 65,535.
     * @param symbol       eight ASCII bytes, the first one highest.
     */
    public void directory(final long timeNs, final int instrumentId, final long symbol) {
        stockDirectory
                .wrapAndApplyType(message, 0)
                .stockLocate(instrumentId)
                .trackingNumber(0)
                .timestampNs(timeNs);
        stockDirectory
                .stock(symbol)
                .marketCategory(NOT_AVAILABLE)
                .financialStatusIndicator(NOT_AVAILABLE)
                .roundLotSize(ROUND_LOT_SHARES)
                .roundLotsOnly(NO)
                .issueClassification(COMMON_STOCK)
                .issueSubType(NO_SUB_TYPE)
                .authenticity(TEST)
                .shortSaleThresholdIndicator(NO)
                .ipoFlag(NO)
                .luldReferencePriceTier(NOT_AVAILABLE)
                .etpFlag(NO)
                .etpLeverageFactor(0)
                .inverseIndicator(NO);
        write(stockDirectory);
    }

    /**
     * An instrument is open for trading.
     *
     * @param timeNs       since midnight.
     * @param instrumentId 1 to 65,535.
     * @param symbol       eight ASCII bytes, the first one highest.
     */
    public void trading(final long timeNs, final int instrumentId, final long symbol) {
        tradingAction(timeNs, instrumentId, symbol, TRADING);
    }

    /**
     * An instrument's trading state changes.
     *
     * @param timeNs       since midnight.
     * @param instrumentId 1 to 65,535.
     * @param symbol       eight ASCII bytes, the first one highest.
     * @param state        as {@link StockTradingAction#tradingState()} gives it.
     */
    public void tradingAction(final long timeNs, final int instrumentId, final long symbol, final char state) {
        tradingAction
                .wrapAndApplyType(message, 0)
                .stockLocate(instrumentId)
                .trackingNumber(0)
                .timestampNs(timeNs);
        tradingAction
                .stock(symbol)
                .tradingState((byte) state)
                .reserved(NOT_AVAILABLE)
                .reason(Alpha.toInt(""));
        write(tradingAction);
    }

    private void write(final ItchMessageFlyweight<?> itch) {
        final int offset = writer.nextOffset();
        final int template =
                translator.translate(message, itch.offset(), itch.length(), writer.buffer(), offset, writer.sequence());
        if (template < 0) {
            throw new IllegalArgumentException("no record can carry the message: type=" + (char) itch.type()
                    + ", refusal=" + template + ", stockLocate=" + itch.stockLocate() + ", timestampNs="
                    + itch.timestampNs());
        }
    }
}
