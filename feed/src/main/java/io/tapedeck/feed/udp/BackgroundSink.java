package io.tapedeck.feed.udp;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Hands packets on to another sink on a thread of its own. A system call takes about as long as making the packet: side
 * by side the two go as fast as the system calls alone, given a core for each.
 *
 * <p>Packets are copied into a queue of one mebibyte; a full queue makes the caller wait. When the other sink fails, the
 * next call says so, and nothing more is sent.
 *
 * <p><b>Note:</b> called by one thread; allocates nothing per packet.
 */
public final class BackgroundSink implements PacketSink {
    private static final int QUEUE_LENGTH = 1 << 20;
    private static final int PACKET = 1;
    private static final int ALIGNMENT = 64;

    private final PacketSink sink;
    private final IdleStrategy idleStrategy;
    private final ByteBuffer memory =
            BufferUtil.allocateDirectAligned(QUEUE_LENGTH + RingBufferDescriptor.TRAILER_LENGTH, ALIGNMENT);
    private final OneToOneRingBuffer queue = new OneToOneRingBuffer(new UnsafeBuffer(memory));
    private final UnsafeBuffer source = new UnsafeBuffer();
    private final Thread thread;

    /** Written by the thread. */
    private final AtomicLong retries = new AtomicLong();

    private long retriesTold;
    private ByteBuffer lastPacket;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    private BackgroundSink(final String threadName, final PacketSink sink, final IdleStrategy idleStrategy) {
        this.sink = sink;
        this.idleStrategy = idleStrategy;
        thread = new Thread(this::run, threadName);
    }

    /**
     * Starts the thread.
     *
     * @param threadName   its name.
     * @param sink         for the packets, from now on the thread's; closed when it ends.
     * @param idleStrategy how the thread waits for packets.
     * @return a sink that is to be closed.
     */
    public static BackgroundSink start(
            final String threadName, final PacketSink sink, final IdleStrategy idleStrategy) {
        final BackgroundSink background = new BackgroundSink(threadName, sink, idleStrategy);
        background.thread.start();
        return background;
    }

    /**
     * Queues one packet, and waits where there is no room for it.
     *
     * @param packet in a direct buffer, from its position to its limit.
     * @return how many times packets before it had to be offered again since the last call.
     * @throws RuntimeException what the other sink threw.
     */
    @Override
    public int send(final ByteBuffer packet) {
        if (packet != lastPacket) {
            source.wrap(packet, 0, packet.capacity());
            lastPacket = packet;
        }
        while (!queue.write(PACKET, source, packet.position(), packet.remaining())) {
            throwFailure();
            Thread.yield();
        }
        throwFailure();
        final long told = retriesTold;
        retriesTold = retries.getAcquire();
        return (int) (retriesTold - told);
    }

    /**
     * Waits until everything is sent and the other sink is closed.
     *
     * @throws RuntimeException what the other sink threw, also when it was thrown before.
     */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (final InterruptedException ex) {
            // The thread goes on to the end of the queue by itself.
            Thread.currentThread().interrupt();
        }
        throwFailure();
    }

    private void throwFailure() {
        final RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    private void run() {
        final MessageHandler handler = this::onPacket;
        try (sink) {
            while (true) {
                // Looked at before the queue: what was queued before the close is then seen below.
                final boolean last = closing;
                final int packets = queue.read(handler);
                // A read that comes to the end of the buffer may find nothing and still have more in front of it.
                if (last && queue.size() == 0) {
                    return;
                }
                idleStrategy.idle(packets);
            }
        } catch (final RuntimeException ex) {
            failure = ex;
        }
    }

    private void onPacket(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        final int sendRetries = sink.send(memory.limit(offset + length).position(offset));
        if (sendRetries > 0) {
            retries.setRelease(retries.get() + sendRetries);
        }
    }
}
