package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.ConsumerReport.Ending;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer that throws, hangs or is slow costs no other consumer an event. */
@Timeout(60)
class ConsumerFailureTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int RING_SIZE = 64;
    private static final long EVENTS = 10_000;

    private final RecordingConsumer healthy = new RecordingConsumer();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final RunListener listener = new RunListener() {
        @Override
        public void onConsumerFailed(
                final String unit, final String consumer, final long sequence, final Throwable cause) {
            failures.add(unit + " " + consumer + " " + sequence + " " + cause.getMessage());
        }
    };
    private final PipelineContext context =
            new PipelineContext().ringSize(RING_SIZE).claimSize(16).runListener(listener);

    /** Where a consumer throws. */
    private enum Fault {
        BATCH,
        IDLE,
        CLOSE
    }

    private static final class FaultyConsumer extends RecordingConsumer {
        final Fault fault;
        final long sequence;
        volatile int calls;

        FaultyConsumer(final Fault fault, final long sequence) {
            this.fault = fault;
            this.sequence = sequence;
        }

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            if (fault == Fault.BATCH && high >= sequence) {
                calls++;
                throw new IllegalStateException("no batch");
            }
            super.onBatch(slots, low, high);
        }

        @Override
        public int onIdle(final long nowNs) {
            if (fault == Fault.IDLE && next > sequence) {
                calls++;
                throw new AssertionError("no rest");
            }
            return super.onIdle(nowNs);
        }

        @Override
        public void onClose() {
            super.onClose();
            if (fault == Fault.CLOSE) {
                calls++;
                throw new IllegalStateException("no end");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldReportOnceAndGoOnWithTheOthersWhenAGatingConsumerThrows(final Fault fault) {
        final FaultyConsumer faulty = new FaultyConsumer(fault, 5_000);
        final EventPipeline pipeline = new EventPipeline(
                        context.gating("faulty", "shared", faulty).gating("healthy", "shared", healthy))
                .start();

        final PipelineReport report = produceAndDrain(pipeline, () -> fault != Fault.IDLE || faulty.calls > 0);

        checkHealthy(report, 1);
        final ConsumerReport faultyReport = report.consumers().get(0);
        assertThat(faultyReport.ending()).isEqualTo(Ending.FAILED);
        assertThat(faultyReport.handled()).isEqualTo(EVENTS);
        assertThat(faulty.calls).isEqualTo(1);
        assertThat(faulty.closes).isEqualTo(1);
        assertThat(failures).singleElement().asString().startsWith("u00 faulty ");
        assertThat(failures.get(0)).endsWith(faultyReport.failure().getMessage());
    }

    @Test
    void shouldNameTheFirstEventOfTheBatchWhenABatchThrows() {
        final FaultyConsumer faulty = new FaultyConsumer(Fault.BATCH, 16);
        final EventPipeline pipeline = new EventPipeline(context.gating("faulty", faulty));
        final TestProducer producer = new TestProducer(pipeline.producer(), 3);

        producer.produceTo(40);
        pipeline.drainAndClose(GRACE_NS);

        // A batch is a quarter of the ring of 64 at most.
        assertThat(failures).containsExactly("u00 faulty 16 no batch");
        assertThat(faulty.next).isEqualTo(16);
    }

    @Test
    void shouldLetEventsPassWhenAFollowingConsumerThrows() {
        final FaultyConsumer faulty = new FaultyConsumer(Fault.BATCH, 0);
        final EventPipeline pipeline =
                new EventPipeline(context.gating("healthy", healthy).following("faulty", faulty)).start();

        final PipelineReport report = produceAndDrain(pipeline, () -> faulty.calls > 0);

        checkHealthy(report, 0);
        final ConsumerReport faultyReport = report.consumers().get(1);
        assertThat(faultyReport.ending()).isEqualTo(Ending.FAILED);
        assertThat(faultyReport.handled() + faultyReport.missed()).isEqualTo(EVENTS);
        // Which event that was depends on how far the producer had come.
        assertThat(failures).singleElement().asString().matches("u00 faulty \\d+ no batch");
    }

    @Test
    void shouldKeepBothFailuresWhenAConsumerThrowsAgainInClosing() {
        final RecordingConsumer faulty = new RecordingConsumer() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {
                throw new IllegalStateException("first");
            }

            @Override
            public void onClose() {
                throw new IllegalStateException("second");
            }
        };
        final EventPipeline pipeline = new EventPipeline(context.gating("faulty", faulty));
        new TestProducer(pipeline.producer(), 1).produceTo(1);

        final Throwable failure =
                pipeline.drainAndClose(GRACE_NS).consumers().get(0).failure();

        assertThat(failure).hasMessage("first");
        assertThat(failure.getSuppressed()).singleElement().hasToString("java.lang.IllegalStateException: second");
        assertThat(failures).hasSize(1);
    }

    @Test
    void shouldGoOnWhenTheListenerThrowsToo() {
        final EventPipeline pipeline = new EventPipeline(context.gating("faulty", new FaultyConsumer(Fault.BATCH, 0))
                        .gating("healthy", healthy)
                        .runListener(new RunListener() {
                            @Override
                            public void onConsumerFailed(
                                    final String unit,
                                    final String consumer,
                                    final long sequence,
                                    final Throwable cause) {
                                throw new IllegalStateException("no ear");
                            }
                        }))
                .start();

        final PipelineReport report = produceAndDrain(pipeline, () -> true);

        checkHealthy(report, 1);
        assertThat(report.consumers().get(0).failure().getSuppressed())
                .singleElement()
                .hasToString("java.lang.IllegalStateException: no ear");
    }

    @Test
    void shouldHoldTheProducerBackAndCountTheTimeWhenAGatingConsumerHangs() throws InterruptedException {
        final CountDownLatch hanging = new CountDownLatch(1);
        final RecordingConsumer hung = hangingConsumer(hanging);
        final EventPipeline pipeline = new EventPipeline(
                        context.waitMode(WaitMode.BACKOFF).gating("hung", hung).gating("healthy", healthy))
                .start();
        final TestProducer producer = new TestProducer(pipeline.producer(), 5);
        final Thread thread = new Thread(() -> producer.produceTo(EVENTS), "producer");
        thread.start();
        // The healthy consumer reads all that the ring can hold beyond the hung one, and that is all there ever is.
        Await.until(() -> healthy.next >= RING_SIZE - 16);
        // The producer rests only while it waits for room.
        Await.until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        assertThat(producer.published).isLessThanOrEqualTo(RING_SIZE);
        hanging.countDown();
        thread.join();
        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(report.isClean()).isTrue();
        assertThat(report.stalls()).isPositive();
        assertThat(report.stallNs()).isPositive();
        assertThat(hung.next).isEqualTo(EVENTS);
        assertThat(hung.digest).isEqualTo(healthy.digest).isEqualTo(producer.digest);
    }

    @Test
    void shouldNotHoldTheProducerBackWhenAFollowingConsumerHangs() {
        final CountDownLatch hanging = new CountDownLatch(1);
        final RecordingConsumer hung = hangingConsumer(hanging);
        final EventPipeline pipeline = new EventPipeline(context.following("hung", hung)).start();

        assertThat(new TestProducer(pipeline.producer(), 5).produceTo(EVENTS)).isTrue();
        hanging.countDown();
        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(report.isClean()).isTrue();
        assertThat(report.stalls()).isZero();
        assertThat(hung.next).isEqualTo(EVENTS);
        assertThat(hung.torn + hung.gaps).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNameTheConsumerAndDrainTheOthersWhenOneNeverComesBack(final boolean gating) {
        final CountDownLatch hanging = new CountDownLatch(1);
        final RecordingConsumer hung = hangingConsumer(hanging);
        context.gating("healthy", healthy);
        final EventPipeline pipeline =
                new EventPipeline(gating ? context.gating("hung", hung) : context.following("hung", hung)).start();
        final TestProducer producer = new TestProducer(pipeline.producer(), 5);
        // As much as fits without the hung consumer, whatever the size of the last claim.
        producer.produceTo(RING_SIZE - 16);
        Await.until(() -> healthy.next == RING_SIZE - 16);

        final PipelineReport report = pipeline.drainAndClose(TimeUnit.MILLISECONDS.toNanos(20));

        assertThat(report.isClean()).isFalse();
        assertThat(report.producerStopped()).isTrue();
        assertThat(report.consumers().get(0).ending()).isEqualTo(Ending.DRAINED);
        assertThat(report.consumers().get(1).ending()).isEqualTo(Ending.STUCK);
        assertThat(report.consumers().get(1).name()).isEqualTo("hung");
        assertThat(hung.closes).isZero();

        // It is closed by its own thread, once, when it does come back.
        hanging.countDown();
        Await.until(() -> hung.closes == 1);
        assertThat(hung.closer.getName()).isEqualTo("tapedeck-u00-hung");
    }

    private static RecordingConsumer hangingConsumer(final CountDownLatch hanging) {
        return new RecordingConsumer() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {
                try {
                    hanging.await();
                } catch (final InterruptedException ex) {
                    throw new IllegalStateException(ex);
                }
                super.onBatch(slots, low, high);
            }
        };
    }

    private static PipelineReport produceAndDrain(final EventPipeline pipeline, final BooleanSupplier enough) {
        assertThat(new TestProducer(pipeline.producer(), 9).produceTo(EVENTS)).isTrue();
        Await.until(enough);
        return pipeline.drainAndClose(GRACE_NS);
    }

    private void checkHealthy(final PipelineReport report, final int at) {
        assertThat(report.isClean()).isFalse();
        assertThat(report.consumers().get(at).ending()).isEqualTo(Ending.DRAINED);
        assertThat(healthy.next).isEqualTo(EVENTS);
        assertThat(healthy.gaps + healthy.torn).isZero();
        assertThat(healthy.closes).isEqualTo(1);
    }
}
