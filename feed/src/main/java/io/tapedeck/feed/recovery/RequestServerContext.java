package io.tapedeck.feed.recovery;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.feed.mold.PacketRing;
import io.tapedeck.feed.udp.UdpContext;
import java.nio.file.Path;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.CountersManager;

/** Everything that decides how requests are answered. Set what differs from the defaults; serves one server. */
public final class RequestServerContext {
    /** Default of what a client may ask for: more packets than a listener on the same host can lose for long. */
    public static final int DEFAULT_REQUESTS_PER_SECOND = 20_000;

    /** Default of how many requests a client may send at once. */
    public static final int DEFAULT_REQUEST_BURST = 2_000;

    /** Default share of the time that the server works at most: a quarter. */
    public static final double DEFAULT_WORK_SHARE = 0.25;

    private final MoldSession session;
    private final PacketRing packets;
    private final UdpContext udp;
    private String unit = "u00";
    private Path journal;
    private InstrumentDirectory directory;
    private int requestsPerSecond = DEFAULT_REQUESTS_PER_SECOND;
    private int requestBurst = DEFAULT_REQUEST_BURST;
    private double workShare = DEFAULT_WORK_SHARE;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private CountersManager counters;

    /**
     * Settings for a session.
     *
     * @param session that is published.
     * @param packets of the session, as its publisher makes them.
     * @param udp     with the address that requests are sent to; one of this host.
     */
    public RequestServerContext(final MoldSession session, final PacketRing packets, final UdpContext udp) {
        this.session = session;
        this.packets = packets;
        this.udp = udp;
    }

    /**
     * Names the unit whose feed this is; counters and thread carry the name.
     *
     * @param unit {@code u00} by default.
     * @return this.
     */
    public RequestServerContext unit(final String unit) {
        this.unit = unit;
        return this;
    }

    /**
     * Answers from a journal what is not among the recent packets any more.
     *
     * @param journal   of the session, closed or being written: the sequence of a record is the number of its message.
     * @param directory of its instruments, as the publisher's.
     * @return this.
     */
    public RequestServerContext journal(final Path journal, final InstrumentDirectory directory) {
        this.journal = journal;
        this.directory = directory;
        return this;
    }

    /**
     * Limits what one client, an address and port, may ask for.
     *
     * @param requestsPerSecond {@link #DEFAULT_REQUESTS_PER_SECOND} by default.
     * @param requestBurst      how many at once, {@link #DEFAULT_REQUEST_BURST} by default.
     * @return this.
     */
    public RequestServerContext clientLimit(final int requestsPerSecond, final int requestBurst) {
        this.requestsPerSecond = requestsPerSecond;
        this.requestBurst = requestBurst;
        return this;
    }

    /**
     * Limits how much of the time the server works, whoever asks: what it does not get to stays in the socket's buffer,
     * and is lost when that is full.
     *
     * @param workShare above 0, up to 1; {@link #DEFAULT_WORK_SHARE} by default.
     * @return this.
     */
    public RequestServerContext workShare(final double workShare) {
        this.workShare = workShare;
        return this;
    }

    /**
     * Sets the clock of all limits.
     *
     * @param nanoClock monotonic, with any origin; the system's by default.
     * @return this.
     */
    public RequestServerContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * Sets where the counters are, for example those of a counters file.
     *
     * @param counters to add one of each {@link RequestCounter} to; memory of its own by default.
     * @return this.
     */
    public RequestServerContext counters(final CountersManager counters) {
        this.counters = counters;
        return this;
    }

    /** Checks everything; the server calls it. */
    RequestServerContext conclude() {
        if (requestsPerSecond < 1 || requestBurst < 1) {
            throw new IllegalArgumentException("a client must be allowed at least one request: requestsPerSecond="
                    + requestsPerSecond + ", requestBurst=" + requestBurst);
        }
        if (!(workShare > 0 && workShare <= 1)) {
            throw new IllegalArgumentException("workShare must be above 0 and at most 1: workShare=" + workShare);
        }
        if (udp.endpoint().isMulticast()) {
            throw new IllegalArgumentException(
                    "requests are sent to one host, not to a group: address=" + udp.endpoint());
        }
        return this;
    }

    MoldSession session() {
        return session;
    }

    PacketRing packets() {
        return packets;
    }

    UdpContext udp() {
        return udp;
    }

    String unit() {
        return unit;
    }

    Path journal() {
        return journal;
    }

    InstrumentDirectory directory() {
        return directory;
    }

    int requestsPerSecond() {
        return requestsPerSecond;
    }

    int requestBurst() {
        return requestBurst;
    }

    double workShare() {
        return workShare;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    CountersManager counters() {
        return counters;
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "RequestServerContext{session=" + session + ", unit=" + unit + ", udp=" + udp + ", journal=" + journal
                + ", requestsPerSecond=" + requestsPerSecond + ", requestBurst=" + requestBurst + ", workShare="
                + workShare + "}";
    }
}
