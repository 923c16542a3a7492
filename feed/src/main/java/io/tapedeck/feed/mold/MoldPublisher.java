package io.tapedeck.feed.mold;

import static io.tapedeck.codecs.mold.MoldDescriptor.BLOCK_LENGTH_FIELD_LENGTH;
import static io.tapedeck.feed.mold.PublisherCounter.BYTES;
import static io.tapedeck.feed.mold.PublisherCounter.HEARTBEATS;
import static io.tapedeck.feed.mold.PublisherCounter.MESSAGES;
import static io.tapedeck.feed.mold.PublisherCounter.PACKETS;
import static io.tapedeck.feed.mold.PublisherCounter.REFUSED;
import static io.tapedeck.feed.mold.PublisherCounter.SEND_RETRIES;

import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.feed.counter.FeedCounters;
import io.tapedeck.feed.udp.PacketSink;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes one MoldUDP64 session: packs numbered messages into packets, closes a packet when it is full or has waited
 * long enough, fills silence with heartbeats, and says when the session is over. Each packet is made once, in a
 * {@link PacketRing}, and sent from there on every line.
 *
 * <pre>
 * final int offset = publisher.claim(sequence, length);
 * write(publisher.buffer(), offset, length);
 * </pre>
 *
 * <p>Lines are sent by the calling thread, or each by a thread of its own, as the context says. A line that is behind
 * makes the publisher wait: at most {@value #MAX_UNSENT} packets are on their way.
 *
 * <p>Time is looked at only where there is nothing to send, so intervals are longer than set by up to one idle call.
 *
 * <p><b>Note:</b> used by one thread, except for {@link #count(PublisherCounter)} and {@link #packets()}; allocates
 * nothing per message.
 */
public final class MoldPublisher implements AutoCloseable {
    /** Bytes that may be written behind {@link #blockLimit()}. */
    public static final int SPARE = PacketRing.SPARE;

    /** How many packets the lines' threads may be behind. */
    static final int MAX_UNSENT = 1_024;

    /**
     * How many packets are published between two looks at lines that have threads: each look takes a cache line away from
     * a thread that is about to write it.
     */
    private static final int PACKETS_PER_LOOK = 64;

    private final PublisherContext context;
    private final NanoClock clock;
    private final IdleStrategy idleStrategy;
    private final FeedCounters<PublisherCounter> counters;
    private final MoldPacketWriter writer;
    private final PacketRing ring;
    private final PacketSender[] lines;
    private final boolean isThreaded;
    private final int maxUnsent;

    /** So many packets can be published before the lines are looked at again. */
    private long unseenUntil;

    private final MessagePacer pacer;
    private long retries;
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
     * @param sinks   one for each line, A and B for example: every packet goes to all of them. The publisher owns them,
     *                except when this constructor throws.
     * @throws IllegalArgumentException when a setting is out of range.
     */
    public MoldPublisher(final PublisherContext context, final PacketSink... sinks) {
        this.context = context.conclude();
        clock = context.nanoClock();
        idleStrategy = context.idleStrategy();
        writer = new MoldPacketWriter(context.session(), context.maxPayloadLength());
        counters = new FeedCounters<>(context.counters(), context.unit(), PublisherCounter.values());
        ring = new PacketRing(context.recentLength(), context.maxPayloadLength());
        maxUnsent = Math.min(MAX_UNSENT, ring.capacity() - 1);
        lines = new PacketSender[sinks.length];
        for (int i = 0; i < sinks.length; i++) {
            lines[i] = new PacketSender(ring, sinks[i]);
        }
        lastSentNs = clock.nanoTime();
        pacer = context.messagesPerSecond() == PublisherContext.UNLIMITED
                ? null
                : new MessagePacer(context.messagesPerSecond(), lastSentNs);
        writer.begin(ring.buffer(), ring.claim(), 1);
        isThreaded = context.lineThreads() != null;
        if (isThreaded) {
            for (int i = 0; i < sinks.length; i++) {
                final int line = i;
                lines[i].start(
                        lineName(i),
                        () -> context.lineStart().accept(line),
                        context.lineThreads().get());
            }
        }
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
     * Where the block of the next message goes. Blocks of messages that are numbered one after another may be written
     * there, up to {@link #blockLimit()}, and published by {@link #commitBlocks(int, int)}.
     *
     * @param sequence of the message, from 1; larger than that of the message before.
     * @return where in {@link #buffer()}.
     * @throws IllegalStateException when the number was passed: a day needs a session, and so a publisher, of its own.
     */
    public int nextBlockOffset(final long sequence) {
        if (sequence != writer.nextSequence()) {
            skipTo(sequence);
        }
        return writer.nextBlockOffset();
    }

    /**
     * Where the packet is full. {@link #SPARE} bytes from there on may be written as well.
     *
     * @return where in {@link #buffer()}.
     */
    public int blockLimit() {
        return writer.blockLimit();
    }

    /**
     * Whether the packet has room for another message.
     *
     * @param length of the message, in bytes, at least 0.
     * @return false when it has to be sent before.
     */
    public boolean hasRoom(final int length) {
        return writer.nextBlockOffset() + BLOCK_LENGTH_FIELD_LENGTH + length <= writer.blockLimit();
    }

    /**
     * Publishes blocks that were written from {@link #nextBlockOffset(long)} on, one behind the other.
     *
     * @param count how many.
     * @param end   of the last one: where in {@link #buffer()}.
     * @throws IllegalArgumentException when the packet does not reach that far.
     */
    public void commitBlocks(final int count, final int end) {
        writer.commitBlocks(count, end);
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
        return ring.buffer();
    }

    /**
     * The packets that were published last.
     *
     * @return to be read by any thread.
     */
    public PacketRing packets() {
        return ring;
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
        counters.add(MESSAGES, messages);
        waiting = false;
        send(writer.finish(), nextSequence);
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
        unseenUntil = 0;
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
        send(writer.finish(), writer.nextSequence());
        counters.add(HEARTBEATS, 1);
        return 1;
    }

    /**
     * Sends what is left, and then the end of the session: as long as the context says, and longer while somebody still
     * wants something.
     */
    public void endSession() {
        flush();
        final long startNs = clock.nanoTime();
        long dueNs = 0;
        while (true) {
            final long elapsedNs = clock.nanoTime() - startNs;
            if (elapsedNs >= dueNs) {
                final long nextSequence = writer.nextSequence();
                send(writer.endOfSession(ring.buffer(), writer.offset(), nextSequence), nextSequence);
                dueNs += context.endOfSessionIntervalNs();
            }
            if (dueNs > context.endOfSessionNs()
                    && (dueNs > context.maxEndOfSessionNs()
                            || !context.stillWanted().getAsBoolean())) {
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

    /** Sends what was flushed, and closes the sinks; what was not flushed is lost, and receivers are not told. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (final PacketSender line : lines) {
            try {
                line.close();
            } catch (final RuntimeException ex) {
                if (failure == null) {
                    failure = ex;
                } else if (failure != ex) {
                    failure.addSuppressed(ex);
                }
            }
        }
        countRetries();
        if (failure != null) {
            throw failure;
        }
    }

    private void skipTo(final long sequence) {
        if (sequence < writer.nextSequence()) {
            throw new IllegalStateException("numbers of a session only rise: session=" + context.session()
                    + ", sequence=" + sequence + ", expected=" + writer.nextSequence());
        }
        flush();
        writer.begin(ring.buffer(), writer.offset(), sequence);
    }

    /** Sends the packet that is finished, and begins the next one. */
    private void send(final int length, final long nextSequence) {
        ring.publish(length, nextSequence);
        sent = true;
        counters.add(PACKETS, 1);
        counters.add(BYTES, length);
        if (isThreaded) {
            if (ring.published() >= unseenUntil) {
                lookAtLines();
            }
        } else {
            for (final PacketSender line : lines) {
                line.send();
            }
            countRetries();
        }
        writer.begin(ring.buffer(), ring.claim(), nextSequence);
    }

    /** Waits until all lines' threads have left room, and throws what one of them threw. */
    private void lookAtLines() {
        long sent = Long.MAX_VALUE;
        for (final PacketSender line : lines) {
            line.throwFailure();
            while (ring.published() - line.sent() >= maxUnsent) {
                line.throwFailure();
                idleStrategy.idle();
            }
            sent = Math.min(sent, line.sent());
        }
        unseenUntil = Math.min(sent + maxUnsent, ring.published() + PACKETS_PER_LOOK);
        countRetries();
    }

    private void countRetries() {
        long sum = 0;
        for (final PacketSender line : lines) {
            sum += line.retries();
        }
        if (sum > retries) {
            counters.add(SEND_RETRIES, sum - retries);
            retries = sum;
        }
    }

    private String lineName(final int line) {
        return "tapedeck-" + context.unit() + "-line-" + (char) ('a' + line);
    }
}
