package io.tapedeck.feed.glimpse;

import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.soup.SoupLoginRequest;
import io.tapedeck.codecs.soup.SoupText;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.util.function.LongSupplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.status.CountersManager;

/** Everything that decides how snapshots are served. Set what differs from the defaults; serves one server. */
public final class GlimpseContext {
    /** Default of how many clients may be connected at a time. */
    public static final int DEFAULT_MAX_CLIENTS = 64;

    /** Default of how long a snapshot may be: a gibibyte, of some twenty-five million orders. */
    public static final int DEFAULT_MAX_SNAPSHOT_LENGTH = 1 << 30;

    /** Default share of the time that the server works at most: a quarter. */
    public static final double DEFAULT_WORK_SHARE = 0.25;

    private final SoupText session;
    private final UdpEndpoint endpoint;
    private final SnapshotTaker taker;
    private final LongSupplier published;
    private SoupText user;
    private SoupText password;
    private int maxClients = DEFAULT_MAX_CLIENTS;
    private int maxSnapshotLength = DEFAULT_MAX_SNAPSHOT_LENGTH;
    private double workShare = DEFAULT_WORK_SHARE;
    private String unit = "u00";
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private CountersManager counters;

    /**
     * Settings for a session.
     *
     * @param session   that is published.
     * @param endpoint  own address to listen on; port 0 for any free one.
     * @param taker     of the snapshots.
     * @param published asked on the server's thread for the number of the message that will be published next.
     */
    public GlimpseContext(
            final MoldSession session,
            final UdpEndpoint endpoint,
            final SnapshotTaker taker,
            final LongSupplier published) {
        this.session = SoupText.of(session.toString(), SoupLoginRequest.SESSION_LENGTH);
        this.endpoint = endpoint;
        this.taker = taker;
        this.published = published;
    }

    /**
     * Sets who may log in.
     *
     * @param user     up to 6 characters; anyone by default.
     * @param password up to 10 characters.
     * @return this.
     * @throws IllegalArgumentException when either does not fit its field.
     */
    public GlimpseContext login(final String user, final String password) {
        this.user = SoupText.of(user, SoupLoginRequest.USER_LENGTH);
        this.password = SoupText.of(password, SoupLoginRequest.PASSWORD_LENGTH);
        return this;
    }

    /**
     * Limits how many clients may be connected.
     *
     * @param maxClients at least 1; {@link #DEFAULT_MAX_CLIENTS} by default.
     * @return this.
     */
    public GlimpseContext maxClients(final int maxClients) {
        this.maxClients = maxClients;
        return this;
    }

    /**
     * Limits the memory of snapshots. Books that need more are not served.
     *
     * @param maxSnapshotLength in bytes, at least 1; {@link #DEFAULT_MAX_SNAPSHOT_LENGTH} by default. Four snapshots may
     *                          be there at a time.
     * @return this.
     */
    public GlimpseContext maxSnapshotLength(final int maxSnapshotLength) {
        this.maxSnapshotLength = maxSnapshotLength;
        return this;
    }

    /**
     * Limits how much of the time the server works, whatever its clients do.
     *
     * @param workShare above 0, up to 1; {@link #DEFAULT_WORK_SHARE} by default.
     * @return this.
     */
    public GlimpseContext workShare(final double workShare) {
        this.workShare = workShare;
        return this;
    }

    /**
     * Names the unit whose feed this is; counters and thread carry the name.
     *
     * @param unit {@code u00} by default.
     * @return this.
     */
    public GlimpseContext unit(final String unit) {
        this.unit = unit;
        return this;
    }

    /**
     * Sets the clock of heartbeats and limits.
     *
     * @param nanoClock monotonic, with any origin; the system's by default.
     * @return this.
     */
    public GlimpseContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /**
     * Sets where the counters are, for example those of a counters file.
     *
     * @param counters to add one of each {@link GlimpseCounter} to; memory of its own by default.
     * @return this.
     */
    public GlimpseContext counters(final CountersManager counters) {
        this.counters = counters;
        return this;
    }

    /** Checks everything; the server calls it. */
    GlimpseContext conclude() {
        if (maxClients < 1) {
            throw new IllegalArgumentException("maxClients must be at least 1: maxClients=" + maxClients);
        }
        if (maxSnapshotLength < 1) {
            throw new IllegalArgumentException(
                    "maxSnapshotLength must be at least 1: maxSnapshotLength=" + maxSnapshotLength);
        }
        if (!(workShare > 0 && workShare <= 1)) {
            throw new IllegalArgumentException("workShare must be above 0 and at most 1: workShare=" + workShare);
        }
        if (endpoint.isMulticast()) {
            throw new IllegalArgumentException("snapshots come from one host, not from a group: address=" + endpoint);
        }
        return this;
    }

    SoupText session() {
        return session;
    }

    UdpEndpoint endpoint() {
        return endpoint;
    }

    SnapshotTaker taker() {
        return taker;
    }

    LongSupplier published() {
        return published;
    }

    /** Null for anyone. */
    SoupText user() {
        return user;
    }

    SoupText password() {
        return password;
    }

    int maxClients() {
        return maxClients;
    }

    int maxSnapshotLength() {
        return maxSnapshotLength;
    }

    double workShare() {
        return workShare;
    }

    String unit() {
        return unit;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    CountersManager counters() {
        return counters;
    }

    /**
     * All settings but the password.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "GlimpseContext{session=" + session + ", unit=" + unit + ", endpoint=" + endpoint + ", user="
                + (user == null ? "anyone" : user) + ", maxClients=" + maxClients + ", maxSnapshotLength="
                + maxSnapshotLength
                + ", workShare=" + workShare + "}";
    }
}
