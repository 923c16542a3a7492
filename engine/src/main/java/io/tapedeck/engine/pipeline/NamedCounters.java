package io.tapedeck.engine.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.ConcurrentCountersManager;

/**
 * Counters that keep their name as long as the process lives: a unit's second day goes on with those of its first, so
 * that totals only rise and a run without end needs no more room than one day. Any thread may ask for counters.
 */
final class NamedCounters extends ConcurrentCountersManager {
    private final Map<String, AtomicCounter> byLabel = new HashMap<>();

    NamedCounters(final AtomicBuffer metadata, final AtomicBuffer values) {
        super(metadata, values);
    }

    /** The counter with this label, which is made when there is none. */
    @Override
    public AtomicCounter newCounter(final String label, final int typeId) {
        synchronized (byLabel) {
            return byLabel.computeIfAbsent(label, absent -> super.newCounter(absent, typeId));
        }
    }
}
