package io.tapedeck.perf;

import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.session.QueueEventSink;
import io.tapedeck.engine.session.ReferenceSession;
import io.tapedeck.engine.session.SessionParameters;

/** One trading day of seed 42, handed to a sink that adds up order ids. */
final class GenerateWorkload implements Workload {
    private static final long SEED = 42;
    private static final int EVENTS_PER_BATCH = 256;

    private final SessionParameters parameters;
    private final ReferenceSession session;
    private final long expectedEvents;
    private final int expectedClose;
    private final Sum sum = new Sum();

    GenerateWorkload(final MarketModelParameters model, final long expectedEvents, final int expectedClose) {
        parameters = SessionParameters.builder().model(model).build();
        session = new ReferenceSession(parameters);
        this.expectedEvents = expectedEvents;
        this.expectedClose = expectedClose;
    }

    @Override
    public long run() {
        sum.ids = 0;
        session.open(SEED, parameters.p0Ticks());
        while (!session.isClosed()) {
            session.generate(sum, EVENTS_PER_BATCH);
        }
        final long events = session.eventCount();
        Workload.require(events == expectedEvents, events + " events, expected " + expectedEvents);
        Workload.require(
                session.closePriceTicks() == expectedClose,
                "close " + session.closePriceTicks() + ", expected " + expectedClose);
        Workload.require(sum.ids == events * (events + 1) / 2, "an event is missing or came twice");
        return events;
    }

    private static final class Sum implements QueueEventSink {
        private long ids;

        @Override
        public void onEvent(
                final long timestampNs,
                final int type,
                final int side,
                final int priceTicks,
                final int quantity,
                final long orderId,
                final int flags) {
            ids += orderId;
        }
    }
}
