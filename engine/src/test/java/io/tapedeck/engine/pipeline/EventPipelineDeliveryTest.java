package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gating consumer sees every event once, in order and whole, whatever the sizes, threads and waits. */
class EventPipelineDeliveryTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(60);

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("tapedeck.streams", 40));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @Timeout(120)
    void shouldDeliverEverythingToEveryConsumerWhenSizesThreadsAndWaitsVary(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int ringSize = 1 << random.nextInt(1, 12);
        final boolean followed = random.nextInt(3) == 0;
        final int claimSize = 1 + random.nextInt(Math.min(300, followed ? ringSize / 2 : ringSize));
        final WaitMode waitMode = WaitMode.values()[random.nextInt(WaitMode.values().length)];
        final int consumerCount = 1 + random.nextInt(4);
        final long events = 20L * ringSize + random.nextInt(1000);
        final PipelineContext context =
                new PipelineContext().ringSize(ringSize).claimSize(claimSize).waitMode(waitMode);
        final List<RecordingConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < consumerCount; i++) {
            consumers.add(new RecordingConsumer());
            context.gating("c" + i, "t" + random.nextInt(2), consumers.get(i));
        }
        final RecordingConsumer follower = new RecordingConsumer();
        if (followed) {
            context.following("follower", follower);
        }
        final EventPipeline pipeline = new EventPipeline(context);
        if (random.nextInt(5) > 0) {
            pipeline.start();
        }
        final TestProducer producer = new TestProducer(pipeline.producer(), seed);

        assertThat(producer.produceTo(events)).isTrue();
        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(report.isClean()).as("%s %s", context, report).isTrue();
        assertThat(report.events()).isEqualTo(events);
        for (final RecordingConsumer consumer : consumers) {
            assertThat(consumer.next).isEqualTo(events);
            assertThat(consumer.digest).isEqualTo(producer.digest);
            assertThat(consumer.gaps).isZero();
            assertThat(consumer.torn).isZero();
            assertThat(consumer.closes).isEqualTo(1);
        }
        if (followed) {
            assertThat(follower.next).isEqualTo(events);
            assertThat(follower.gaps).isZero();
            assertThat(follower.torn).isZero();
            assertThat(report.consumers().get(consumerCount).missed()).isEqualTo(follower.missed);
        }
    }
}
