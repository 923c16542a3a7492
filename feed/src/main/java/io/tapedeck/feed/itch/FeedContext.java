package io.tapedeck.feed.itch;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.engine.pipeline.CpuPinning;
import io.tapedeck.engine.pipeline.RunListener;
import io.tapedeck.engine.pipeline.ThreadPins;
import io.tapedeck.feed.glimpse.GlimpseLogin;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.status.CountersManager;

/**
 * Everything that decides how the units of a market are published; serves all of their days. Unit 0 uses the ports that
 * are named, every other one those that are higher by its number.
 */
public final class FeedContext {
    private final List<UdpContext> lines = new ArrayList<>();
    private UdpContext requests;
    private GlimpseLogin snapshots;
    private int maxPayloadLength = MoldDescriptor.ETHERNET_PAYLOAD_LENGTH;
    private long flushIntervalNs = PublisherContext.DEFAULT_FLUSH_INTERVAL_NS;
    private long messagesPerSecond = PublisherContext.UNLIMITED;
    private CountersManager counters;
    private ThreadPins pins = ThreadPins.NONE;
    private RunListener runListener = RunListener.NONE;

    /** A feed that goes nowhere yet. */
    public FeedContext() {}

    /**
     * Adds a line. Every packet goes to all of them, in the order in which they were added: A, B and so on.
     *
     * @param line where it goes, for unit 0.
     * @return this.
     */
    public FeedContext line(final UdpContext line) {
        lines.add(line);
        return this;
    }

    /**
     * Answers requests for lost messages.
     *
     * @param requests own address to listen on, for unit 0; null, the default, answers none.
     * @return this.
     */
    public FeedContext requests(final UdpContext requests) {
        this.requests = requests;
        return this;
    }

    /**
     * Serves snapshots of the books.
     *
     * @param snapshots own address to listen on, for unit 0, and who may log in, anyone if the user is empty; null, the
     *                  default, serves none.
     * @return this.
     */
    public FeedContext snapshots(final GlimpseLogin snapshots) {
        this.snapshots = snapshots;
        return this;
    }

    /**
     * Sets the longest packet to send.
     *
     * @param maxPayloadLength in bytes; {@link MoldDescriptor#ETHERNET_PAYLOAD_LENGTH} by default.
     * @return this.
     */
    public FeedContext maxPayloadLength(final int maxPayloadLength) {
        this.maxPayloadLength = maxPayloadLength;
        return this;
    }

    /**
     * Sets how long a packet with room left waits for more messages.
     *
     * @param flushIntervalNs in nanoseconds; {@link PublisherContext#DEFAULT_FLUSH_INTERVAL_NS} by default.
     * @return this.
     */
    public FeedContext flushIntervalNs(final long flushIntervalNs) {
        this.flushIntervalNs = flushIntervalNs;
        return this;
    }

    /**
     * Limits the rate of each unit.
     *
     * @param messagesPerSecond at most that many; {@link PublisherContext#UNLIMITED} by default.
     * @return this.
     */
    public FeedContext messagesPerSecond(final long messagesPerSecond) {
        this.messagesPerSecond = messagesPerSecond;
        return this;
    }

    /**
     * Sets where the counters are, for example those of a counters file.
     *
     * @param counters for all units; memory of its own for each of them by default.
     * @return this.
     */
    public FeedContext counters(final CountersManager counters) {
        this.counters = counters;
        return this;
    }

    /**
     * Sets which of the lines' threads run on which CPUs: {@code line-a}, {@code line-b} and so on.
     *
     * @param pins        wherever the kernel likes by default; those of other threads may be in it.
     * @param runListener told, by the thread concerned, of one that is not pinned.
     * @return this.
     */
    public FeedContext pins(final ThreadPins pins, final RunListener runListener) {
        this.pins = pins;
        this.runListener = runListener;
        return this;
    }

    /**
     * Checks everything that does not need a socket: whoever publishes may do so before work begins.
     *
     * @param unitCount how many units there are.
     * @return this.
     * @throws IllegalArgumentException when a setting is out of range or settings do not go together.
     */
    public FeedContext check(final int unitCount) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a feed needs somewhere to go: a group or a host");
        }
        for (final UdpContext line : lines) {
            line.checkPayload(maxPayloadLength);
            ofUnit(line, unitCount - 1);
        }
        if (requests != null) {
            ofUnit(requests, unitCount - 1);
        }
        if (snapshots != null) {
            ofUnit(snapshots.endpoint(), unitCount - 1);
        }
        return this;
    }

    /**
     * The limit of the rate.
     *
     * @return messages per second of each unit, or {@link PublisherContext#UNLIMITED}.
     */
    public long messagesPerSecond() {
        return messagesPerSecond;
    }

    void pinLine(final int unit, final int line) {
        CpuPinning.pinCurrentThread(pins.cpu(unit, lineThread(line)), runListener);
    }

    /**
     * The name by which a line's thread is pinned.
     *
     * @param line 0 for A, 1 for B.
     * @return for example {@code line-a}.
     */
    public static String lineThread(final int line) {
        return "line-" + (char) ('a' + line);
    }

    /**
     * How many lines there are.
     *
     * @return number of lines of each unit.
     */
    public int lineCount() {
        return lines.size();
    }

    List<UdpContext> lines(final int unit) {
        final List<UdpContext> own = new ArrayList<>();
        for (final UdpContext line : lines) {
            own.add(ofUnit(line, unit));
        }
        return own;
    }

    UdpContext requests(final int unit) {
        return requests == null ? null : ofUnit(requests, unit);
    }

    /**
     * Whether snapshots are served, which takes a consumer of its own.
     *
     * @return true if so.
     */
    public boolean isServingSnapshots() {
        return snapshots(0) != null;
    }

    GlimpseLogin snapshots(final int unit) {
        return snapshots == null
                ? null
                : new GlimpseLogin(ofUnit(snapshots.endpoint(), unit), snapshots.user(), snapshots.password());
    }

    int maxPayloadLength() {
        return maxPayloadLength;
    }

    long flushIntervalNs() {
        return flushIntervalNs;
    }

    CountersManager counters() {
        return counters;
    }

    private static UdpContext ofUnit(final UdpContext first, final int unit) {
        return first.withEndpoint(ofUnit(first.endpoint(), unit));
    }

    private static UdpEndpoint ofUnit(final UdpEndpoint endpoint, final int unit) {
        if (endpoint.port() == 0) {
            // Any free port, for each unit another one.
            return endpoint;
        }
        if (endpoint.port() + unit > UdpEndpoint.MAX_PORT) {
            throw new IllegalArgumentException("unit " + unit + " has no port left: " + endpoint + " and " + unit
                    + " more is beyond " + UdpEndpoint.MAX_PORT);
        }
        return endpoint.withPort(endpoint.port() + unit);
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "FeedContext{lines=" + lines + ", requests=" + requests + ", snapshots=" + snapshots
                + ", maxPayloadLength=" + maxPayloadLength + ", flushIntervalNs=" + flushIntervalNs
                + ", messagesPerSecond=" + messagesPerSecond + "}";
    }
}
