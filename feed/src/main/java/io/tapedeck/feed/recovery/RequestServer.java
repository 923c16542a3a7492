package io.tapedeck.feed.recovery;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldRequest;
import io.tapedeck.feed.counter.FeedCounters;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpResponder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers MoldUDP64 requests for messages of a session: from the packets that were published last, and beyond them from
 * the journal. An answer is an ordinary packet, sent to the address and port that the request came from; it holds the
 * messages that fit into one packet, and whoever wants more asks again. What cannot be answered is counted and not
 * answered.
 *
 * <p>It only reads what the publisher writes, and never makes it wait. What one client may ask for is limited, and how
 * much of the time is spent on all of them.
 *
 * <p><b>Note:</b> driven by one thread, see {@link ServerThread}; counters are read by any. Allocates nothing as
 * long as the same client asks.
 */
public final class RequestServer implements Agent {
    private static final int BATCH = 32;
    private static final long BUDGET_BURST_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long WANTED_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long NEVER = Long.MIN_VALUE;

    private final RequestServerContext context;
    private final NanoClock clock;
    private final FeedCounters<RequestCounter> counters;
    private final UdpResponder socket;
    private final RecentMessages recent;
    private final JournalMessages journal;
    private final ClientLimits limits;
    private final WorkBudget budget;
    private final MoldRequest request = new MoldRequest();
    private final MoldPacketWriter writer;
    private final ByteBuffer packet;
    private final UnsafeBuffer buffer;
    private volatile long lastAnswerNs = NEVER;

    /**
     * Opens the socket; nothing is answered until the server is driven.
     *
     * @param context what to do.
     * @throws IOException              when the address cannot be bound.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public RequestServer(final RequestServerContext context) throws IOException {
        this.context = context.conclude();
        clock = context.nanoClock();
        counters = new FeedCounters<>(context.counters(), context.unit(), RequestCounter.values());
        recent = new RecentMessages(context.packets());
        journal = context.journal() == null ? null : new JournalMessages(context.journal(), context.directory());
        limits = new ClientLimits(context.requestsPerSecond(), context.requestBurst());
        budget = new WorkBudget(context.workShare(), BUDGET_BURST_NS, clock.nanoTime());
        writer = new MoldPacketWriter(context.session(), context.packets().maxPayloadLength());
        packet = ByteBuffer.allocateDirect(context.packets().maxPayloadLength());
        buffer = new UnsafeBuffer(packet);
        socket = UdpResponder.open(context.udp());
    }

    @Override
    public int doWork() {
        final long startNs = clock.nanoTime();
        if (!budget.isOpen(startNs)) {
            return 0;
        }
        int received = 0;
        while (received < BATCH && receive()) {
            received++;
        }
        if (received > 0) {
            budget.spend(clock.nanoTime() - startNs);
        }
        return received;
    }

    @Override
    public String roleName() {
        return "tapedeck-" + context.unit() + "-requests";
    }

    @Override
    public void onClose() {
        socket.close();
        if (journal != null) {
            journal.close();
        }
    }

    /**
     * Where requests are received.
     *
     * @return the address, with the port that is really bound.
     */
    public UdpEndpoint endpoint() {
        return socket.endpoint();
    }

    /**
     * Whether somebody is recovering: a request was answered within the last three seconds, and clients ask again
     * after one. Any thread may ask.
     *
     * @return false when nobody was heard of for that long.
     */
    public boolean isWanted() {
        final long answeredNs = lastAnswerNs;
        return answeredNs != NEVER && clock.nanoTime() - answeredNs < WANTED_NS;
    }

    /**
     * One of the server's counters; any thread may ask.
     *
     * @param counter which one.
     * @return its value.
     */
    public long count(final RequestCounter counter) {
        return counters.get(counter);
    }

    private boolean receive() {
        try {
            final int length = socket.receive();
            if (length == UdpResponder.NOTHING) {
                return false;
            }
            counters.add(RequestCounter.RECEIVED, 1);
            counters.add(answer(length), 1);
        } catch (final IOException ex) {
            counters.add(RequestCounter.FAILED, 1);
        }
        return true;
    }

    /** Answers if that can be done; says what became of the datagram. */
    private RequestCounter answer(final int length) throws IOException {
        if (!request.tryWrap(socket.buffer(), 0, length) || request.messageCount() == 0 || request.sequence() == 0) {
            return RequestCounter.MALFORMED;
        }
        if (!request.isFor(context.session())) {
            return RequestCounter.FOREIGN;
        }
        final long nowNs = clock.nanoTime();
        if (!limits.tryTake(socket.senderAddress(), socket.senderPort(), nowNs)) {
            return RequestCounter.LIMITED;
        }
        final long sequence = request.sequence();
        if (Long.compareUnsigned(sequence, recent.nextSequence()) >= 0) {
            return RequestCounter.FUTURE;
        }
        writer.begin(buffer, 0, sequence);
        RequestCounter from = RequestCounter.FROM_RECENT;
        int messages = recent.append(sequence, request.messageCount(), writer);
        if (messages == 0 && journal != null) {
            from = RequestCounter.FROM_JOURNAL;
            messages = fromJournal(sequence, request.messageCount());
        }
        if (messages == 0) {
            return RequestCounter.UNAVAILABLE;
        }
        if (!socket.answer(packet.limit(writer.finish()).position(0))) {
            return RequestCounter.FAILED;
        }
        counters.add(RequestCounter.MESSAGES, messages);
        lastAnswerNs = nowNs;
        return from;
    }

    private int fromJournal(final long sequence, final int count) throws IOException {
        try {
            return journal.append(sequence, count, writer);
        } catch (final CorruptDataException ex) {
            // Whoever reads the journal itself is told where it is damaged; a client just has no answer.
            throw new IOException(ex);
        }
    }
}
