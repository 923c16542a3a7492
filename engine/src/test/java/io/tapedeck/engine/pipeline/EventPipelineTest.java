package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.pipeline.ConsumerReport.Ending;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EventPipelineTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);

    private final RecordingConsumer first = new RecordingConsumer();
    private final RecordingConsumer second = new RecordingConsumer();
    private final PipelineContext context =
            new PipelineContext().unit("u07").ringSize(64).claimSize(16);

    @Test
    void shouldRunEachConsumerOnItsNamedThreadWhenStarted() {
        final RecordingConsumer third = new RecordingConsumer();
        final EventPipeline pipeline = new EventPipeline(context.gating("journal", first)
                        .gating("itch", "feed", second)
                        .gating("snapshot", "feed", third))
                .start();

        pipeline.drainAndClose(GRACE_NS);

        assertThat(first.closer.getName()).isEqualTo("tapedeck-u07-journal");
        assertThat(second.closer.getName()).isEqualTo("tapedeck-u07-feed");
        assertThat(third.closer).isSameAs(second.closer);
        assertThat(first.closer.isAlive()).isFalse();
        assertThat(second.closer.isAlive()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(WaitMode.class)
    void shouldKeepTimersGoingWhenNothingIsPublished(final WaitMode waitMode) {
        final EventPipeline pipeline =
                new EventPipeline(context.waitMode(waitMode).gating("first", first)).start();

        Await.until(() -> first.idles >= 3);

        assertThat(pipeline.drainAndClose(GRACE_NS).isClean()).isTrue();
    }

    @Test
    void shouldGiveConsumersTheInjectedTimeWhenIdle() throws Exception {
        final EventPipeline pipeline =
                new EventPipeline(context.nanoClock(() -> 4_711).gating("first", first));
        final Agent agent = pipeline.agents().get(0);

        assertThat(agent.doWork()).isZero();

        assertThat(first.lastIdleNs).isEqualTo(4_711);
        assertThat(first.idles).isEqualTo(1);
        assertThat(agent.roleName()).isEqualTo("tapedeck-u07-first");
    }

    @Test
    void shouldReportWorkOfIdlingConsumersSoThatTheirThreadDoesNotRest() throws Exception {
        final EventPipeline pipeline = new EventPipeline(context.gating("first", new BatchConsumer() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {}

            @Override
            public int onIdle(final long nowNs) {
                return 7;
            }
        }));

        assertThat(pipeline.agents().get(0).doWork()).isEqualTo(7);
    }

    @Test
    void shouldCloseEachConsumerOnceWhenAnAgentRunnerWouldCloseTheAgent() {
        final EventPipeline pipeline =
                new EventPipeline(context.gating("a", "t", first).gating("b", "t", second));

        pipeline.agents().get(0).onClose();
        pipeline.agents().get(0).onClose();

        assertThat(first.closes).isEqualTo(1);
        assertThat(second.closes).isEqualTo(1);
        assertThat(pipeline.drainAndClose(GRACE_NS).isClean()).isTrue();
        assertThat(first.closes).isEqualTo(1);
    }

    @Test
    void shouldDeliverAllThatWasPublishedWhenStoppedFromAnotherThreadMeanwhile() throws InterruptedException {
        for (int run = 0; run < 200; run++) {
            final RecordingConsumer consumer = new RecordingConsumer();
            final EventPipeline pipeline = new EventPipeline(
                            new PipelineContext().ringSize(32).claimSize(8).gating("reader", consumer))
                    .start();
            final TestProducer producer = new TestProducer(pipeline.producer(), run);
            final long enough = run;
            final AtomicReference<PipelineReport> report = new AtomicReference<>();
            final Thread signal = new Thread(
                    () -> {
                        Await.until(() -> producer.published >= enough);
                        report.set(pipeline.drainAndClose(GRACE_NS));
                    },
                    "signal");
            signal.start();

            assertThat(producer.produceTo(Long.MAX_VALUE)).isFalse();
            final PipelineReport own = pipeline.drainAndClose(GRACE_NS);
            signal.join();

            assertThat(own).isSameAs(report.get());
            assertThat(own.isClean()).isTrue();
            assertThat(own.events()).isEqualTo(producer.published).isEqualTo(consumer.next);
            assertThat(consumer.digest).isEqualTo(producer.digest);
            assertThat(consumer.torn + consumer.gaps).isZero();
            assertThat(consumer.closes).isEqualTo(1);
        }
    }

    @Test
    void shouldFreeTheProducerWhenStoppedWhileItWaitsForRoom() throws InterruptedException {
        final AtomicReference<Boolean> mayRead = new AtomicReference<>(false);
        final RecordingConsumer blocked = new RecordingConsumer() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {
                Await.until(mayRead::get);
                super.onBatch(slots, low, high);
            }
        };
        final EventPipeline pipeline = new EventPipeline(context.claimSize(1).gating("blocked", blocked)).start();
        final TestProducer producer = new TestProducer(pipeline.producer(), 1);
        final AtomicReference<Boolean> completed = new AtomicReference<>();
        final Thread thread = new Thread(() -> completed.set(producer.produceTo(1_000)), "producer");
        thread.start();
        Await.until(() -> producer.published == 64);
        final Thread signal = new Thread(() -> pipeline.drainAndClose(GRACE_NS), "signal");
        signal.start();

        thread.join();
        mayRead.set(true);
        signal.join();

        assertThat(completed.get()).isFalse();
        assertThat(blocked.next).isEqualTo(64);
        assertThat(blocked.digest).isEqualTo(producer.digest);
    }

    @Test
    void shouldWaitForAnOpenClaimWhenAnotherThreadHoldsIt() throws InterruptedException {
        final EventPipeline pipeline = new EventPipeline(context.gating("first", first)).start();
        final EventProducer producer = pipeline.producer();
        final long low = producer.claim(4);
        final AtomicReference<PipelineReport> report = new AtomicReference<>();
        final Thread signal = new Thread(() -> report.set(pipeline.drainAndClose(GRACE_NS)), "signal");
        signal.start();
        // Closing has begun when the signal's thread waits for the claim.
        Await.until(() -> signal.getState() == Thread.State.TIMED_WAITING);

        SlotPattern.fill(producer.slots(), low, low + 3);
        producer.publish(low, low + 3);
        signal.join();

        assertThat(report.get().isClean()).isTrue();
        assertThat(report.get().events()).isEqualTo(4);
        assertThat(first.next).isEqualTo(4);
        assertThat(first.torn).isZero();
    }

    @Test
    void shouldSaySoWhenTheProducerKeepsItsClaimBeyondTheGrace() throws InterruptedException {
        final EventPipeline pipeline = new EventPipeline(context.gating("first", first)).start();
        final Thread producer = new Thread(() -> pipeline.producer().claim(4), "producer");
        producer.start();
        producer.join();

        final PipelineReport report = pipeline.drainAndClose(TimeUnit.MILLISECONDS.toNanos(5));

        assertThat(report.producerStopped()).isFalse();
        assertThat(report.isClean()).isFalse();
        assertThat(report.events()).isZero();
        assertThat(first.closes).isEqualTo(1);
    }

    @Test
    void shouldPublishNothingOfAClaimWhenTheProducersOwnThreadDrains() {
        final EventPipeline pipeline = new EventPipeline(context.gating("first", first)).start();
        final TestProducer producer = new TestProducer(pipeline.producer(), 1);
        producer.produceTo(10);
        pipeline.producer().claim(4);

        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(report.isClean()).isTrue();
        assertThat(report.events()).isEqualTo(10);
        assertThat(first.digest).isEqualTo(producer.digest);
    }

    @Test
    void shouldCloseWhereItStandsWhenAConsumerIsNotDoneWithinTheGrace() {
        final AtomicLong nowNs = new AtomicLong();
        final RecordingConsumer slow = new RecordingConsumer() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {
                super.onBatch(slots, low, high);
                nowNs.addAndGet(GRACE_NS);
            }
        };
        final EventPipeline pipeline =
                new EventPipeline(context.nanoClock(nowNs::get).gating("slow", slow));
        new TestProducer(pipeline.producer(), 1).produceTo(48);

        final ConsumerReport report =
                pipeline.drainAndClose(2 * GRACE_NS).consumers().get(0);

        // Two batches of a quarter of the ring, then the grace is over.
        assertThat(report.ending()).isEqualTo(Ending.CUT_OFF);
        assertThat(report.handled()).isEqualTo(32);
        assertThat(slow.next).isEqualTo(32);
        assertThat(slow.closes).isEqualTo(1);
    }

    @Test
    void shouldRefuseToBeDrainedByAConsumer() {
        final AtomicReference<EventPipeline> pipeline = new AtomicReference<>();
        final RecordingConsumer draining = new RecordingConsumer() {
            @Override
            public void onBatch(final SlotArray slots, final long low, final long high) {
                pipeline.get().drainAndClose(GRACE_NS);
            }
        };
        pipeline.set(new EventPipeline(context.gating("draining", draining)).start());
        new TestProducer(pipeline.get().producer(), 1).produceTo(1);

        final ConsumerReport report =
                pipeline.get().drainAndClose(GRACE_NS).consumers().get(0);

        assertThat(report.failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("thread=tapedeck-u07-draining");
    }

    @Test
    void shouldStartOnlyOnceAndNotAfterItsEnd() {
        final EventPipeline pipeline = new EventPipeline(context.gating("first", first)).start();

        assertThatThrownBy(pipeline::start).isInstanceOf(IllegalStateException.class);
        pipeline.drainAndClose(GRACE_NS);
        assertThatThrownBy(pipeline::start).hasMessageContaining("unit=u07");
        assertThat(pipeline).asString().contains("started=true", "unit=u07", "ringSize=64");
    }
}
