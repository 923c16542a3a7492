package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventProducerTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);

    private final RecordingConsumer consumer = new RecordingConsumer();
    private EventPipeline pipeline;
    private EventProducer producer;

    @BeforeEach
    void makePipeline() {
        pipeline =
                new EventPipeline(new PipelineContext().ringSize(8).claimSize(6).gating("reader", consumer));
        producer = pipeline.producer();
    }

    @Test
    void shouldClaimInOrderFromZeroWhenEachClaimIsPublished() {
        assertThat(claimFillPublish(3, 3)).isZero();
        assertThat(claimFillPublish(2, 2)).isEqualTo(3);
        assertThat(claimFillPublish(1, 1)).isEqualTo(5);
    }

    @Test
    void shouldClaimAgainWhatWasNotPublishedWhenPublishingLess() {
        claimFillPublish(6, 2);
        assertThat(claimFillPublish(6, 6)).isEqualTo(2);
        assertThat(claimFillPublish(4, 0)).isEqualTo(8);
        assertThat(claimFillPublish(4, 4)).isEqualTo(8);

        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(report.events()).isEqualTo(12);
        assertThat(consumer.next).isEqualTo(12);
        assertThat(consumer.gaps + consumer.torn).isZero();
    }

    @Test
    void shouldDeliverNothingWhenNothingIsPublished() throws Exception {
        final Agent agent = pipeline.agents().get(0);
        final long low = producer.claim(3);
        SlotPattern.fill(producer.slots(), low, low + 2);

        assertThat(agent.doWork()).isZero();
        assertThat(consumer.next).isZero();

        producer.publish(low, low + 2);

        assertThat(agent.doWork()).isPositive();
        assertThat(consumer.next).isPositive();
    }

    @Test
    void shouldWorkConsumersOffItselfWhenTheRingIsFullAndNoThreadWasStarted() {
        for (int i = 0; i < 100; i++) {
            claimFillPublish(6, 5);
        }

        assertThat(consumer.next).isGreaterThanOrEqualTo(500 - 8);
        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);
        assertThat(report.stalls()).isPositive();
        assertThat(consumer.next).isEqualTo(500);
    }

    @Test
    void shouldRefuseAClaimThatIsNotFromOneToTheClaimSize() {
        assertThatThrownBy(() -> producer.claim(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count=0, claimSize=6");
        assertThatThrownBy(() -> producer.claim(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count=7, claimSize=6");
    }

    @Test
    void shouldRefuseASecondClaimWhenOneIsOpen() {
        producer.claim(2);

        assertThatThrownBy(() -> producer.claim(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("low=0, high=1");
    }

    @Test
    void shouldRefuseToPublishWhatIsNotClaimed() {
        assertThatThrownBy(() -> producer.publish(0, 0)).isInstanceOf(IllegalArgumentException.class);
        producer.claim(2);
        assertThatThrownBy(() -> producer.publish(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> producer.publish(0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("high=2")
                .hasMessageContaining("claimHigh=1");
        assertThatThrownBy(() -> producer.publish(0, -2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldAnswerClosedWhenThePipelineWasDrained() {
        claimFillPublish(2, 2);
        pipeline.drainAndClose(GRACE_NS);

        assertThat(producer.claim(1)).isEqualTo(EventProducer.CLOSED);
        assertThat(producer.claim(6)).isEqualTo(EventProducer.CLOSED);
    }

    private long claimFillPublish(final int claimed, final int published) {
        final long low = producer.claim(claimed);
        SlotPattern.fill(producer.slots(), low, low + published - 1);
        producer.publish(low, low + published - 1);
        return low;
    }
}
