package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldSession;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.CountersManager;

/**
 * Everything that decides how a session is published. Set what differs from the defaults and give it to a publisher,
 * which checks it once. Serves one publisher.
 */
public final class PublisherContext {
    /** Default time that a packet with room left waits for more messages: 100 microseconds. */
    public static final long DEFAULT_FLUSH_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(100);

    /** Default time without a packet after which a heartbeat is due: a second. */
    public static final long DEFAULT_HEARTBEAT_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    /** Default time for which the end of a session is repeated: half a second. */
    public static final long DEFAULT_END_OF_SESSION_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Default time between two ends of session. */
    public static final long DEFAULT_END_OF_SESSION_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Default of how long an end of session may last at most while messages are asked for again: thirty seconds. */
    public static final long DEFAULT_MAX_END_OF_SESSION_NS = TimeUnit.SECONDS.toNanos(30);

    /** Default memory for the packets that were published last: 32 MiB hold 16,384 of the usual size. */
    public static final int DEFAULT_RECENT_LENGTH = 32 << 20;

    /** Rate that stands for none. */
    public static final long UNLIMITED = 0;

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final MoldSession session;
    private String unit = "u00";
    private int maxPayloadLength = MoldDescriptor.ETHERNET_PAYLOAD_LENGTH;
    private long flushIntervalNs = DEFAULT_FLUSH_INTERVAL_NS;
    private long heartbeatIntervalNs = DEFAULT_HEARTBEAT_INTERVAL_NS;
    private long endOfSessionNs = DEFAULT_END_OF_SESSION_NS;
    private long endOfSessionIntervalNs = DEFAULT_END_OF_SESSION_INTERVAL_NS;
    private long maxEndOfSessionNs = DEFAULT_MAX_END_OF_SESSION_NS;
    private BooleanSupplier stillWanted = () -> false;
    private long messagesPerSecond = UNLIMITED;
    private int recentLength = DEFAULT_RECENT_LENGTH;
    private Supplier<IdleStrategy> lineThreads;
    private IntConsumer lineStart = line -> {};
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private IdleStrategy idleStrategy = new SleepingIdleStrategy(PAUSE_NS);
    private CountersManager counters;
    private boolean concluded;

    /**
     * Settings for a session.
     *
     * @param session that is published; one for each unit and day.
     */
    public PublisherContext(final MoldSession session) {
        this.session = session;
    }

    /**
     * The session.
     *
     * @return the name that all packets carry.
     */
    public MoldSession session() {
        return session;
    }

    /**
     * Names the unit whose feed this is; counters carry the name.
     *
     * @param unit {@code u00} by default.
     * @return this.
     */
    public PublisherContext unit(final String unit) {
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
     * Sets the longest packet to send.
     *
     * @param maxPayloadLength in bytes, up to {@link MoldDescriptor#MAX_PAYLOAD_LENGTH}; from 72 on every ITCH message
     *                         fits; {@link MoldDescriptor#ETHERNET_PAYLOAD_LENGTH} by default.
     * @return this.
     */
    public PublisherContext maxPayloadLength(final int maxPayloadLength) {
        this.maxPayloadLength = maxPayloadLength;
        return this;
    }

    /**
     * The longest packet to send.
     *
     * @return in bytes.
     */
    public int maxPayloadLength() {
        return maxPayloadLength;
    }

    /**
     * Sets how long a packet with room left waits for more messages.
     *
     * @param flushIntervalNs in nanoseconds; 0 sends as soon as no more are there;
     *                        {@link #DEFAULT_FLUSH_INTERVAL_NS} by default.
     * @return this.
     */
    public PublisherContext flushIntervalNs(final long flushIntervalNs) {
        this.flushIntervalNs = flushIntervalNs;
        return this;
    }

    /**
     * How long a packet with room left waits for more messages.
     *
     * @return in nanoseconds.
     */
    public long flushIntervalNs() {
        return flushIntervalNs;
    }

    /**
     * Sets after what time without a packet a heartbeat is sent.
     *
     * @param heartbeatIntervalNs in nanoseconds, at least 1; {@link #DEFAULT_HEARTBEAT_INTERVAL_NS} by default.
     * @return this.
     */
    public PublisherContext heartbeatIntervalNs(final long heartbeatIntervalNs) {
        this.heartbeatIntervalNs = heartbeatIntervalNs;
        return this;
    }

    /**
     * After what time without a packet a heartbeat is sent.
     *
     * @return in nanoseconds.
     */
    public long heartbeatIntervalNs() {
        return heartbeatIntervalNs;
    }

    /**
     * Sets how long the end of the session is repeated. The publisher's close takes that long.
     *
     * @param endOfSessionNs in nanoseconds; 0 sends it once; {@link #DEFAULT_END_OF_SESSION_NS} by default.
     * @return this.
     */
    public PublisherContext endOfSessionNs(final long endOfSessionNs) {
        this.endOfSessionNs = endOfSessionNs;
        return this;
    }

    /**
     * How long the end of the session is repeated.
     *
     * @return in nanoseconds.
     */
    public long endOfSessionNs() {
        return endOfSessionNs;
    }

    /**
     * Sets the time between two ends of session.
     *
     * @param endOfSessionIntervalNs in nanoseconds, at least 1; {@link #DEFAULT_END_OF_SESSION_INTERVAL_NS} by default.
     * @return this.
     */
    public PublisherContext endOfSessionIntervalNs(final long endOfSessionIntervalNs) {
        this.endOfSessionIntervalNs = endOfSessionIntervalNs;
        return this;
    }

    /**
     * The time between two ends of session.
     *
     * @return in nanoseconds.
     */
    public long endOfSessionIntervalNs() {
        return endOfSessionIntervalNs;
    }

    /**
     * Lets the end of the session last longer than {@link #endOfSessionNs()} while lost messages are still asked for.
     *
     * @param stillWanted       asked on the publisher's thread; by default nobody wants anything.
     * @param maxEndOfSessionNs but no longer than that, in nanoseconds.
     * @return this.
     */
    public PublisherContext endOfSessionWhile(final BooleanSupplier stillWanted, final long maxEndOfSessionNs) {
        this.stillWanted = stillWanted;
        this.maxEndOfSessionNs = maxEndOfSessionNs;
        return this;
    }

    /**
     * What makes the end of the session last longer.
     *
     * @return true while messages are asked for.
     */
    public BooleanSupplier stillWanted() {
        return stillWanted;
    }

    /**
     * How long the end of the session may last while messages are asked for.
     *
     * @return in nanoseconds.
     */
    public long maxEndOfSessionNs() {
        return maxEndOfSessionNs;
    }

    /**
     * Sets how much memory the packets take that were published last. Requests are answered from it, and packets on
     * their way to the lines lie in it.
     *
     * @param recentLength in bytes; {@link #DEFAULT_RECENT_LENGTH} by default. Room for four packets is always taken.
     * @return this.
     */
    public PublisherContext recentLength(final int recentLength) {
        this.recentLength = recentLength;
        return this;
    }

    /**
     * How much memory the packets take that were published last.
     *
     * @return in bytes.
     */
    public int recentLength() {
        return recentLength;
    }

    /**
     * Gives every line a thread of its own, so that packets are made while others are sent.
     *
     * @param idleStrategies makes one for each thread: how it waits for packets. Null, the default, lets the publisher's
     *                       thread send.
     * @return this.
     */
    public PublisherContext lineThreads(final Supplier<IdleStrategy> idleStrategies) {
        lineThreads = idleStrategies;
        return this;
    }

    /**
     * Sets what each line's thread does before anything else, for example pin itself.
     *
     * @param lineStart takes the line's number, from 0, on that thread; nothing by default.
     * @return this.
     */
    public PublisherContext lineStart(final IntConsumer lineStart) {
        this.lineStart = lineStart;
        return this;
    }

    /**
     * What each line's thread does first.
     *
     * @return takes the line's number.
     */
    public IntConsumer lineStart() {
        return lineStart;
    }

    /**
     * How the lines' threads wait.
     *
     * @return null when they have none.
     */
    public Supplier<IdleStrategy> lineThreads() {
        return lineThreads;
    }

    /**
     * Limits the rate, so that a slow receiver loses nothing. What is not used in time is forfeited, but for a
     * millisecond's worth.
     *
     * @param messagesPerSecond at most that many; {@link #UNLIMITED} by default.
     * @return this.
     */
    public PublisherContext messagesPerSecond(final long messagesPerSecond) {
        this.messagesPerSecond = messagesPerSecond;
        return this;
    }

    /**
     * The limit of the rate.
     *
     * @return messages per second, or {@link #UNLIMITED}.
     */
    public long messagesPerSecond() {
        return messagesPerSecond;
    }

    /**
     * Sets the clock of flushes, heartbeats and the rate.
     *
     * @param nanoClock wall time, monotonic, with any origin; the system's by default. The times given to
     *                  {@link MoldPublisher#onIdle(long)} are this clock's.
     * @return this.
     */
    public PublisherContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * The clock of flushes, heartbeats and the rate.
     *
     * @return the clock.
     */
    public NanoClock nanoClock() {
        return nanoClock;
    }

    /**
     * Sets how the publisher waits, where the rate or the end of a session makes it.
     *
     * @param idleStrategy sleeps of 50 microseconds by default.
     * @return this.
     */
    public PublisherContext idleStrategy(final IdleStrategy idleStrategy) {
        this.idleStrategy = idleStrategy;
        return this;
    }

    /**
     * How the publisher waits.
     *
     * @return the strategy.
     */
    public IdleStrategy idleStrategy() {
        return idleStrategy;
    }

    /**
     * Sets where the counters are, for example those of a counters file.
     *
     * @param counters to add one of each {@link PublisherCounter} to; memory of its own by default.
     * @return this.
     */
    public PublisherContext counters(final CountersManager counters) {
        this.counters = counters;
        return this;
    }

    /**
     * Where the counters are.
     *
     * @return null for memory of its own.
     */
    public CountersManager counters() {
        return counters;
    }

    /**
     * Checks everything and fills in what was left open; the publisher calls it.
     *
     * @return this.
     * @throws IllegalStateException    when called twice: a context serves one publisher.
     * @throws IllegalArgumentException when a setting is out of range; the message holds it.
     */
    public PublisherContext conclude() {
        if (concluded) {
            throw new IllegalStateException("a context serves one publisher, make another: " + this);
        }
        checkRange("flushIntervalNs", flushIntervalNs, 0);
        checkRange("heartbeatIntervalNs", heartbeatIntervalNs, 1);
        checkRange("endOfSessionNs", endOfSessionNs, 0);
        checkRange("endOfSessionIntervalNs", endOfSessionIntervalNs, 1);
        checkRange("maxEndOfSessionNs", maxEndOfSessionNs, 0);
        checkRange("messagesPerSecond", messagesPerSecond, UNLIMITED);
        checkRange("recentLength", recentLength, 1);
        concluded = true;
        return this;
    }

    private static void checkRange(final String name, final long value, final long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + name + "=" + value);
        }
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "PublisherContext{session=" + session + ", unit=" + unit + ", maxPayloadLength=" + maxPayloadLength
                + ", flushIntervalNs=" + flushIntervalNs + ", heartbeatIntervalNs=" + heartbeatIntervalNs
                + ", endOfSessionNs=" + endOfSessionNs + ", endOfSessionIntervalNs=" + endOfSessionIntervalNs
                + ", maxEndOfSessionNs=" + maxEndOfSessionNs + ", messagesPerSecond=" + messagesPerSecond
                + ", recentLength=" + recentLength + ", lineThreads=" + (lineThreads != null) + ", nanoClock="
                + nanoClock.getClass().getSimpleName() + ", idleStrategy=" + idleStrategy.alias() + ", concluded="
                + concluded + "}";
    }
}
