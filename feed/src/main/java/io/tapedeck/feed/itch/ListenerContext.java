package io.tapedeck.feed.itch;

import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.mold.JoinPoint;
import io.tapedeck.feed.mold.ReceiverContext;
import io.tapedeck.feed.udp.DatagramTap;
import io.tapedeck.feed.udp.UdpContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.CountersManager;

/** Everything that decides how a feed is listened to. Set what differs from the defaults; serves one listener. */
public final class ListenerContext {
    /** Default silence after which a feed is given up: 15 seconds, in which 15 heartbeats are due. */
    public static final long DEFAULT_IDLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(15);

    private final List<UdpContext> lines = new ArrayList<>();
    private ReceiverContext receiver = new ReceiverContext();
    private UdpContext requestServer;
    private GlimpseLogin snapshotServer;
    private DatagramTap tap;
    private boolean failOnLoss;
    private long idleTimeoutNs = DEFAULT_IDLE_TIMEOUT_NS;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private IdleStrategy idleStrategy = new BackoffIdleStrategy();
    private CountersManager counters;

    /**
     * Settings for a feed.
     *
     * @param line where it is received.
     */
    public ListenerContext(final UdpContext line) {
        lines.add(line);
    }

    /**
     * Adds a line that carries the same packets: a message is taken from whichever line brings it first.
     *
     * @param line where it is received; with a port of its own where both are unicast.
     * @return this.
     */
    public ListenerContext addLine(final UdpContext line) {
        lines.add(line);
        return this;
    }

    /**
     * Where the feed is received.
     *
     * @return the sockets' settings, line A first.
     */
    public List<UdpContext> lines() {
        return lines;
    }

    /**
     * Sets how the session is followed; the number of lines is set by the listener.
     *
     * @param receiver all defaults by default.
     * @return this.
     */
    public ListenerContext receiver(final ReceiverContext receiver) {
        this.receiver = receiver;
        return this;
    }

    /**
     * How the session is followed.
     *
     * @return the receiver's settings.
     */
    public ReceiverContext receiver() {
        return receiver;
    }

    /**
     * Names the server that is asked for what is missing.
     *
     * @param requestServer none by default: what is missing is lost.
     * @return this.
     */
    public ListenerContext requestServer(final UdpContext requestServer) {
        this.requestServer = requestServer;
        return this;
    }

    /**
     * The server that is asked for what is missing.
     *
     * @return null for none.
     */
    public UdpContext requestServer() {
        return requestServer;
    }

    /**
     * Begins with a snapshot: what is heard is kept until the snapshot is loaded, and goes on from there.
     *
     * @param snapshotServer none by default: the feed is followed from where the receiver's settings say.
     * @return this.
     */
    public ListenerContext snapshotServer(final GlimpseLogin snapshotServer) {
        this.snapshotServer = snapshotServer;
        return this;
    }

    /**
     * Where to load the snapshot to begin with.
     *
     * @return null for none.
     */
    public GlimpseLogin snapshotServer() {
        return snapshotServer;
    }

    /**
     * Lets somebody see all datagrams that are received.
     *
     * @param tap nobody by default; stays open.
     * @return this.
     */
    public ListenerContext tap(final DatagramTap tap) {
        this.tap = tap;
        return this;
    }

    /**
     * Who sees all datagrams.
     *
     * @return null for nobody.
     */
    public DatagramTap tap() {
        return tap;
    }

    /**
     * Sets whether lost messages end the listening with an error. The handler is told of the gap before.
     *
     * @param failOnLoss false by default.
     * @return this.
     */
    public ListenerContext failOnLoss(final boolean failOnLoss) {
        this.failOnLoss = failOnLoss;
        return this;
    }

    /**
     * Whether lost messages end the listening with an error.
     *
     * @return false unless set otherwise.
     */
    public boolean failOnLoss() {
        return failOnLoss;
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
     * Sets the clock of all waiting.
     *
     * @param nanoClock monotonic; the system's by default.
     * @return this.
     */
    public ListenerContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * The clock of all waiting.
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
     * Sets where the counters are, for whoever looks from outside.
     *
     * @param counters those of a counters file, for example; nowhere by default.
     * @return this.
     */
    public ListenerContext counters(final CountersManager counters) {
        this.counters = counters;
        return this;
    }

    /**
     * Where the counters are.
     *
     * @return null for nowhere.
     */
    public CountersManager counters() {
        return counters;
    }

    /**
     * Checks everything but the receiver's settings; the listener calls it.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is out of range; the message holds it.
     */
    ListenerContext conclude() {
        if (idleTimeoutNs < 1) {
            throw new IllegalArgumentException("idleTimeoutNs must be at least 1: idleTimeoutNs=" + idleTimeoutNs);
        }
        receiver.lineCount(lines.size());
        if (snapshotServer != null) {
            receiver.joinPoint(JoinPoint.SNAPSHOT);
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
        return "ListenerContext{lines=" + lines + ", session=" + receiver.session() + ", requestServer="
                + requestServer + ", snapshotServer=" + snapshotServer + ", failOnLoss=" + failOnLoss
                + ", idleTimeoutNs=" + idleTimeoutNs + ", nanoClock="
                + nanoClock.getClass().getSimpleName() + ", idleStrategy=" + idleStrategy.alias() + "}";
    }
}
