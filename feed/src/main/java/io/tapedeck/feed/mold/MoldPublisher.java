package io.tapedeck.feed.mold;

import static io.tapedeck.feed.mold.PublisherCounter.BYTES;
import static io.tapedeck.feed.mold.PublisherCounter.HEARTBEATS;
import static io.tapedeck.feed.mold.PublisherCounter.MESSAGES;
import static io.tapedeck.feed.mold.PublisherCounter.PACKETS;
import static io.tapedeck.feed.mold.PublisherCounter.REFUSED;
import static io.tapedeck.feed.mold.PublisherCounter.SEND_RETRIES;

import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.feed.udp.PacketSink;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes one MoldUDP64 session: packs numbered messages into packets, closes a packet when it is full or has waited
 * long enough, fills silence with heartbeats, and says when the session is over.
 *
 * <pre>
 * final int offset = publisher.claim(sequence, length);
 * write(publisher.buffer(), offset, length);
 * </pre>
 *
 * <p>Time is looked at only where there is nothing to send, so intervals are longer than set by up to one idle call.
 *
 * <p><b>Note:</b> used by one thread, except for {@link #count(PublisherCounter)}; allocates nothing per message.
 */
public final class MoldPublisher implements AutoCloseable {
    /** Packets start on a cache line of their own. */
    private static final int ALIGNMENT = 64;

    private final PublisherContext context;
    private final PacketSink sink;
    private final NanoClock clock;
    private final IdleStrategy idleStrategy;
    private final PublisherCounters counters;
    private final MoldPacketWriter writer;
    private final ByteBuffer packet;
    private final UnsafeBuffer buffer;
    private final MessagePacer pacer;
    private long lastSentNs;

    /** A packet was sent since the clock was last looked at. */
    private boolean sent;

    private long firstWaitNs;

    /** The open packet has messages, and the time from which it waits is known. */
    private boolean waiting;

    /**
     * Publishes a session, and sends nothing yet.
     *
     * @param context not concluded yet.
     * @param sink    for the packets; the publisher owns it, except when this constructor throws.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public MoldPublisher(final PublisherContext context, final PacketSink sink) {
        this.context = context.conclude();
        this.sink = sink;
        clock = context.nanoClock();
        idleStrategy = context.idleStrategy();
        writer = new MoldPacketWriter(context.session(), context.maxPayloadLength());
        counters = new PublisherCounters(context.counters(), context.unit());
        packet = BufferUtil.allocateDirectAligned(context.maxPayloadLength(), ALIGNMENT);
        buffer = new UnsafeBuffer(packet);
        lastSentNs = clock.nanoTime();
        pacer = context.messagesPerSecond() == PublisherContext.UNLIMITED
                ? null
                : new MessagePacer(context.messagesPerSecond(), lastSentNs);
        writer.begin(buffer, 0, 1);
    }

    /**
     * Waits until the rate allows messages. Flushes and heartbeats go on meanwhile.
     *
     * @param wanted how many messages there are, at least 1.
     * @return how many may be claimed now, 1 to {@code wanted}; all of them when the rate is not limited.
     */
    public long awaitTurn(final long wanted) {
        if (pacer == null) {
            return wanted;
        }
        while (true) {
            final long nowNs = clock.nanoTime();
            final long allowed = pacer.take(wanted, nowNs);
            if (allowed > 0) {
                return allowed;
            }
            onIdle(nowNs);
            idleStrategy.idle();
        }
    }

    /**
     * Makes room for a message, and sends what has to go first. A number that leaves some out starts a packet of its
     * own: receivers will miss those between.
     *
     * @param sequence of the message, from 1; larger than that of the message before.
     * @param length   of the message, in bytes.
     * @return where in {@link #buffer()} the message is to be written before anything else is called.
     * @throws IllegalStateException    when the number was passed: a day needs a session, and so a publisher, of its own.
     * @throws IllegalArgumentException when no packet could hold the message.
     */
    public int claim(final long sequence, final int length) {
        if (sequence != writer.nextSequence()) {
            skipTo(sequence);
        }
        final int offset = writer.claim(length);
        if (offset != MoldPacketWriter.FULL) {
            return offset;
        }
        flush();
        return writer.claim(length);
    }

    /**
     * Leaves the message that was claimed last empty, so that its number is not missing: nothing could be made of what it
     * stands for. Counted.
     *
     * @param offset what {@link #claim(long, int)} answered.
     */
    public void refuse(final int offset) {
        writer.empty(offset);
        counters.add(REFUSED, 1);
    }

    /**
     * Where messages are written.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * The longest message that fits a packet.
     *
     * @return in bytes.
     */
    public int maxMessageLength() {
        return writer.maxMessageLength();
    }

    /**
     * Number that the next message is expected to have.
     *
     * @return from 1.
     */
    public long nextSequence() {
        return writer.nextSequence();
    }

    /**
     * Sends what was claimed so far, if anything was.
     *
     * @return number of packets sent, 0 or 1.
     */
    public int flush() {
        final int messages = writer.messageCount();
        if (messages == 0) {
            return 0;
        }
        final long nextSequence = writer.nextSequence();
        send(writer.finish());
        counters.add(MESSAGES, messages);
        waiting = false;
        writer.begin(buffer, 0, nextSequence);
        return 1;
    }

    /**
     * Sends what is due: a packet that has waited long enough, or a heartbeat. To be called again and again while there
     * is no message.
     *
     * @param nowNs of the context's clock.
     * @return number of packets sent, 0 or 1.
     */
    public int onIdle(final long nowNs) {
        if (writer.messageCount() > 0) {
            if (!waiting) {
                waiting = true;
                firstWaitNs = nowNs;
            }
            return nowNs - firstWaitNs >= context.flushIntervalNs() ? flush() : 0;
        }
        if (sent) {
            sent = false;
            lastSentNs = nowNs;
        }
        if (nowNs - lastSentNs < context.heartbeatIntervalNs()) {
            return 0;
        }
        // A packet without messages is a heartbeat.
        send(writer.finish());
        counters.add(HEARTBEATS, 1);
        return 1;
    }

    /** Sends what is left, and then the end of the session as long as the context says. */
    public void endSession() {
        flush();
        final long startNs = clock.nanoTime();
        long dueNs = 0;
        while (true) {
            final long elapsedNs = clock.nanoTime() - startNs;
            if (elapsedNs >= dueNs) {
                send(writer.endOfSession(buffer, 0, writer.nextSequence()));
                dueNs += context.endOfSessionIntervalNs();
            }
            if (dueNs > context.endOfSessionNs()) {
                return;
            }
            idleStrategy.idle();
        }
    }

    /**
     * One of the publisher's counters.
     *
     * @param counter which one.
     * @return its value.
     */
    public long count(final PublisherCounter counter) {
        return counters.get(counter);
    }

    /** Closes the sink; what was not sent is lost, and receivers are not told. */
    @Override
    public void close() {
        sink.close();
    }

    private void skipTo(final long sequence) {
        if (sequence < writer.nextSequence()) {
            throw new IllegalStateException("numbers of a session only rise: session=" + context.session()
                    + ", sequence=" + sequence + ", expected=" + writer.nextSequence());
        }
        flush();
        writer.begin(buffer, 0, sequence);
    }

    private void send(final int length) {
        packet.limit(length).position(0);
        final int retries = sink.send(packet);
        sent = true;
        counters.add(PACKETS, 1);
        counters.add(BYTES, length);
        if (retries > 0) {
            counters.add(SEND_RETRIES, retries);
        }
    }
}
