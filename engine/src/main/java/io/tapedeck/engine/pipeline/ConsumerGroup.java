package io.tapedeck.engine.pipeline;

import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/** The consumers of one thread, and what that thread does. Any other thread may drive the group instead, one at a time. */
final class ConsumerGroup implements Agent {
    private final String threadName;
    private final int cpu;
    private final ConsumerAgent[] agents;
    private final RunListener listener;

    ConsumerGroup(
            final String threadName, final int cpu, final List<ConsumerAgent> agents, final RunListener listener) {
        this.threadName = threadName;
        this.cpu = cpu;
        this.agents = agents.toArray(new ConsumerAgent[0]);
        this.listener = listener;
    }

    @Override
    public int doWork() {
        int work = 0;
        for (final ConsumerAgent agent : agents) {
            work += agent.doWork();
        }
        return work;
    }

    @Override
    public void onClose() {
        for (final ConsumerAgent agent : agents) {
            agent.onClose();
        }
    }

    @Override
    public String roleName() {
        return threadName;
    }

    boolean isClosed() {
        for (final ConsumerAgent agent : agents) {
            if (!agent.isClosed()) {
                return false;
            }
        }
        return true;
    }

    /** The least sequence whose publication gives one of the consumers work. */
    long awaitedSequence() {
        long least = Long.MAX_VALUE;
        for (final ConsumerAgent agent : agents) {
            if (!agent.isClosed()) {
                least = Math.min(least, agent.awaitedSequence());
            }
        }
        return least;
    }

    /** Makes the thread that drives the group until every consumer has closed; not started. */
    Thread newThread(final IdleStrategy idleStrategy) {
        final Thread thread = new Thread(() -> run(idleStrategy), threadName);
        // A consumer that never comes back must not keep the process alive.
        thread.setDaemon(true);
        return thread;
    }

    private void run(final IdleStrategy idleStrategy) {
        if (cpu != CpuPinning.ANYWHERE) {
            CpuPinning.pinCurrentThread(cpu).ifPresent(this::tellNotPinned);
        }
        while (!isClosed()) {
            idleStrategy.idle(doWork());
        }
    }

    private void tellNotPinned(final String reason) {
        try {
            listener.onThreadNotPinned(threadName, cpu, reason);
        } catch (final RuntimeException ex) {
            // A listener's fault is shown, but does not cost the consumers their thread.
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
        }
    }
}
