package io.tapedeck.tools.samples;

import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.book.OrderBook;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.book.Side;
import io.tapedeck.engine.replay.CountSink;
import io.tapedeck.engine.replay.DataSetSource;
import io.tapedeck.engine.replay.EventSource;
import io.tapedeck.engine.replay.RecordBookBuilder;
import io.tapedeck.engine.replay.SymbolFilter;
import io.tapedeck.engine.replay.pipeline.ReplayPipeline;
import io.tapedeck.engine.replay.transform.RecordOutput;
import io.tapedeck.engine.replay.transform.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** A transform of one's own: it keeps the books and passes on the events after which a spread is wider than a limit. */
public final class WideSpreads implements Transform {
    private final RecordBookBuilder builder = new RecordBookBuilder(new OrderBooks());
    private final int limitTicks;

    /**
     * Looks for wide spreads.
     *
     * @param limitTicks what is wider than this is wide.
     */
    public WideSpreads(final int limitTicks) {
        this.limitTicks = limitTicks;
    }

    @Override
    public void onSession(final LocalDate date) {
        builder.books().clear();
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high, final RecordOutput out) {
        for (long at = low; at <= high; at++) {
            final int offset = slots.offset(at);
            builder.apply(slots.buffer(), offset);
            if (EventSlotDescriptor.isEvent(slots.buffer(), offset)
                    && isWide(builder.books().book(SymbolFilter.instrumentId(slots.buffer(), offset)))) {
                out.pass(slots.buffer(), offset);
            } else {
                out.drop(1);
            }
        }
    }

    private boolean isWide(final OrderBook book) {
        return book.bestQuantity(Side.BID) > 0
                && book.bestQuantity(Side.ASK) > 0
                && book.bestPrice(Side.ASK) - book.bestPrice(Side.BID) > limitTicks;
    }

    /**
     * Runs the sample.
     *
     * @param args folder of a data set, limit in ticks.
     * @throws IOException if the tapes cannot be read.
     */
    public static void main(final String[] args) throws IOException {
        final CountSink wide = new CountSink();
        try (EventSource source = DataSetSource.open(Path.of(args[0]))) {
            final long read = ReplayPipeline.from(source)
                    .transform("wide spreads", new WideSpreads(Integer.parseInt(args[1])))
                    .sink("count", wide)
                    .build()
                    .run()
                    .readCount();
            System.out.println(
                    wide.recordCount() + " of " + read + " records left a spread of more than " + args[1] + " ticks");
        }
    }
}
