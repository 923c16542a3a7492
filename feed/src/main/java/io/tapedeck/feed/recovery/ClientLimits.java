package io.tapedeck.feed.recovery;

import java.util.concurrent.TimeUnit;

/**
 * How much each client may still ask for: a bucket of tokens for each address and port, in a table that never grows. A
 * client that does not fit takes the place of the one of its row that was quiet for longest; so whoever asks from ever
 * new ports has a full bucket each time, and is held back by what the server does at most altogether.
 */
final class ClientLimits {
    private static final int ROW_BITS = 8;
    private static final int ROWS = 1 << ROW_BITS;
    private static final int WAYS = 4;

    private final double tokensPerNs;
    private final double burst;
    private final long[] clients = new long[ROWS * WAYS];
    private final double[] tokens = new double[ROWS * WAYS];
    private final long[] lastNs = new long[ROWS * WAYS];

    /** A bucket holds {@code burst} tokens and fills at a rate. */
    ClientLimits(final int requestsPerSecond, final int burst) {
        tokensPerNs = (double) requestsPerSecond / TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
    }

    /** Takes a token of a client's, if it has one. */
    boolean tryTake(final int address, final int port, final long nowNs) {
        // Port 0 is nobody's, so no client is 0, which marks a free place.
        final long client = (long) address << 16 | port;
        final int place = place(client);
        if (clients[place] != client) {
            clients[place] = client;
            tokens[place] = burst;
        } else {
            tokens[place] = Math.min(burst, tokens[place] + (nowNs - lastNs[place]) * tokensPerNs);
        }
        lastNs[place] = nowNs;
        if (tokens[place] < 1) {
            return false;
        }
        tokens[place]--;
        return true;
    }

    private int place(final long client) {
        final int row = (int) (client * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - ROW_BITS) * WAYS;
        int quietest = row;
        for (int place = row; place < row + WAYS; place++) {
            if (clients[place] == client) {
                return place;
            }
            if (clients[quietest] != 0 && (clients[place] == 0 || lastNs[place] - lastNs[quietest] < 0)) {
                quietest = place;
            }
        }
        return quietest;
    }
}
