package io.tapedeck.engine.importer;

import io.tapedeck.codecs.CorruptDataException;
import io.tapedeck.codecs.itch.ItchHeaderDescriptor;
import io.tapedeck.engine.book.OrderBooks;
import io.tapedeck.engine.replay.SnapshotGrid;
import io.tapedeck.engine.text.BboRecorder;
import java.io.IOException;

/**
 * Plays an ITCH file into books, to its end or to a time, and tells what is asked for on the way.
 *
 * <p><b>Note:</b> used once, by one thread.
 */
public final class ItchBookReplay {
    private final ItchFileReader reader;
    private final ItchBookBuilder builder;
    private BboRecorder bboRecorder;
    private SnapshotGrid snapshots;
    private long endNs = Long.MAX_VALUE;
    private long messageCount;

    /**
     * Plays nothing yet.
     *
     * @param reader  in front of the first message to apply.
     * @param builder to apply them to.
     */
    public ItchBookReplay(final ItchFileReader reader, final ItchBookBuilder builder) {
        this.reader = reader;
        this.builder = builder;
    }

    /**
     * Records the touch after every message that comes later than the one that starts market hours.
     *
     * @param recorder stays open.
     * @return this.
     */
    public ItchBookReplay recordBbo(final BboRecorder recorder) {
        bboRecorder = recorder;
        return this;
    }

    /**
     * Stops in front of the first message that is later than a time.
     *
     * @param timeNs nanoseconds since midnight.
     * @return this.
     */
    public ItchBookReplay until(final long timeNs) {
        endNs = timeNs;
        return this;
    }

    /**
     * Gives snapshots at regular times, from the first one that is not before the first message. Where no message came
     * between several of them only the last is given, as they are all alike.
     *
     * @param intervalNs nanoseconds, 1 to {@link ItchHeaderDescriptor#MAX_TIMESTAMP_NS}.
     * @param listener   is called between two messages.
     * @return this.
     * @throws IllegalArgumentException if the interval is out of range.
     */
    public ItchBookReplay giveSnapshots(final long intervalNs, final SnapshotGrid.Listener listener) {
        if (intervalNs < 1 || intervalNs > ItchHeaderDescriptor.MAX_TIMESTAMP_NS) {
            throw new IllegalArgumentException("snapshot interval must be from 1 to "
                    + ItchHeaderDescriptor.MAX_TIMESTAMP_NS + " ns: intervalNs=" + intervalNs);
        }
        snapshots = new SnapshotGrid(intervalNs, listener);
        return this;
    }

    /**
     * Plays.
     *
     * @return number of messages applied, skipped ones included.
     * @throws IOException          if the file cannot be read or a listener cannot write.
     * @throws CorruptDataException if the file ends inside a message; everything before it was applied and told.
     */
    public long run() throws IOException {
        while (reader.next()) {
            final int offset = reader.messageOffset();
            final int length = reader.messageLength();
            if (length >= ItchHeaderDescriptor.BODY_OFFSET) {
                final long timestampNs = ItchHeaderDescriptor.timestampNs(reader.buffer(), offset);
                if (timestampNs > endNs) {
                    break;
                }
                if (snapshots != null) {
                    snapshots.beforeEvent(timestampNs);
                }
                apply(offset, length, timestampNs);
            } else {
                builder.apply(reader.buffer(), offset, length, reader.messageNumber());
            }
            messageCount++;
        }
        return messageCount;
    }

    private void apply(final int offset, final int length, final long timestampNs) throws IOException {
        final boolean wasOpen = builder.isMarketOpen();
        builder.apply(reader.buffer(), offset, length, reader.messageNumber());
        if (wasOpen && bboRecorder != null) {
            final OrderBooks books = builder.books();
            final int instrumentId = builder.touchedInstrumentId();
            if (books.hasBook(instrumentId)) {
                bboRecorder.onEvent(reader.messageNumber(), timestampNs, books.book(instrumentId));
            }
        }
    }
}
