package io.tapedeck.feed.glimpse;

import io.tapedeck.engine.log.OperatorLog;
import io.tapedeck.feed.counter.FeedCounters;
import io.tapedeck.feed.recovery.WorkBudget;
import io.tapedeck.feed.soup.SoupBuffers;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Sends snapshots of all books to whoever logs in over SoupBinTCP, as GLIMPSE does: system event, directory, states of
 * the stocks, every displayed order in the order of its queue, and the number of the message of the feed with which to go
 * on. A client logs in for the session, or for the one that is there, asks for number 1, gets one snapshot, taken after
 * its login and no earlier than what had been published then, and may stay until it logs out.
 *
 * <p>Clients cost a fixed piece of memory each, and all of them together a fixed number of snapshots. Whoever does not
 * take what it asked for, does not speak, or speaks another language is disconnected, and counted with the reason. The
 * server never makes the feed wait; see {@link SnapshotTaker} for what a snapshot costs it.
 *
 * <p><b>Note:</b> driven by one thread, for example {@link io.tapedeck.feed.recovery.ServerThread}; counters are read by
 * any.
 */
public final class GlimpseServer implements Agent {
    private static final OperatorLog LOG = new OperatorLog(GlimpseServer.class);

    /** Snapshots that there may be at a time, the one that is being taken included. */
    private static final int MAX_SNAPSHOTS = 4;

    /** A client that has had so long for its snapshot loses it when the memory is needed. */
    private static final long LOAD_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int ACCEPT_LIMIT = 16;
    private static final long BUDGET_BURST_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final GlimpseContext context;
    private final NanoClock clock;
    private final FeedCounters<GlimpseCounter> counters;
    private final WorkBudget budget;
    private final Selector selector;
    private final ServerSocketChannel listening;
    private final UdpEndpoint endpoint;
    private final Consumer<SelectionKey> readers = this::receive;
    private final List<GlimpseConnection> clients = new ArrayList<>();

    /** Of clients that may yet come; all memory that they need is there from the start. */
    private final Deque<SoupBuffers> freeBuffers = new ArrayDeque<>();

    private final List<SharedSnapshot> snapshots = new ArrayList<>();

    /** The one that is being taken. */
    private SharedSnapshot ordered;

    private long nowNs;
    private volatile boolean isWanted;

    /**
     * Opens the socket; nobody is answered until the server is driven.
     *
     * @param context what to do.
     * @throws IOException              when the address cannot be bound.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public GlimpseServer(final GlimpseContext context) throws IOException {
        this.context = context.conclude();
        clock = context.nanoClock();
        counters = new FeedCounters<>(context.counters(), context.unit(), GlimpseCounter.values());
        budget = new WorkBudget(context.workShare(), BUDGET_BURST_NS, clock.nanoTime());
        for (int i = 0; i < context.maxClients(); i++) {
            freeBuffers.push(new SoupBuffers(GlimpseConnection.MAX_PACKET_LENGTH));
        }
        for (int i = 0; i < MAX_SNAPSHOTS; i++) {
            snapshots.add(new SharedSnapshot());
        }
        selector = Selector.open();
        listening = ServerSocketChannel.open();
        try {
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(context.endpoint().address());
            listening.configureBlocking(false);
            endpoint = UdpEndpoint.of((InetSocketAddress) listening.getLocalAddress());
        } catch (final IOException ex) {
            closeSockets();
            throw new IOException("snapshots cannot be served on " + context.endpoint() + ": " + ex.getMessage(), ex);
        }
    }

    @Override
    public int doWork() throws IOException {
        nowNs = clock.nanoTime();
        if (!budget.isOpen(nowNs)) {
            return 0;
        }
        int work = accept();
        work += selector.selectNow(readers);
        work += shareSnapshots();
        for (int i = clients.size() - 1; i >= 0; i--) {
            work += serve(clients.get(i));
            removeIfClosed(i);
        }
        isWanted = hasLoadingClients();
        if (work > 0) {
            budget.spend(clock.nanoTime() - nowNs);
        }
        return work;
    }

    @Override
    public String roleName() {
        return "tapedeck-" + context.unit() + "-glimpse";
    }

    /** Ends the session for all clients. */
    @Override
    public void onClose() {
        nowNs = clock.nanoTime();
        for (int i = clients.size() - 1; i >= 0; i--) {
            clients.get(i).endSession(GlimpseCounter.SESSION_ENDED, nowNs);
            removeIfClosed(i);
        }
        closeSockets();
    }

    /**
     * Where clients log in.
     *
     * @return the address, with the port that is really bound.
     */
    public UdpEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Whether somebody has logged in and has not got a whole snapshot. Any thread may ask.
     *
     * @return false when nobody waits.
     */
    public boolean isWanted() {
        return isWanted;
    }

    /**
     * One of the server's counters; any thread may ask.
     *
     * @param counter which one.
     * @return its value.
     */
    public long count(final GlimpseCounter counter) {
        return counters.get(counter);
    }

    private int accept() {
        int accepted = 0;
        while (accepted < ACCEPT_LIMIT) {
            final SocketChannel channel = nextConnection();
            if (channel == null) {
                break;
            }
            accepted++;
            counters.add(GlimpseCounter.CONNECTIONS, 1);
            if (clients.size() >= context.maxClients()) {
                closeQuietly(channel);
                counters.add(GlimpseCounter.REFUSED, 1);
            } else {
                add(channel);
            }
        }
        return accepted;
    }

    private SocketChannel nextConnection() {
        try {
            return listening.accept();
        } catch (final IOException ex) {
            // The process has no descriptor left, for instance; those who are served are served on.
            LOG.warn("ACCEPT", "the snapshot server of {} takes no connections: {}", context.unit(), ex.getMessage());
            return null;
        }
    }

    private void add(final SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            final SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            final GlimpseConnection client = new GlimpseConnection(context, channel, key, freeBuffers.pop(), nowNs);
            key.attach(client);
            clients.add(client);
        } catch (final IOException ex) {
            // It was gone before it was here; closing what is left of it may fail as well.
            counters.add(GlimpseCounter.DISCONNECTED, 1);
            closeQuietly(channel);
        }
    }

    private void receive(final SelectionKey key) {
        final GlimpseConnection client = (GlimpseConnection) key.attachment();
        if (client.isClosed()) {
            return;
        }
        final boolean wasWaiting = client.isWaiting();
        client.receive(nowNs);
        if (client.isWaiting() && !wasWaiting) {
            counters.add(GlimpseCounter.LOGINS, 1);
        }
    }

    private int serve(final GlimpseConnection client) {
        final boolean wasLoading = client.isLoading();
        final int sent = client.work(nowNs);
        if (sent > 0) {
            counters.add(GlimpseCounter.BYTES, sent);
        }
        if (wasLoading && client.isServed()) {
            counters.add(GlimpseCounter.SERVED, 1);
        }
        return sent > 0 ? 1 : 0;
    }

    private void removeIfClosed(final int index) {
        final GlimpseConnection client = clients.get(index);
        if (client.isClosed()) {
            counters.add(client.ending(), 1);
            tell(client.ending());
            clients.remove(index);
            freeBuffers.push(client.buffers());
        }
    }

    /** Clients that were dropped come again and fail again, until somebody looks. */
    private void tell(final GlimpseCounter ending) {
        switch (ending) {
            case SLOW:
            case SILENT:
            case MALFORMED:
            case UNAVAILABLE:
                LOG.warn(
                        ending.name(),
                        "a client of the snapshot server of {} was dropped: {}; what the counter of that name means is"
                                + " in the feed's documentation",
                        context.unit(),
                        ending.label("").strip());
                break;
            default:
                break;
        }
    }

    /** Takes the snapshot that has come, and asks for one for those who have logged in since. */
    private int shareSnapshots() {
        if (context.taker().hasFailed()) {
            giveUp();
            return 0;
        }
        if (ordered != null && context.taker().poll() != null) {
            ordered.complete(nowNs);
            ordered = null;
            counters.add(GlimpseCounter.SNAPSHOTS, 1);
            return 1;
        }
        if (ordered != null || !hasWaitingClients()) {
            return 0;
        }
        final SharedSnapshot snapshot = free();
        if (snapshot == null) {
            return 0;
        }
        order(snapshot);
        return 1;
    }

    private void order(final SharedSnapshot snapshot) {
        final long length = context.taker().neededLength();
        if (length > context.maxSnapshotLength() || !reserve(snapshot, (int) length)) {
            giveUp();
            return;
        }
        ordered = snapshot;
        snapshot.clear(context.published().getAsLong());
        for (final GlimpseConnection client : clients) {
            if (client.isWaiting()) {
                client.load(snapshot);
            }
        }
        context.taker().order(snapshot.snapshot);
        // Where nothing moves any more, it is taken at once.
        if (context.taker().poll() != null) {
            snapshot.complete(nowNs);
            ordered = null;
            counters.add(GlimpseCounter.SNAPSHOTS, 1);
        }
    }

    private static boolean reserve(final SharedSnapshot snapshot, final int length) {
        try {
            snapshot.snapshot.reserve(length);
            return true;
        } catch (final OutOfMemoryError ex) {
            // Memory outside the heap has a limit of its own; that of the feed is not touched.
            return false;
        }
    }

    /** One that nobody needs; those who had their time and did not take it give it up. */
    private SharedSnapshot free() {
        SharedSnapshot oldest = null;
        for (final SharedSnapshot snapshot : snapshots) {
            if (snapshot.isFree()) {
                return snapshot;
            }
            if (snapshot.isWhole()
                    && nowNs - snapshot.wholeSinceNs() >= LOAD_NS
                    && (oldest == null || snapshot.wholeSinceNs() - oldest.wholeSinceNs() < 0)) {
                oldest = snapshot;
            }
        }
        if (oldest != null) {
            for (final GlimpseConnection client : clients) {
                if (client.isLoading(oldest)) {
                    client.close(GlimpseCounter.SLOW);
                }
            }
        }
        return oldest;
    }

    /** Nobody who waits gets a snapshot. */
    private void giveUp() {
        for (final GlimpseConnection client : clients) {
            if (client.isWaiting() || ordered != null && client.isLoading(ordered)) {
                client.endSession(GlimpseCounter.UNAVAILABLE, nowNs);
            }
        }
        ordered = null;
    }

    private boolean hasWaitingClients() {
        for (final GlimpseConnection client : clients) {
            if (client.isWaiting()) {
                return true;
            }
        }
        return false;
    }

    private boolean hasLoadingClients() {
        for (final GlimpseConnection client : clients) {
            if (client.isWaiting() || client.isLoading()) {
                return true;
            }
        }
        return false;
    }

    private void closeSockets() {
        closeQuietly(listening);
        closeQuietly(selector);
    }

    private static void closeQuietly(final AutoCloseable resource) {
        try {
            resource.close();
        } catch (final Exception ex) {
            // It is of no use any more, closed or not.
        }
    }
}
