package io.tapedeck.engine.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for work that several threads do: for all of it, whatever happens to a part. */
public final class ParallelWork {
    private ParallelWork() {}

    /**
     * Waits until nothing is at work any more.
     *
     * @param <T>       what each part results in.
     * @param futures   the parts.
     * @param onTrouble called when a part has failed or the calling thread was interrupted, so that the others can end
     *                  early; maybe more than once.
     * @return the results, in the parts' order.
     * @throws IOException          if a part threw it; what other parts threw is suppressed in it.
     * @throws RuntimeException     likewise.
     * @throws InterruptedException if the calling thread was interrupted.
     */
    public static <T> List<T> await(final List<Future<T>> futures, final Runnable onTrouble)
            throws IOException, InterruptedException {
        final List<T> results = new ArrayList<>();
        Throwable failure = null;
        boolean isInterrupted = false;
        for (int i = 0; i < futures.size(); ) {
            try {
                results.add(futures.get(i).get());
                i++;
            } catch (final InterruptedException ex) {
                isInterrupted = true;
                onTrouble.run();
            } catch (final ExecutionException ex) {
                i++;
                onTrouble.run();
                if (failure == null) {
                    failure = ex.getCause();
                } else {
                    failure.addSuppressed(ex.getCause());
                }
            }
        }
        if (failure instanceof IOException) {
            throw (IOException) failure;
        }
        if (failure instanceof RuntimeException) {
            throw (RuntimeException) failure;
        }
        if (failure != null) {
            throw new IllegalStateException("a part of the work failed: " + failure, failure);
        }
        if (isInterrupted) {
            throw new InterruptedException("interrupted while several threads were at work; they have ended early");
        }
        return results;
    }
}
