package io.tapedeck.engine.order;

import io.tapedeck.engine.model.LadderBook;
import io.tapedeck.engine.model.LadderModelParameters;
import io.tapedeck.engine.model.LadderProcess;
import io.tapedeck.engine.model.MarketProcess;
import io.tapedeck.engine.model.PoissonClock;
import io.tapedeck.engine.random.Xoshiro256PlusPlus;
import io.tapedeck.engine.record.RecordBuffer;
import io.tapedeck.engine.record.RecordWriter;
import io.tapedeck.engine.session.QueueEventSink;
import io.tapedeck.engine.session.SessionGenerator;

/** A model, an order layer over it, and a feed that follows the layer's records. */
final class Market {
    static final int INSTRUMENT = 3;
    private static final int OPENING_PRICE_TICKS = 10_000;
    private static final double ENDLESS_SECONDS = 1e9;

    final MarketProcess process;
    final OrderLayer layer;
    final Feed feed;
    private final SessionGenerator generator;
    private final RecordBuffer records = new RecordBuffer(1 << 10);
    private final RecordWriter writer = new RecordWriter(records);

    Market(
            final LadderModelParameters model,
            final int levels,
            final int depth,
            final double spreadImprove,
            final double thetaReinit,
            final long flowSeed,
            final long orderSeed) {
        this(
                new LadderProcess(
                        new LadderBook(levels, 2, depth),
                        model.newModel(levels),
                        new Xoshiro256PlusPlus(flowSeed),
                        new Xoshiro256PlusPlus(~flowSeed),
                        spreadImprove,
                        thetaReinit,
                        depth),
                flowSeed + 1,
                orderSeed,
                OrderSizeLaw.UNIT);
    }

    Market(final MarketProcess process, final long clockSeed, final long orderSeed, final OrderSizeLaw sizes) {
        this.process = process;
        generator =
                new SessionGenerator(process, new PoissonClock(new Xoshiro256PlusPlus(clockSeed)), ENDLESS_SECONDS, 0);
        layer = new OrderLayer(
                INSTRUMENT,
                process.book(),
                new Xoshiro256PlusPlus(orderSeed),
                sizes.newSizes(new Xoshiro256PlusPlus(~orderSeed)));
        layer.writeTo(writer);
        feed = new Feed(process.book(), layer);
    }

    void open() {
        generator.open(OPENING_PRICE_TICKS);
        layer.open(0);
        deliver();
    }

    /** Goes on for a number of the model's events; the feed gets the records of each at once. */
    void run(final int events, final QueueEventSink afterEach) {
        generator.generate(
                (timeNs, type, side, priceTicks, quantity, orderId, flags) -> {
                    layer.onEvent(timeNs, type, priceTicks, flags);
                    deliver();
                    afterEach.onEvent(timeNs, type, side, priceTicks, quantity, orderId, flags);
                },
                events);
    }

    void run(final int events) {
        run(events, (timeNs, type, side, priceTicks, quantity, orderId, flags) -> {});
    }

    private void deliver() {
        writer.flush();
        feed.read(records);
        records.clear();
    }
}
