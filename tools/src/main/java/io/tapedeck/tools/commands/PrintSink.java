package io.tapedeck.tools.commands;

import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.ReplayHandler;
import io.tapedeck.feed.itch.RecordPrinter;
import java.io.PrintWriter;

/** Prints records as messages, and lets them be seen when there are no more for the moment. */
final class PrintSink implements ReplayHandler {
    private final RecordPrinter printer;
    private final PrintWriter out;
    private boolean isPending;

    PrintSink(final RecordPrinter printer, final PrintWriter out) {
        this.printer = printer;
        this.out = out;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        printer.onBatch(slots, low, high);
        isPending = true;
    }

    @Override
    public int onIdle(final long nowNs) {
        if (!isPending) {
            return 0;
        }
        out.flush();
        isPending = false;
        return 1;
    }
}
