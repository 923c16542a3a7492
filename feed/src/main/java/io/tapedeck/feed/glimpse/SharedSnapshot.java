package io.tapedeck.feed.glimpse;

/** A snapshot, and the clients that it is for: those that logged in before it was asked for. */
final class SharedSnapshot {
    final Snapshot snapshot = new Snapshot();
    private int clientCount;
    private boolean isWhole;
    private long wholeSinceNs;

    void join() {
        clientCount++;
    }

    void leave() {
        clientCount--;
    }

    /** Whether anybody still needs it. */
    boolean isFree() {
        return clientCount == 0;
    }

    void clear(final long leastSequence) {
        isWhole = false;
        snapshot.clear(leastSequence);
    }

    void complete(final long nowNs) {
        isWhole = true;
        wholeSinceNs = nowNs;
    }

    boolean isWhole() {
        return isWhole;
    }

    long wholeSinceNs() {
        return wholeSinceNs;
    }
}
