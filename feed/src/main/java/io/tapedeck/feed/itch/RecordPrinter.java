package io.tapedeck.feed.itch;

import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.engine.pipeline.BatchConsumer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Prints records as the messages that they are on the wire; see {@link ItchPrinter} for the form. A record of which no
 * message can be made is printed as an empty one, as it would be published.
 *
 * <p><b>Note:</b> belongs to the thread that drives it.
 */
public final class RecordPrinter implements BatchConsumer {
    private final RecordToItch translator;
    private final ItchPrinter printer;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[ItchMessageType.MAX_LENGTH]);

    /**
     * Prints nothing yet.
     *
     * @param directory with all instruments that will come.
     * @param printer   of the messages.
     */
    public RecordPrinter(final InstrumentDirectory directory, final ItchPrinter printer) {
        translator = new RecordToItch(directory);
        this.printer = printer;
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        for (long slot = low; slot <= high; slot++) {
            final int offset = slots.offset(slot);
            final int length = translator.translate(slots.buffer(), offset, message, 0);
            printer.onMessage(
                    slots.buffer().getLong(offset + EventSlotDescriptor.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN),
                    message,
                    0,
                    Math.max(0, length));
        }
    }
}
