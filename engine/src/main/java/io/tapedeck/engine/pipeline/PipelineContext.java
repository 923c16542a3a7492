package io.tapedeck.engine.pipeline;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * Everything that decides how a pipeline runs. Set what differs from the defaults, add the consumers, and give it to an
 * {@link EventPipeline}, which checks it once. Not for use by several threads, nor for two pipelines.
 */
public final class PipelineContext {
    /** Default number of slots of a ring: 1 MiB, which stays in the cache of one core. */
    public static final int DEFAULT_RING_SIZE = 1 << 14;

    /** Default size of a claim: from here on the cost of handing over is lost in that of making the events. */
    public static final int DEFAULT_CLAIM_SIZE = 256;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private final List<Registration> consumers = new ArrayList<>();
    private final Map<String, Integer> cpuByThread = new TreeMap<>();
    private String unit = "u00";
    private int ringSize = DEFAULT_RING_SIZE;
    private int claimSize = DEFAULT_CLAIM_SIZE;
    private WaitMode waitMode = WaitMode.YIELD;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private RunListener runListener = RunListener.NONE;
    private CountersManager counters;
    private boolean concluded;

    /** One consumer, its name and its thread's. */
    static final class Registration {
        final String name;
        final String thread;
        final BatchConsumer consumer;
        final boolean gating;

        Registration(final String name, final String thread, final BatchConsumer consumer, final boolean gating) {
            this.name = name;
            this.thread = thread;
            this.consumer = consumer;
            this.gating = gating;
        }

        @Override
        public String toString() {
            return name + "(" + (gating ? "gating" : "following") + ", thread " + thread + ")";
        }
    }

    /**
     * Names the unit whose events these are; threads and counters carry the name.
     *
     * @param unit lower-case letters, digits and dashes; {@code u00} by default.
     * @return this.
     */
    public PipelineContext unit(final String unit) {
        this.unit = unit;
        return this;
    }

    /**
     * The unit.
     *
     * @return its name.
     */
    public String unit() {
        return unit;
    }

    /**
     * Sets how many slots the ring has.
     *
     * @param ringSize a power of two from 2; {@link #DEFAULT_RING_SIZE} by default. A slot takes 64 bytes.
     * @return this.
     */
    public PipelineContext ringSize(final int ringSize) {
        this.ringSize = ringSize;
        return this;
    }

    /**
     * How many slots the ring has.
     *
     * @return a power of two once concluded.
     */
    public int ringSize() {
        return ringSize;
    }

    /**
     * Sets the most slots of one claim.
     *
     * @param claimSize up to the ring's size, up to half of it when any consumer follows;
     *                  {@link #DEFAULT_CLAIM_SIZE} by default.
     * @return this.
     */
    public PipelineContext claimSize(final int claimSize) {
        this.claimSize = claimSize;
        return this;
    }

    /**
     * The most slots of one claim.
     *
     * @return number of slots.
     */
    public int claimSize() {
        return claimSize;
    }

    /**
     * Sets how threads wait.
     *
     * @param waitMode for the producer and all consumers; {@link WaitMode#YIELD} by default.
     * @return this.
     */
    public PipelineContext waitMode(final WaitMode waitMode) {
        this.waitMode = waitMode;
        return this;
    }

    /**
     * How threads wait.
     *
     * @return the mode.
     */
    public WaitMode waitMode() {
        return waitMode;
    }

    /**
     * Sets the clock of timers, stall times and the grace of a drain.
     *
     * @param nanoClock monotonic; the system's by default.
     * @return this.
     */
    public PipelineContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * The clock of timers and stall times.
     *
     * @return the clock.
     */
    public NanoClock nanoClock() {
        return nanoClock;
    }

    /**
     * Sets who is told of failures.
     *
     * @param runListener called by the consumers' threads; nobody by default.
     * @return this.
     */
    public PipelineContext runListener(final RunListener runListener) {
        this.runListener = runListener;
        return this;
    }

    /**
     * Who is told of failures.
     *
     * @return the listener.
     */
    public RunListener runListener() {
        return runListener;
    }

    /**
     * Sets where the counters are, for example those of a {@link CountersFile}. Several pipelines may share
     * those of a file; others only when they are made by one thread.
     *
     * @param counters to add this pipeline's to; memory of its own by default.
     * @return this.
     */
    public PipelineContext counters(final CountersManager counters) {
        this.counters = counters;
        return this;
    }

    /**
     * Where the counters are.
     *
     * @return null until concluded, when none were set.
     */
    public CountersManager counters() {
        return counters;
    }

    /**
     * Adds a consumer that the producer waits for, with a thread of its own.
     *
     * @param name     of the consumer and the thread: lower-case letters, digits and dashes.
     * @param consumer owned by the pipeline, which closes it.
     * @return this.
     */
    public PipelineContext gating(final String name, final BatchConsumer consumer) {
        return gating(name, name, consumer);
    }

    /**
     * Adds a consumer that the producer waits for.
     *
     * @param name     of the consumer.
     * @param thread   that runs it, and all other gating consumers added with the same one.
     * @param consumer owned by the pipeline, which closes it.
     * @return this.
     */
    public PipelineContext gating(final String name, final String thread, final BatchConsumer consumer) {
        consumers.add(new Registration(name, thread, consumer, true));
        return this;
    }

    /**
     * Adds a consumer that the producer does not wait for, with a thread of its own.
     *
     * @param name     of the consumer and the thread: lower-case letters, digits and dashes.
     * @param consumer owned by the pipeline, which closes it.
     * @return this.
     */
    public PipelineContext following(final String name, final FollowingConsumer consumer) {
        return following(name, name, consumer);
    }

    /**
     * Adds a consumer that the producer does not wait for.
     *
     * @param name     of the consumer.
     * @param thread   that runs it, and all other following consumers added with the same one.
     * @param consumer owned by the pipeline, which closes it.
     * @return this.
     */
    public PipelineContext following(final String name, final String thread, final FollowingConsumer consumer) {
        consumers.add(new Registration(name, thread, consumer, false));
        return this;
    }

    /**
     * Pins a thread. Whether that succeeded is told by {@link RunListener#onThreadNotPinned}.
     *
     * @param thread of a consumer, by the name that it was added with.
     * @param cpu    number of the CPU, from 0.
     * @return this.
     */
    public PipelineContext pin(final String thread, final int cpu) {
        cpuByThread.put(thread, cpu);
        return this;
    }

    /**
     * Pins those of the consumers' threads, as they are now, that are to be.
     *
     * @param pins which; those of other threads change nothing.
     * @param unit number of the unit.
     * @return this.
     */
    public PipelineContext pin(final ThreadPins pins, final int unit) {
        for (final Registration consumer : consumers) {
            final int cpu = pins.cpu(unit, consumer.thread);
            if (cpu != CpuPinning.ANYWHERE) {
                pin(consumer.thread, cpu);
            }
        }
        return this;
    }

    List<Registration> consumers() {
        return consumers;
    }

    int cpu(final String thread) {
        return cpuByThread.getOrDefault(thread, CpuPinning.ANYWHERE);
    }

    /**
     * Checks everything and fills in what was left open; the pipeline calls it.
     *
     * @return this.
     * @throws IllegalStateException    when called twice: a context serves one pipeline.
     * @throws IllegalArgumentException when settings do not go together; the message holds them.
     */
    public PipelineContext conclude() {
        if (concluded) {
            throw new IllegalStateException("a context serves one pipeline, make another: " + this);
        }
        checkName("unit", unit);
        checkSizes();
        checkConsumers();
        checkPins();
        if (counters == null) {
            counters = countersInMemory();
        }
        concluded = true;
        return this;
    }

    private void checkSizes() {
        check(
                ringSize >= 2 && ringSize <= SlotArray.MAX_CAPACITY && BitUtil.isPowerOfTwo(ringSize),
                "the ring size must be a power of two from 2 to " + SlotArray.MAX_CAPACITY + ": ringSize=" + ringSize);
        check(
                claimSize >= 1 && claimSize <= ringSize,
                "a claim must fit the ring: claimSize=" + claimSize + ", ringSize=" + ringSize);
        final boolean followed = consumers.stream().anyMatch(consumer -> !consumer.gating);
        check(
                !followed || claimSize <= ringSize / 2,
                "with a following consumer a claim may take half the ring at most, or it is always behind: claimSize="
                        + claimSize + ", ringSize=" + ringSize);
    }

    private void checkConsumers() {
        check(!consumers.isEmpty(), "a pipeline needs a consumer: unit=" + unit);
        final Map<String, Registration> byName = new TreeMap<>();
        final Map<String, Registration> byThread = new TreeMap<>();
        for (final Registration consumer : consumers) {
            checkName("consumer", consumer.name);
            checkName("thread", consumer.thread);
            check(
                    byName.put(consumer.name, consumer) == null,
                    "two consumers have one name: consumer=" + consumer.name);
            final Registration other = byThread.putIfAbsent(consumer.thread, consumer);
            check(
                    other == null || other.gating == consumer.gating,
                    "a following consumer that hangs would hold the producer back through the thread that it shares"
                            + " with a gating one: thread=" + consumer.thread + ", consumers=" + consumers);
        }
    }

    private void checkPins() {
        cpuByThread.forEach((thread, cpu) -> {
            check(
                    consumers.stream().anyMatch(consumer -> consumer.thread.equals(thread)),
                    "no consumer has the thread that is to be pinned: thread=" + thread + ", consumers=" + consumers);
            check(cpu >= 0, "CPUs are counted from 0: thread=" + thread + ", cpu=" + cpu);
        });
    }

    private static void checkName(final String what, final String name) {
        check(
                name != null && NAME.matcher(name).matches(),
                "a name is made of lower-case letters, digits and dashes: " + what + "=" + name);
    }

    private static void check(final boolean condition, final String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private CountersManager countersInMemory() {
        final int values = PipelineCounter.values().length * (1 + consumers.size());
        return new CountersManager(
                alignedBuffer(values * CountersReader.METADATA_LENGTH),
                alignedBuffer(values * CountersReader.COUNTER_LENGTH));
    }

    private static UnsafeBuffer alignedBuffer(final int lengthBytes) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(lengthBytes, EventSlotDescriptor.SLOT_ALIGNMENT));
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "PipelineContext{unit=" + unit + ", ringSize=" + ringSize + ", claimSize=" + claimSize + ", waitMode="
                + waitMode + ", consumers=" + consumers + ", cpuByThread=" + cpuByThread + ", nanoClock="
                + nanoClock.getClass().getSimpleName() + ", runListener="
                + runListener.getClass().getSimpleName() + ", concluded=" + concluded + "}";
    }
}
