package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.testing.AllocationMeter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is allocated per event, by the producer or by a consumer. */
@Timeout(120)
class PipelineAllocationTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int RUNS = 10;
    private static final int EVENTS_PER_RUN = 200_000;

    /** Large, so that two threads that have one processor between them need not take turns often. */
    private static final int SHARED_RING_SIZE = 1 << 16;

    private static final class CountingConsumer implements FollowingConsumer {
        volatile long next;

        @Override
        public void onBatch(final SlotArray slots, final long low, final long high) {
            next = high + 1;
        }

        @Override
        public long onFallBehind(final long low, final long available) {
            next = available;
            return available;
        }
    }

    @Test
    void shouldAllocateNothingWhenOneThreadDoesEverything() throws Exception {
        final CountingConsumer gating = new CountingConsumer();
        final CountingConsumer following = new CountingConsumer();
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                .ringSize(1024)
                .claimSize(64)
                .gating("gating", gating)
                .following("following", following));
        final Agent[] agents = pipeline.agents().toArray(new Agent[0]);

        final long bytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    for (int i = 0; i < EVENTS_PER_RUN; i += 64) {
                        produce(pipeline.producer(), 64);
                        if (i % 4096 == 0) {
                            drive(agents);
                        }
                    }
                },
                RUNS);

        assertThat(bytes).isZero();
        assertThat(pipeline.drainAndClose(GRACE_NS).isClean()).isTrue();
        assertThat(gating.next).isEqualTo(following.next).isGreaterThanOrEqualTo(RUNS * (long) EVENTS_PER_RUN);
    }

    @ParameterizedTest
    @EnumSource(WaitMode.class)
    void shouldAllocateNothingWhenProducerAndConsumerHaveThreads(final WaitMode waitMode) throws InterruptedException {
        final CountingConsumer consumer = new CountingConsumer();
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                .ringSize(SHARED_RING_SIZE)
                .claimSize(64)
                .waitMode(waitMode)
                .gating("consumer", consumer));
        // The consumer's agent is driven by a thread of the test, which can measure itself.
        final Agent agent = pipeline.agents().get(0);
        final AtomicLong goal = new AtomicLong();
        final AtomicLong consumerBytes = new AtomicLong(-1);
        final Runnable consume = () -> {
            final long end = goal.addAndGet(EVENTS_PER_RUN);
            while (consumer.next < end) {
                drive(agent);
            }
        };
        final Thread thread =
                new Thread(() -> consumerBytes.set(AllocationMeter.leastAllocatedBytes(consume, RUNS)), "consumer");
        thread.start();
        final AtomicLong produced = new AtomicLong();

        final long producerBytes = AllocationMeter.leastAllocatedBytes(
                () -> {
                    final long end = produced.addAndGet(EVENTS_PER_RUN);
                    for (long events = end - EVENTS_PER_RUN; events < end; events += 64) {
                        // Whoever claims from a full ring without threads does the consumer's work: leave it room.
                        while (events - consumer.next > SHARED_RING_SIZE / 2) {
                            Thread.yield();
                        }
                        produce(pipeline.producer(), 64);
                    }
                },
                RUNS);
        thread.join();

        assertThat(producerBytes).as("producer").isZero();
        assertThat(consumerBytes.get()).as("consumer").isZero();
        pipeline.drainAndClose(GRACE_NS);
    }

    private static void produce(final EventProducer producer, final int count) {
        final long low = producer.claim(count);
        for (long sequence = low; sequence < low + count; sequence++) {
            producer.slots().buffer().putLong(producer.slots().offset(sequence), sequence);
        }
        producer.publish(low, low + count - 1);
    }

    private static void drive(final Agent... agents) {
        for (final Agent agent : agents) {
            drive(agent);
        }
    }

    private static void drive(final Agent agent) {
        try {
            if (agent.doWork() == 0) {
                Thread.yield();
            }
        } catch (final Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
