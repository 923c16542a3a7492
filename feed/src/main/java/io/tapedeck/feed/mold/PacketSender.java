package io.tapedeck.feed.mold;

import io.tapedeck.feed.udp.PacketSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.concurrent.IdleStrategy;

/**
 * Sends the packets of a ring on one line, in order, each from where it was made. Either the publisher's thread does so
 * after each packet, or a thread of the sender's own: a system call takes several times as long as making the packet,
 * and side by side the two go as fast as the system calls alone.
 */
final class PacketSender {
    private static final VarHandle SENT;
    private static final VarHandle RETRIES;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            SENT = lookup.findVarHandle(PacketSender.class, "sent", long.class);
            RETRIES = lookup.findVarHandle(PacketSender.class, "retries", long.class);
        } catch (final ReflectiveOperationException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final PacketRing ring;
    private final PacketSink sink;
    private final PacketView view;
    private Thread thread;

    /** How many packets are sent; the last one is one less. */
    private long sent;

    private long retries;
    private volatile boolean closing;
    private volatile RuntimeException failure;

    PacketSender(final PacketRing ring, final PacketSink sink) {
        this.ring = ring;
        this.sink = sink;
        view = ring.newView();
    }

    /** Gives the sender a thread, which from now on is the only one to send and to close the sink. */
    void start(final String threadName, final Runnable first, final IdleStrategy idleStrategy) {
        thread = new Thread(() -> run(first, idleStrategy), threadName);
        // A network that never takes a packet must not keep the process alive.
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends all packets that are there; answers how many that were. */
    int send() {
        final long published = ring.published();
        final long first = sent;
        for (long packet = first; packet < published; packet++) {
            final int again = sink.send(view.packet(packet));
            if (again > 0) {
                RETRIES.setRelease(this, retries + again);
            }
            SENT.setRelease(this, packet + 1);
        }
        return (int) (published - first);
    }

    long sent() {
        return (long) SENT.getAcquire(this);
    }

    /** How often packets had to be offered again. */
    long retries() {
        return (long) RETRIES.getAcquire(this);
    }

    /** Throws what the sink threw on the sender's thread. */
    void throwFailure() {
        final RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    /** Sends what is left, closes the sink, and then throws what the sink threw. */
    void close() {
        if (thread == null) {
            sink.close();
            return;
        }
        closing = true;
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException ex) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        throwFailure();
    }

    private void run(final Runnable first, final IdleStrategy idleStrategy) {
        try (sink) {
            first.run();
            while (true) {
                // Looked at first: what was published before the close is then sent below.
                final boolean last = closing;
                final int packets = send();
                if (last) {
                    return;
                }
                idleStrategy.idle(packets);
            }
        } catch (final RuntimeException ex) {
            failure = ex;
        }
    }
}
