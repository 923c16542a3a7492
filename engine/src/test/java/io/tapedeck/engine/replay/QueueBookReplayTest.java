package io.tapedeck.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.qrsdp1.QueueEventType;
import io.tapedeck.codecs.qrsdp1.QueueSide;
import io.tapedeck.engine.session.ReferenceSession;
import io.tapedeck.engine.session.SessionParameters;
import io.tapedeck.journal.format1.Format1Header;
import io.tapedeck.testing.AllocationMeter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recorded session says about the book, and what it cannot say. */
class QueueBookReplayTest {
    private static final long OPEN_NS = 34_200_000_000_000L;

    @ParameterizedTest(name = "seed {0}, {1} levels, spread {2}, depth {3}")
    @CsvSource({"1, 5, 2, 5", "2, 1, 5, 2", "3, 64, 2, 1", "4, 3, 9, 40"})
    void shouldHaveTheEnginesBookAfterEveryEvent(final long seed, final int levels, final int spread, final int depth) {
        final SessionParameters parameters = parameters(levels, spread, depth);
        final ReferenceSession session = new ReferenceSession(parameters);
        final QueueBookReplay replay = new QueueBookReplay(header(parameters));
        final long[] engineHash = new long[1];
        session.open(seed, parameters.p0Ticks());

        while (!session.isClosed()) {
            session.generate(
                    (timestampNs, type, side, priceTicks, quantity, orderId, flags) -> {
                        replay.apply(type, side, priceTicks, quantity);
                        engineHash[0] = QueueBookReplay.mix(engineHash[0], session.book());
                        assertThat(replay.pathHash()).isEqualTo(engineHash[0]);
                    },
                    100);
        }

        assertThat(replay.eventCount()).isEqualTo(session.eventCount()).isGreaterThan(1_000);
        assertThat(replay.moveCount()).isEqualTo(session.moveCount());
        assertThat(replay.book().midTicks()).isEqualTo(session.closePriceTicks());
        assertThat(replay.incoherence()).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an execution beside the best price, 4, 1, 10002, 1",
        "an execution of two, 4, 1, 10001, 2",
        "a cancellation of more than there is, 2, 0, 9999, 7",
        "a cancellation outside the window, 2, 0, 9994, 1",
        "an addition outside the window, 0, 0, 9994, 1",
        "an addition that crosses, 0, 0, 10001, 1",
        "an addition of nothing, 0, 0, 9999, 0",
        "an addition that no count can hold, 0, 0, 9999, 2147483647",
        "a bid on the ask side, 0, 1, 9999, 1",
        "an unknown type, 6, 0, 9999, 1",
        "an impossible price, 0, 0, -2147483648, 1",
    })
    void shouldRefuseAnEventThatTheBookCouldNotHaveProduced(
            final String what, final int type, final int side, final int priceTicks, final int quantity) {
        final QueueBookReplay replay = new QueueBookReplay(header(parameters(5, 2, 5)));
        replay.apply(QueueEventType.ADD_BID, QueueSide.BID, 9_999, 1);
        final long hash = replay.pathHash();

        replay.apply(type, side, priceTicks, quantity);
        replay.apply(QueueEventType.ADD_BID, QueueSide.BID, 9_999, 1);

        assertThat(replay.incoherence()).as(what).startsWith("event 2 ");
        assertThat(replay.pathHash()).as("left as it was").isEqualTo(hash);
        assertThat(replay.eventCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldNeverFailOnAnyEvents(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 2_000; run++) {
            final QueueBookReplay replay = new QueueBookReplay(header(parameters(1 + random.nextInt(6), 2, 3)));
            for (int i = 0; i < 60; i++) {
                final int type = random.nextInt(6);
                replay.apply(type, QueueEventType.restingSide(type), 9_995 + random.nextInt(11), random.nextInt(3));
            }
            assertThat(replay.eventCount()).isEqualTo(60);
        }
    }

    @Test
    void shouldAllocateNothingPerEvent() {
        final QueueBookReplay replay = new QueueBookReplay(header(parameters(5, 2, 5)));

        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        replay.apply(QueueEventType.ADD_BID, QueueSide.BID, 9_999, 1);
                        replay.apply(QueueEventType.EXECUTE_SELL, QueueSide.BID, 9_999, 1);
                    }
                },
                20);

        assertThat(replay.incoherence()).isNull();
        assertThat(bytes).isZero();
    }

    private static SessionParameters parameters(final int levels, final int spread, final int depth) {
        return SessionParameters.builder()
                .sessionSeconds(60)
                .levelsPerSide(levels)
                .initialSpreadTicks(spread)
                .initialDepth(depth)
                .build();
    }

    private static Format1Header header(final SessionParameters parameters) {
        return new Format1Header(
                1,
                parameters.p0Ticks(),
                parameters.tickSize(),
                parameters.sessionSeconds(),
                parameters.levelsPerSide(),
                parameters.initialSpreadTicks(),
                parameters.initialDepth(),
                4_096,
                OPEN_NS);
    }
}
