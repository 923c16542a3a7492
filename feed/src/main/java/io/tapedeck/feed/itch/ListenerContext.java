package io.tapedeck.feed.itch;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.udp.UdpContext;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/** Everything that decides how a feed is listened to. Set what differs from the defaults; serves one listener. */
public final class ListenerContext {
    /** Default silence after which a feed is given up: 15 seconds, in which 15 heartbeats are due. */
    public static final long DEFAULT_IDLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    private final UdpContext udp;
    private MoldSession session;
    private long idleTimeoutNs = DEFAULT_IDLE_TIMEOUT_NS;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private IdleStrategy idleStrategy = new BackoffIdleStrategy();

    /**
     * Settings for a feed.
     *
     * @param udp where it is received.
     */
    public ListenerContext(final UdpContext udp) {
        this.udp = udp;
    }

    /**
     * Where the feed is received.
     *
     * @return the socket's settings.
     */
    public UdpContext udp() {
        return udp;
    }

    /**
     * Names the session to follow.
     *
     * @param session the one that is heard first by default.
     * @return this.
     */
    public ListenerContext session(final MoldSession session) {
        this.session = session;
        return this;
    }

    /**
     * The session to follow.
     *
     * @return null for the one that is heard first.
     */
    public MoldSession session() {
        return session;
    }

    /**
     * Sets the silence after which a feed is given up.
     *
     * @param idleTimeoutNs in nanoseconds, at least 1; {@link #DEFAULT_IDLE_TIMEOUT_NS} by default.
     * @return this.
     */
    public ListenerContext idleTimeoutNs(final long idleTimeoutNs) {
        this.idleTimeoutNs = idleTimeoutNs;
        return this;
    }

    /**
     * The silence after which a feed is given up.
     *
     * @return in nanoseconds.
     */
    public long idleTimeoutNs() {
        return idleTimeoutNs;
    }

    /**
     * Sets the clock of the silence.
     *
     * @param nanoClock monotonic; the system's by default.
     * @return this.
     */
    public ListenerContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * The clock of the silence.
     *
     * @return the clock.
     */
    public NanoClock nanoClock() {
        return nanoClock;
    }

    /**
     * Sets how to wait for packets.
     *
     * @param idleStrategy spins, yields and then sleeps up to a millisecond by default.
     * @return this.
     */
    public ListenerContext idleStrategy(final IdleStrategy idleStrategy) {
        this.idleStrategy = idleStrategy;
        return this;
    }

    /**
     * How to wait for packets.
     *
     * @return the strategy.
     */
    public IdleStrategy idleStrategy() {
        return idleStrategy;
    }

    /**
     * Checks everything; the listener calls it.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is out of range; the message holds it.
     */
    ListenerContext conclude() {
        if (idleTimeoutNs < 1) {
            throw new IllegalArgumentException("idleTimeoutNs must be at least 1: idleTimeoutNs=" + idleTimeoutNs);
        }
        return this;
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "ListenerContext{udp=" + udp + ", session=" + session + ", idleTimeoutNs=" + idleTimeoutNs
                + ", nanoClock=" + nanoClock.getClass().getSimpleName() + ", idleStrategy=" + idleStrategy.alias()
                + "}";
    }
}
