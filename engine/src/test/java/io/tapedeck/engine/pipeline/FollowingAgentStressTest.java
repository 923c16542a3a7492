package io.tapedeck.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A producer at full speed over a small ring, a follower that is lapped all the time. */
class FollowingAgentStressTest {
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long EVENTS = Long.getLong("tapedeck.stressEvents", 2_000_000);
    private static final long MANY = 1_000;

    @ParameterizedTest(name = "ring of {0}, claims of up to {1}, {2}")
    @CsvSource({"4, 2, yield", "16, 8, busy-spin", "64, 1, yield", "256, 64, busy-spin", "1024, 256, yield"})
    @Timeout(120)
    void shouldNeverDeliverATornSlotAndAccountForEveryEventWhenLappedAtFullSpeed(
            final int ringSize, final int claimSize, final String waitMode) {
        final RecordingConsumer follower = new RecordingConsumer();
        final EventPipeline pipeline = new EventPipeline(new PipelineContext()
                        .ringSize(ringSize)
                        .claimSize(claimSize)
                        .waitMode(WaitMode.parse(waitMode))
                        .following("follower", follower))
                .start();
        final EventProducer producer = pipeline.producer();

        long published = 0;
        // However the scheduler treats the two threads: not before both reading and missing have happened often.
        while (published < EVENTS || follower.missed < MANY || follower.next - follower.missed < MANY) {
            final long low = producer.claim(claimSize);
            SlotPattern.fill(producer.slots(), low, low + claimSize - 1);
            producer.publish(low, low + claimSize - 1);
            published += claimSize;
        }
        final PipelineReport report = pipeline.drainAndClose(GRACE_NS);

        assertThat(follower.torn).as("torn slots").isZero();
        assertThat(follower.gaps).as("undeclared gaps").isZero();
        assertThat(follower.next).isEqualTo(published);
        assertThat(report.isClean()).isTrue();
        assertThat(report.stalls()).isZero();
        assertThat(report.consumers().get(0).missed()).isEqualTo(follower.missed);
        assertThat(report.consumers().get(0).handled()).isEqualTo(published - follower.missed);
    }
}
