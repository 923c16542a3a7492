package io.tapedeck.perf;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.record.EventSlotDescriptor;
import io.tapedeck.codecs.record.SlotArray;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.mold.PublisherCounter;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpReceiver;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.journal.format2.Format2Reader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * The records of a simulated day, in memory, through the publisher: into nothing, or to a loopback socket that nobody
 * reads. Or the same packets, made before, through a bare channel to that socket.
 */
final class PublishWorkload implements Workload {
    private static final int BATCH = 256;

    /** As many as processors cannot learn by heart, in memory that is close to them as the slots of a ring are. */
    private static final int RECORDS = 1 << 16;

    private static final int REPEATS = 16;

    /** Where packets go. */
    enum Way {
        /** Into nothing: what encoding and framing take. */
        NOTHING,
        /** To the socket. */
        WIRE,
        /** To the socket, without encoding. */
        BARE_CHANNEL
    }

    private final Way way;
    private final SlotArray slots = new SlotArray(RECORDS);
    private final List<ByteBuffer> packets = new ArrayList<>();
    private final UdpReceiver nobody;
    private final PacketSink sink;
    private final ItchPublisher publisher;
    private long published;

    PublishWorkload(final Way way) throws IOException, InterruptedException {
        this.way = way;
        final UnitDayResult day =
                new TemporaryRun().run(UnitConsumers.NONE).days().get(0);
        try (Format2Reader reader = Format2Reader.open(day.file())) {
            reader.forEach((batch, low, high) -> {
                for (long sequence = low; sequence <= Math.min(high, RECORDS - 1); sequence++) {
                    slots.buffer()
                            .putBytes(
                                    slots.offset(sequence),
                                    batch.buffer(),
                                    batch.offset(sequence),
                                    EventSlotDescriptor.SLOT_LENGTH);
                }
            });
        }
        nobody = UdpReceiver.open(new UdpContext(UdpEndpoint.parse("127.0.0.1:0")));
        sink = UdpSender.open(new UdpContext(nobody.endpoint()));
        final PublisherContext context = new PublisherContext(MoldSession.of("BENCH"));
        if (way == Way.WIRE) {
            context.lineThreads(() -> new BackoffIdleStrategy(10, 20, 1_000, 50_000));
        }
        publisher = new ItchPublisher(
                context,
                InstrumentTable.of(day.day().instruments()),
                way == Way.WIRE ? sink : way == Way.NOTHING ? new CheckingSink() : new KeepingSink());
        if (way == Way.BARE_CHANNEL) {
            publish();
        }
    }

    @Override
    public long run() {
        if (way == Way.BARE_CHANNEL) {
            for (final ByteBuffer packet : packets) {
                sink.send(packet.rewind());
            }
            return packets.size();
        }
        final long packetsBefore = publisher.count(PublisherCounter.PACKETS);
        final long messagesBefore = publisher.count(PublisherCounter.MESSAGES);
        publish();
        Workload.require(publisher.count(PublisherCounter.REFUSED) == 0, "a record was refused");
        Workload.require(
                publisher.count(PublisherCounter.MESSAGES) - messagesBefore == (long) REPEATS * RECORDS,
                "not every record became a message");
        return way == Way.NOTHING
                ? (long) REPEATS * RECORDS
                : publisher.count(PublisherCounter.PACKETS) - packetsBefore;
    }

    /** A session numbers on from run to run, so the records are numbered as they are handed over. */
    private void publish() {
        for (long low = 0; low < (long) REPEATS * RECORDS; low += BATCH) {
            for (long i = low; i < low + BATCH; i++) {
                slots.buffer()
                        .putLong(
                                slots.offset(i) + EventSlotDescriptor.SEQUENCE_OFFSET,
                                ++published,
                                ByteOrder.LITTLE_ENDIAN);
            }
            publisher.onBatch(slots, low, low + BATCH - 1);
        }
        publisher.onIdle(0);
        publisher.onIdle(Long.MAX_VALUE);
    }

    /** Requires that the numbers go on without a hole. */
    private static final class CheckingSink implements PacketSink {
        private long nextSequence = 1;

        @Override
        public int send(final ByteBuffer packet) {
            final int start = packet.position();
            Workload.require(
                    packet.getLong(start + MoldDescriptor.SEQUENCE_OFFSET) == nextSequence, "a number is missing");
            nextSequence += packet.getShort(start + MoldDescriptor.MESSAGE_COUNT_OFFSET);
            return 0;
        }

        @Override
        public void close() {}
    }

    private final class KeepingSink implements PacketSink {
        @Override
        public int send(final ByteBuffer packet) {
            packets.add(ByteBuffer.allocateDirect(packet.remaining()).put(packet));
            return 0;
        }

        @Override
        public void close() {}
    }
}
