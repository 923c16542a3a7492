package io.tapedeck.tools.commands;

import io.tapedeck.engine.log.OperatorLog;
import io.tapedeck.engine.pipeline.RunListener;

/** Writes what goes wrong in a run to the log, with what is to be done. */
final class OperatorListener implements RunListener {
    private static final OperatorLog LOG = new OperatorLog(OperatorListener.class);

    @Override
    public void onConsumerFailed(final String unit, final String consumer, final long sequence, final Throwable cause) {
        LOG.warn(
                "consumer-failed",
                "consumer {} of unit {} has failed at record {}: {}; the day goes on without it. {}",
                consumer,
                unit,
                sequence + 1,
                cause,
                remedy(consumer, cause));
    }

    @Override
    public void onThreadNotPinned(final String thread, final int cpu, final String reason) {
        LOG.warn("not-pinned", "thread {} is not pinned to CPU {}: {}; it runs wherever it may", thread, cpu, reason);
    }

    private static String remedy(final String consumer, final Throwable cause) {
        if (isDiskFull(cause)) {
            return "The disk is full: free space, then run again with --force, or repair the tape with verify --repair";
        }
        return consumer.equals("itch")
                ? "Listeners are not told of an end: publish the tape again with 'tapedeck itch' when the cause is gone"
                : "Remove the cause and run again";
    }

    private static boolean isDiskFull(final Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            final String message = at.getMessage();
            if (message != null && (message.contains("No space left") || message.contains("quota exceeded"))) {
                return true;
            }
        }
        return false;
    }
}
