package io.tapedeck.engine.replay.sink;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;

/** Takes everything and does nothing with it: for what a replay's other stages do on the way. */
public final class NullSink implements ReplayHandler {
    /** Ready to take. */
    public NullSink() {}

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {}
}
