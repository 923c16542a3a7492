package io.tapedeck.engine.pipeline;

import io.tapedeck.engine.pipeline.ConsumerReport.Ending;
import io.tapedeck.engine.pipeline.PipelineContext.Registration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * One unit's ring with its producer and consumers, from the first claim to the last close.
 *
 * <p>Either {@link #start()} gives the consumers their threads, or whoever holds the pipeline drives {@link #agents()}
 * itself; in that case a claim that finds the ring full, and a drain, drive them too, on the calling thread.
 *
 * <p><b>Note:</b> {@link #producer()} belongs to one thread; {@link #drainAndClose(long)} may be called by any thread but
 * a consumer's, a signal handler's included.
 */
public final class EventPipeline {
    /** What a consumer that was cut off is given to close in, beyond the grace. */
    private static final long CLOSE_GRACE_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long AWAIT_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final PipelineContext context;
    private final EventRing ring;
    private final EventProducer producer;
    private final PipelineCounters counters;
    private final List<ConsumerAgent> agents = new ArrayList<>();
    private final ConsumerGroup[] groups;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean started;
    private PipelineReport report;

    /**
     * Makes ring, counters and consumers' agents; starts nothing.
     *
     * @param context not concluded yet.
     * @throws IllegalArgumentException when its settings do not go together.
     */
    public EventPipeline(final PipelineContext context) {
        this.context = context.conclude();
        ring = new EventRing(context.ringSize(), context.waitMode());
        counters = new PipelineCounters(context.counters(), context.unit());
        final Map<String, List<ConsumerAgent>> agentsByThread = new LinkedHashMap<>();
        for (final Registration registration : context.consumers()) {
            final ConsumerAgent agent = newAgent(registration);
            agents.add(agent);
            agentsByThread
                    .computeIfAbsent(registration.thread, thread -> new ArrayList<>())
                    .add(agent);
        }
        groups = agentsByThread.entrySet().stream()
                .map(thread -> newGroup(thread.getKey(), thread.getValue()))
                .toArray(ConsumerGroup[]::new);
        producer =
                new EventProducer(ring, context.claimSize(), new ProducerIdleStrategy(), context.nanoClock(), counters);
    }

    /**
     * The writing end.
     *
     * @return always the same; for one thread.
     */
    public EventProducer producer() {
        return producer;
    }

    /**
     * The consumers' duty cycles, one for each thread that {@link #start()} would make. Only for a pipeline that is not
     * started; each is for one thread at a time.
     *
     * @return in the order in which the threads were first named.
     */
    public List<Agent> agents() {
        return List.of(groups);
    }

    /**
     * Gives the consumers their threads; to be called before the first claim.
     *
     * @return this.
     * @throws IllegalStateException when it was started or drained before.
     */
    public synchronized EventPipeline start() {
        if (started || report != null) {
            throw new IllegalStateException("a pipeline starts once: unit=" + context.unit());
        }
        for (final ConsumerGroup group : groups) {
            threads.add(group.newThread(newConsumerIdleStrategy(group)));
        }
        started = true;
        threads.forEach(Thread::start);
        return this;
    }

    /**
     * Stops the producer, lets every consumer read to the end, closes them and joins their threads. The producer's next
     * claim, or the one in which it waits, answers {@link EventProducer#CLOSED}; a claim that is open is waited for,
     * unless the calling thread holds it: then nothing of it is published.
     *
     * <p>When the grace is over, consumers that have not reached the end are closed where they are, for which they get
     * up to a second more; one that does not come back at all is left behind with its thread. The report names them.
     * A second call returns the first one's report.
     *
     * @param graceNs how long to wait for the producer and the consumers, in nanoseconds.
     * @return how everything ended.
     * @throws IllegalStateException when a consumer's thread calls it.
     */
    public PipelineReport drainAndClose(final long graceNs) {
        if (threadsContain(Thread.currentThread())) {
            throw new IllegalStateException("a consumer cannot wait for its own end: thread="
                    + Thread.currentThread().getName());
        }
        ring.beginClosing();
        producer.abandonOwnClaim();
        synchronized (this) {
            if (report == null) {
                report = drain(graceNs);
            }
            return report;
        }
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "EventPipeline{started=" + started + ", " + context + "}";
    }

    private PipelineReport drain(final long graceNs) {
        final NanoClock clock = context.nanoClock();
        final long deadlineNs = clock.nanoTime() + graceNs;
        final boolean producerStopped = await(() -> !ring.hasOpenClaim(), deadlineNs);
        final long end = ring.cursor();
        ring.endAt(end);
        if (!await(this::isClosed, deadlineNs)) {
            ring.endAt(Long.MIN_VALUE);
            await(this::isClosed, clock.nanoTime() + CLOSE_GRACE_NS);
        }
        final List<ConsumerReport> consumers = new ArrayList<>();
        for (final ConsumerAgent agent : agents) {
            consumers.add(report(agent, end));
        }
        return new PipelineReport(
                context.unit(),
                end + 1,
                producerStopped,
                counters.stalls(),
                counters.stallNs(),
                List.copyOf(consumers));
    }

    private static ConsumerReport report(final ConsumerAgent agent, final long end) {
        final boolean closed = agent.isClosed();
        final long handledOrMissed = agent.nextSequence();
        final long missed = agent.counters().missed();
        final Throwable failure = agent.failure();
        final Ending ending;
        if (!closed) {
            ending = Ending.STUCK;
        } else if (failure != null) {
            ending = Ending.FAILED;
        } else {
            ending = handledOrMissed <= end ? Ending.CUT_OFF : Ending.DRAINED;
        }
        return new ConsumerReport(
                agent.roleName(), agent.isGating(), ending, handledOrMissed - missed, missed, failure);
    }

    /** Waits for something that other threads do, or, when there are none, does the consumers' work meanwhile. */
    private boolean await(final BooleanSupplier condition, final long deadlineNs) {
        while (!condition.getAsBoolean()) {
            if (context.nanoClock().nanoTime() - deadlineNs >= 0) {
                return false;
            }
            if (started) {
                LockSupport.parkNanos(AWAIT_INTERVAL_NS);
            } else {
                driveConsumers();
            }
        }
        return true;
    }

    private boolean isClosed() {
        for (final Thread thread : threads) {
            if (thread.isAlive()) {
                return false;
            }
        }
        for (final ConsumerGroup group : groups) {
            if (!group.isClosed()) {
                return false;
            }
        }
        return true;
    }

    private boolean threadsContain(final Thread thread) {
        return started && threads.contains(thread);
    }

    private void driveConsumers() {
        for (final ConsumerGroup group : groups) {
            group.doWork();
        }
    }

    private ConsumerAgent newAgent(final Registration registration) {
        final ConsumerCounters consumerCounters =
                new ConsumerCounters(context.counters(), context.unit(), registration.name);
        return registration.gating
                ? new GatingAgent(ring, registration.name, registration.consumer, context, consumerCounters)
                : new FollowingAgent(
                        ring, registration.name, (FollowingConsumer) registration.consumer, context, consumerCounters);
    }

    private ConsumerGroup newGroup(final String thread, final List<ConsumerAgent> members) {
        final String threadName = "tapedeck-" + context.unit() + "-" + thread;
        return new ConsumerGroup(threadName, context.cpu(thread), members, context.runListener());
    }

    private IdleStrategy newConsumerIdleStrategy(final ConsumerGroup group) {
        return context.waitMode() == WaitMode.BLOCK ? new RingIdleStrategy(ring, group) : newIdleStrategy();
    }

    private IdleStrategy newIdleStrategy() {
        switch (context.waitMode()) {
            case BUSY_SPIN:
                return new BusySpinIdleStrategy();
            case YIELD:
                return new YieldingIdleStrategy();
            default:
                return new BackoffIdleStrategy(10, 20, MIN_PARK_NS, MAX_PARK_NS);
        }
    }

    /** How a claim waits for room. */
    private final class ProducerIdleStrategy implements IdleStrategy {
        private final IdleStrategy threaded = newIdleStrategy();

        @Override
        public void idle(final int workCount) {
            if (workCount <= 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            if (started) {
                threaded.idle();
            } else {
                driveConsumers();
            }
        }

        @Override
        public void reset() {
            threaded.reset();
        }
    }
}
