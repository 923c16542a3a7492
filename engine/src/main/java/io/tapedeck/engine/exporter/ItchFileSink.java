package io.tapedeck.engine.exporter;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.binaryfile.BinaryFileDescriptor;
import io.tapedeck.codecs.itch.NetOrderImbalance;
import io.tapedeck.codecs.itch.StockDirectory;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.codecs.translation.Refusal;
import io.tapedeck.engine.replay.ReplayHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes every record as an ITCH message in BinaryFILE framing. The records of an imported file give its bytes again. A
 * record that cannot be a message, such as one with a negative price, is an error that names it.
 *
 * <p><b>Note:</b> belongs to one thread. No allocation after construction.
 */
public final class ItchFileSink implements ReplayHandler, AutoCloseable {
    private static final int CAPACITY = 1 << 16;

    /** More than any message with its frame. */
    private static final int MAX_FRAME_LENGTH =
            BinaryFileDescriptor.LENGTH_FIELD_LENGTH + NetOrderImbalance.LENGTH + StockDirectory.LENGTH;

    private final WritableByteChannel channel;
    private final RecordToItch translator;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(CAPACITY);
    private final UnsafeBuffer buffer = new UnsafeBuffer(pending);
    private int length;
    private long messageCount;

    /**
     * Writes nothing yet.
     *
     * @param channel   to write to; {@link #close()} closes it.
     * @param directory with the symbols and tick sizes of the tape.
     */
    public ItchFileSink(final WritableByteChannel channel, final InstrumentDirectory directory) {
        this.channel = channel;
        translator = new RecordToItch(directory);
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        try {
            for (long at = low; at <= high; at++) {
                write(slots.buffer(), slots.offset(at));
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void write(final UnsafeBuffer slots, final int slotOffset) throws IOException {
        if (length > CAPACITY - MAX_FRAME_LENGTH) {
            flush();
        }
        final int messageLength =
                translator.translate(slots, slotOffset, buffer, length + BinaryFileDescriptor.LENGTH_FIELD_LENGTH);
        if (messageLength < 0) {
            throw new IllegalArgumentException("record "
                    + Long.toUnsignedString(
                            slots.getLong(slotOffset + EventSlotDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN))
                    + " cannot be an ITCH message: " + Refusal.describe(messageLength)
                    + ". Leave it out with a filter, or export to CSV");
        }
        BinaryFileDescriptor.putMessageLength(buffer, length, messageLength);
        length += BinaryFileDescriptor.LENGTH_FIELD_LENGTH + messageLength;
        messageCount++;
    }

    /**
     * Writes the mark that ends a session.
     *
     * @throws IOException if the channel cannot be written.
     */
    public void writeEndMark() throws IOException {
        if (length > CAPACITY - MAX_FRAME_LENGTH) {
            flush();
        }
        BinaryFileDescriptor.putMessageLength(buffer, length, BinaryFileDescriptor.END_OF_SESSION_LENGTH);
        length += BinaryFileDescriptor.LENGTH_FIELD_LENGTH;
    }

    /**
     * How many messages were made.
     *
     * @return those included that still wait to be written.
     */
    public long messageCount() {
        return messageCount;
    }

    private void flush() throws IOException {
        pending.clear().limit(length);
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        length = 0;
    }

    /**
     * Writes what is pending and closes the channel.
     *
     * @throws IOException if the channel cannot be written.
     */
    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        } finally {
            BufferUtil.free(pending);
        }
    }
}
