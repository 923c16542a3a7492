package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.engine.pipeline.ConsumerReport.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowingAgentTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int RING_SIZE = 16;

    /** Answers what it is told to, and remembers what it was asked. */
    private static final class ScriptedConsumer extends RecordingConsumer {
        final List<String> asked = new ArrayList<>();
        long step = Long.MAX_VALUE;

        @Override
        public long onFallBehind(final long low, final long available) {
            asked.add(low + "<" + available);
            next = step == Long.MAX_VALUE ? available : low + step;
            return next;
        }
    }

    private final ScriptedConsumer consumer = new ScriptedConsumer();
    private final EventPipeline pipeline = new EventPipeline(
            new PipelineContext().ringSize(RING_SIZE).claimSize(RING_SIZE / 2).following("follower", consumer));
    private final TestProducer producer = new TestProducer(pipeline.producer(), 1);
    private final Agent agent = pipeline.agents().get(0);

    @Test
    void shouldNeverHoldTheProducerBackWhenNobodyReads() {
        producer.produceTo(100L * RING_SIZE);

        assertThat(consumer.next).isZero();
        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);
        assertThat(report.stalls()).isZero();
        assertThat(report.isClean()).isTrue();
        assertThat(report.consumers().get(0).handled()
                        + report.consumers().get(0).missed())
                .isEqualTo(100L * RING_SIZE);
    }

    @Test
    void shouldDeliverEverythingWhenInStep() throws Exception {
        for (int events = 1; events <= 10 * RING_SIZE; events++) {
            producer.produceTo(events);
            drive();
            assertThat(consumer.next).isEqualTo(events);
        }

        assertThat(consumer.digest).isEqualTo(producer.digest);
        assertThat(consumer.asked).isEmpty();
    }

    @Test
    void shouldTellWhatWasLostWhenLapped() throws Exception {
        produce(3, 3);
        drive();
        for (int i = 0; i < 5; i++) {
            produce(8, 8);
        }

        drive();

        // 43 events: 3 were read, the ring offers to go on half a ring before the end.
        assertThat(consumer.asked).containsExactly("3<35");
        assertThat(consumer.next).isEqualTo(43);
        assertThat(consumer.torn + consumer.gaps).isZero();
        final ConsumerReport report =
                pipeline.drainAndClose(GRACE_NS).consumers().get(0);
        assertThat(report.missed()).isEqualTo(32);
        assertThat(report.handled()).isEqualTo(11);
        assertThat(report.ending()).isEqualTo(Ending.DRAINED);
    }

    @Test
    void shouldDeliverTheOldestSlotWhenItIsStillIntact() throws Exception {
        produce(8, 8);
        produce(8, 8);

        drive();

        assertThat(consumer.asked).isEmpty();
        assertThat(consumer.next).isEqualTo(16);
    }

    @Test
    void shouldNotTouchASlotWhenItIsClaimedButNotPublished() throws Exception {
        produce(8, 8);
        produce(8, 8);
        final long low = pipeline.producer().claim(1);

        drive();

        assertThat(consumer.asked).containsExactly("0<8");
        assertThat(consumer.next).isEqualTo(16);
        pipeline.producer().publish(low, low);
    }

    @Test
    void shouldNotTrustASlotWhenAClaimOverItWasGivenBack() throws Exception {
        produce(2, 2);
        drive();
        produce(8, 8);
        produce(6, 6);
        // Writes over the first five slots, publishes none; the claim after it is smaller.
        produce(5, 0);
        produce(1, 0);

        drive();

        assertThat(consumer.asked).containsExactly("2<8");
        assertThat(consumer.next).isEqualTo(16);
        assertThat(consumer.torn + consumer.gaps).isZero();
    }

    @Test
    void shouldAskAgainUntilCaughtUpWhenCatchingUpInPieces() throws Exception {
        for (int i = 0; i < 3; i++) {
            produce(8, 8);
        }
        consumer.step = 6;

        drive();

        assertThat(consumer.asked).containsExactly("0<16", "6<16", "12<16");
        assertThat(consumer.next).isEqualTo(24);
        assertThat(consumer.gaps).isZero();
    }

    @Test
    void shouldIdleWhenCatchingUpHasNothingToDoYet() throws Exception {
        for (int i = 0; i < 3; i++) {
            produce(8, 8);
        }
        consumer.step = 0;

        assertThat(agent.doWork()).isZero();
        assertThat(agent.doWork()).isZero();

        assertThat(consumer.asked).containsExactly("0<16", "0<16");
        assertThat(consumer.idles).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhenTheConsumerIsFurtherThanTheRingOffers() throws Exception {
        for (int i = 0; i < 3; i++) {
            produce(8, 8);
        }
        consumer.step = 24;
        drive();
        produce(1, 1);
        drive();

        assertThat(consumer.asked).containsExactly("0<16");
        assertThat(consumer.next).isEqualTo(25);
        assertThat(consumer.gaps + consumer.torn).isZero();
    }

    @Test
    void shouldFailTheConsumerWhenItAsksForWhatIsNotThereYet() throws Exception {
        for (int i = 0; i < 3; i++) {
            produce(8, 8);
        }
        consumer.step = 25;

        drive();

        final ConsumerReport report =
                pipeline.drainAndClose(GRACE_NS).consumers().get(0);
        assertThat(report.ending()).isEqualTo(Ending.FAILED);
        assertThat(report.failure()).hasMessageContaining("wanted=25, low=0, newest=23");
        assertThat(consumer.closes).isEqualTo(1);
    }

    @Test
    void shouldCutTheConsumerOffWhenItNeverCatchesUp() {
        for (int i = 0; i < 3; i++) {
            produce(8, 8);
        }
        consumer.step = 0;

        final ConsumerReport report = pipeline.drainAndClose(TimeUnit.MILLISECONDS.toNanos(5))
                .consumers()
                .get(0);

        assertThat(report.ending()).isEqualTo(Ending.CUT_OFF);
        assertThat(report.handled() + report.missed()).isZero();
        assertThat(consumer.closes).isEqualTo(1);
    }

    private void produce(final int claimed, final int published) {
        final EventProducer events = pipeline.producer();
        final long low = events.claim(claimed);
        SlotPattern.fill(events.slots(), low, low + published - 1);
        events.publish(low, low + published - 1);
    }

    private void drive() throws Exception {
        int work;
        do {
            work = agent.doWork();
        } while (work > 0);
    }
}
