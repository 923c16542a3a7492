package io.tapedeck.tools.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns SIGINT and SIGTERM into an orderly end: the first signal raises the flag, the work sees it, closes its files
 * and returns, and the process ends with the work's own exit code. A work that does not end within the grace period is
 * cut off, and says so.
 */
public final class StopSignal implements AutoCloseable {
    private static final long GRACE_SECONDS = 60;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.FAILED;
    private volatile Runnable action = () -> {};
    private final Thread hook = new Thread(this::onSignal, "tapedeck-stop");

    /** Starts to listen; one at a time in a process. */
    public StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Whether a signal has come.
     *
     * @return true from the first signal on; cheap enough to be asked between events.
     */
    public boolean isStopped() {
        return stopped.get();
    }

    /**
     * Calls something when a signal comes, for work that does not ask {@link #isStopped()} often enough.
     *
     * @param action short and safe to be called from any thread.
     */
    public void onStop(final Runnable action) {
        this.action = action;
    }

    /**
     * Takes the end of an input for a signal too: whoever holds its other end has closed it or is gone, however that
     * came about. What comes in is not looked at.
     *
     * @param input standard input, of a process that another one started for its own use.
     */
    public void watch(final InputStream input) {
        final Thread watch = new Thread(() -> awaitEnd(input), "tapedeck-input");
        watch.setDaemon(true);
        watch.start();
    }

    /**
     * Says how the work ended, so that a process that was asked to stop and did ends as a success.
     *
     * @param code of the command.
     */
    public void complete(final int code) {
        exitCode = code;
    }

    @Override
    public void close() {
        finished.countDown();
        if (!stopped.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (final IllegalStateException alreadyShuttingDown) {
                // The signal came in this very moment; the hook finds the work finished.
            }
        }
    }

    private void awaitEnd(final InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (final IOException broken) {
            // As good as ended.
        }
        stop();
    }

    private void stop() {
        stopped.set(true);
        action.run();
    }

    private void onSignal() {
        stop();
        try {
            if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("tapedeck: the work did not stop within " + GRACE_SECONDS
                        + " s of the signal; it is cut off, whole chunks are on disk");
            }
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        // A plain return would report the signal (143) as the result of work that ended in good order.
        Runtime.getRuntime().halt(exitCode);
    }
}
