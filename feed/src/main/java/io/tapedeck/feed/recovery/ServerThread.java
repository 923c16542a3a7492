package io.tapedeck.feed.recovery;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;

/** Drives a server of a feed on a thread of its own. */
public final class ServerThread implements AutoCloseable {
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AgentRunner runner;

    private ServerThread(final AgentRunner runner) {
        this.runner = runner;
    }

    /**
     * Starts the thread.
     *
     * @param server closed by the thread when it ends.
     * @return to be closed.
     */
    public static ServerThread start(final Agent server) {
        final AgentRunner runner = new AgentRunner(
                new BackoffIdleStrategy(10, 20, MIN_PARK_NS, MAX_PARK_NS), ServerThread::show, null, server);
        AgentRunner.startOnThread(runner, work -> {
            final Thread made = new Thread(work, server.roleName());
            made.setDaemon(true);
            return made;
        });
        return new ServerThread(runner);
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        runner.close();
    }

    /** What no client should be able to cause: a fault of ours, shown as those of other threads are. */
    private static void show(final Throwable fault) {
        final Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
    }
}
