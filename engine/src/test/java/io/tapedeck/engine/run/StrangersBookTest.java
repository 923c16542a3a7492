package io.tapedeck.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.paritytrading.juncture.nasdaq.itch50.ITCH50;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Listener;
import com.paritytrading.juncture.nasdaq.itch50.ITCH50Parser;
import io.tapedeck.codecs.itch.Alpha;
import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.LocateDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.engine.book.BookOutcome;
import io.tapedeck.engine.book.BookSet;
import io.tapedeck.engine.book.NaiveOrderBooks;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.model.MarketModelParameters;
import io.tapedeck.engine.model.QueueReactiveCurves;
import io.tapedeck.engine.model.ReferencePriceCurvesFile;
import io.tapedeck.engine.model.SimpleImbalanceParameters;
import io.tapedeck.engine.order.OrderSizeLaw;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.session.RunSecurity;
import io.tapedeck.engine.session.SessionParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A stranger follows a simulated day: an ITCH decoder that others wrote and a naive book that knows nothing of the
 * simulator. What they make of the messages is the engine's book, after every single one. The property
 * {@code tapedeck.coherenceSeconds} makes the day longer.
 */
@Tag("campaign")
@Timeout(3_600)
class StrangersBookTest {
    private static final int SECONDS = Integer.getInteger("tapedeck.coherenceSeconds", 150);
    private static final int TICK_SIZE = 100;
    private static final List<RunSecurity> SECURITIES =
            List.of(new RunSecurity("AAPL", 10_000), new RunSecurity("MSFT", 15_000), new RunSecurity("GOOG", 20_000));

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, theta reinit {1}, {2} levels, sizes {3}")
    @CsvSource({
        "simple, 0, 5, unit",
        "queue-reactive, 0, 5, unit",
        "simple, 0.3, 5, unit",
        "simple, 0, 1, unit",
        "simple, 0, 5, 'lognormal:200,1'",
        "reference-price, 0, 5, unit",
        "reference-price, 0, 5, 'lognormal:800,0.9'"
    })
    void shouldHaveTheEnginesBookAfterEveryMessage(
            final String model, final double thetaReinit, final int levels, final String sizes) throws Exception {
        final boolean isAroundAPrice = model.equals("reference-price");
        final MarketModelParameters law = isAroundAPrice
                ? ReferencePriceCurvesFile.franceTelecom()
                : model.equals("simple") ? SimpleImbalanceParameters.DEFAULTS : QueueReactiveCurves.defaults(levels);
        // As many events as the other models have in their time.
        final int seconds = isAroundAPrice ? 8 * SECONDS : SECONDS;
        final Stranger stranger = new Stranger();

        final TapeRunSummary summary = TapeRun.run(new TapeRun.Context()
                .outputDirectory(folder)
                .parameters(SessionParameters.builder()
                        .model(law)
                        .sessionSeconds(seconds)
                        .orderSizes(OrderSizeLaw.parse(sizes))
                        .levelsPerSide(levels)
                        .thetaReinit(thetaReinit)
                        .build())
                .securities(SECURITIES)
                .days(1)
                .consumers((pipeline, day) -> pipeline.gating("stranger", stranger)));

        assertThat(summary.days().get(0).pipeline().consumers())
                .allSatisfy(consumer -> assertThat(consumer.failure()).isNull());
        assertThat(summary.isClean()).isTrue();
        assertThat(stranger.messages).isEqualTo(summary.recordCount()).isGreaterThan(50L * SECONDS);
        assertThat(stranger.executions).isPositive();
    }

    /** Takes the records as messages; every complaint is an assertion that fails the consumer. */
    private static final class Stranger implements BatchConsumer {
        private final RecordBookBuilder engine = new RecordBookBuilder(new OrderBooks());
        private final BookSet book = new NaiveOrderBooks();
        private final LocateDirectory directory = new LocateDirectory();
        private final RecordToItch translator = new RecordToItch(directory);
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[ItchMessageType.MAX_LENGTH]);
        private final ITCH50Parser parser = new ITCH50Parser(listener());
        private long messages;
        private long executions;
        private int touched;

        Stranger() {
            for (int i = 0; i < SECURITIES.size(); i++) {
                directory.define(i + 1, Alpha.toLong(SECURITIES.get(i).symbol()), TICK_SIZE);
            }
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            for (long sequence = low; sequence <= high; sequence++) {
                final int offset = slots.offset(sequence);
                assertThat(engine.apply(slots.buffer(), offset)).isEqualTo(BookOutcome.APPLIED);
                final int length = translator.translate(slots.buffer(), offset, message, 0);
                assertThat(length).isPositive();
                touched = 0;
                parse(length);
                messages++;
                if (touched > 0) {
                    assertThat(book.hash(touched))
                            .as("message %d", messages)
                            .isEqualTo(engine.books().book(touched).hash(TICK_SIZE));
                }
            }
        }

        private void parse(final int length) {
            try {
                parser.message(ByteBuffer.wrap(message.byteArray(), 0, length));
            } catch (final IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }

        private ITCH50Listener listener() {
            return (ITCH50Listener) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ITCH50Listener.class}, (proxy, method, arguments) -> {
                        onMessage(arguments[0]);
                        return null;
                    });
        }

        private void onMessage(final Object parsed) {
            if (parsed instanceof ITCH50.AddOrder) {
                final ITCH50.AddOrder add = (ITCH50.AddOrder) parsed;
                final int side = add.buySellIndicator == 'B' ? Side.BID : Side.ASK;
                expectApplied(
                        book.add(add.orderReferenceNumber, add.stockLocate, side, (int) add.price, (int) add.shares));
                touched = add.stockLocate;
            } else if (parsed instanceof ITCH50.OrderDelete) {
                final ITCH50.OrderDelete delete = (ITCH50.OrderDelete) parsed;
                expectApplied(book.delete(delete.orderReferenceNumber));
                touched = delete.stockLocate;
            } else if (parsed instanceof ITCH50.OrderExecuted) {
                execute((ITCH50.OrderExecuted) parsed);
            } else {
                assertThat(parsed)
                        .isInstanceOfAny(
                                ITCH50.SystemEvent.class, ITCH50.StockDirectory.class, ITCH50.StockTradingAction.class);
            }
        }

        private void execute(final ITCH50.OrderExecuted execution) {
            final BookSet.Resting order = book.order(execution.orderReferenceNumber);
            assertThat(order).as("order %d", execution.orderReferenceNumber).isNotNull();
            assertThat(order.ordersAhead())
                    .as("orders ahead of an executed one")
                    .isZero();
            assertThat(order.price())
                    .as("price of an executed order")
                    .isEqualTo(book.best(order.instrumentId(), order.side()).price());
            assertThat(execution.executedShares).isLessThanOrEqualTo(order.quantity());
            expectApplied(book.execute(execution.orderReferenceNumber, (int) execution.executedShares));
            executions++;
            touched = execution.stockLocate;
        }

        private static void expectApplied(final int outcome) {
            assertThat(BookOutcome.nameOf(outcome)).isEqualTo("APPLIED");
        }
    }
}
