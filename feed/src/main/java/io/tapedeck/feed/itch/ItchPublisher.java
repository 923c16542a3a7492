package io.tapedeck.feed.itch;

import static io.tapedeck.codecs.record.EventSlotDescriptor.SEQUENCE_OFFSET;
import static io.tapedeck.codecs.record.EventSlotDescriptor.SLOT_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tapedeck.codecs.itch.ItchMessageType;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.codecs.translation.RecordToItch;
import io.tapedeck.engine.pipeline.BatchConsumer;
import io.tapedeck.feed.mold.MoldPublisher;
import io.tapedeck.feed.mold.PacketRing;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.PacketSink;
import org.agrona.DirectBuffer;

/**
 * Publishes events as an ITCH 5.0 feed: each record becomes one message, under the record's own sequence. A record that
 * no message can be made of goes out as an empty message, so that a receiver does not take it for a loss. Serves one
 * unit's day, which is one session; when it is closed the session ends.
 *
 * <p><b>Note:</b> allocates nothing per event. With a limited rate, taking a batch lasts as long as the rate makes it.
 */
public final class ItchPublisher implements BatchConsumer {
    private final MoldPublisher publisher;
    private final RecordToItch translator;

    /** A batch was begun and not finished, or there will be no more: what was published is not whole. */
    private boolean broken;

    /**
     * Publishes a session.
     *
     * @param context   not concluded yet.
     * @param directory of the unit's instruments; must know an instrument before its first record.
     * @param sinks     for the packets, one for each line; closed with the publisher.
     * @throws IllegalArgumentException when a setting is out of range, or packets are too short for some message.
     */
    public ItchPublisher(
            final PublisherContext context, final InstrumentDirectory directory, final PacketSink... sinks) {
        publisher = new MoldPublisher(context, sinks);
        translator = new RecordToItch(directory);
        if (publisher.maxMessageLength() < ItchMessageType.MAX_LENGTH) {
            throw new IllegalArgumentException("packets are too short for the longest ITCH message: maxPayloadLength="
                    + context.maxPayloadLength() + ", longest message=" + ItchMessageType.MAX_LENGTH);
        }
    }

    @Override
    public void onBatch(final SlotArray slots, final long low, final long high) {
        broken = true;
        long next = low;
        while (next <= high) {
            final long end = next + publisher.awaitTurn(high - next + 1);
            while (next < end) {
                next += publish(slots.buffer(), slots.offset(next), end - next);
            }
        }
        broken = false;
    }

    @Override
    public int onIdle(final long nowNs) {
        return publisher.onIdle(nowNs);
    }

    /** Lets the publisher be closed without the end of the session: what was published is not the whole day. */
    public void abandon() {
        broken = true;
    }

    /** Ends the session, if all went well, and closes the sink. After a failure receivers are left to notice the silence. */
    @Override
    public void onClose() {
        // A line's failure is thrown by both, and an exception refuses to hold itself.
        try {
            if (!broken) {
                publisher.endSession();
            }
        } finally {
            publisher.close();
        }
    }

    /**
     * The packets that were published last.
     *
     * @return to be read by any thread.
     */
    public PacketRing packets() {
        return publisher.packets();
    }

    /**
     * One of the publisher's counters; any thread may ask.
     *
     * @param counter which one.
     * @return its value.
     */
    public long count(final PublisherCounter counter) {
        return publisher.count(counter);
    }

    /** Publishes as many records as a packet takes, of those that lie one behind the other; answers how many. */
    private int publish(final DirectBuffer slots, final int slotOffset, final long wanted) {
        final int count = (int) Math.min(wanted, (slots.capacity() - slotOffset) / SLOT_LENGTH);
        final long sequence = slots.getLong(slotOffset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
        final int offset = publisher.nextBlockOffset(sequence);
        final int translated = translator.translateBlocks(
                slots, slotOffset, count, sequence, publisher.buffer(), offset, publisher.blockLimit());
        publisher.commitBlocks(translated, translator.blocksEnd());
        if (translated == count) {
            return count;
        }
        final int length = Math.max(0, translator.length(slots, slotOffset + translated * SLOT_LENGTH));
        if (!publisher.hasRoom(length)) {
            publisher.flush();
        } else if (translated == 0) {
            publishAlone(slots, slotOffset, publisher.claim(sequence, length));
            return 1;
        }
        return translated;
    }

    private void publishAlone(final DirectBuffer slots, final int slotOffset, final int offset) {
        if (translator.translate(slots, slotOffset, publisher.buffer(), offset) < 0) {
            publisher.refuse(offset);
        }
    }
}
