package io.tapedeck.perf;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.codecs.translation.InstrumentDirectory;
import io.tapedeck.engine.replay.InstrumentTable;
import io.tapedeck.engine.run.UnitConsumers;
import io.tapedeck.engine.run.UnitDayResult;
import io.tapedeck.feed.itch.FeedListener;
import io.tapedeck.feed.itch.ItchPublisher;
import io.tapedeck.feed.itch.ListenerContext;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.PublisherContext;
import io.tapedeck.feed.recovery.RequestServer;
import io.tapedeck.feed.recovery.RequestServerContext;
import io.tapedeck.feed.recovery.ServerThread;
import io.tapedeck.feed.udp.PacketSink;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import io.tapedeck.feed.udp.UdpSender;
import io.tapedeck.journal.format2.Format2Reader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A listener that has heard one packet of a session, the one with the most messages, and its end asks the request server
 * for the rest: as many messages at a time as that packet had, so that most answers hold fewer than were asked for. The
 * server works a quarter of the time at most, as it does beside a feed.
 */
final class RecoveryWorkload implements Workload {
    private static final MoldSession SESSION = MoldSession.of("BENCH");
    private static final UdpEndpoint ANY_PORT = UdpEndpoint.parse("127.0.0.1:0");
    private static final int MESSAGES = 400_000;
    private static final int MAX_PAYLOAD_LENGTH = 1_472;

    /** Where the server finds the messages. */
    enum Place {
        /** In the packets published last, all of which are there. */
        RECENT(1 << 25),
        /** In the journal; a few packets are recent. */
        JOURNAL(1);

        private final int recentLength;

        Place(final int recentLength) {
            this.recentLength = recentLength;
        }
    }

    private final Sum published = new Sum();
    private final ByteBuffer heard = ByteBuffer.allocateDirect(MAX_PAYLOAD_LENGTH);
    private final ByteBuffer endOfSession = ByteBuffer.allocateDirect(MAX_PAYLOAD_LENGTH);
    private final RequestServer server;

    RecoveryWorkload(final Place place) throws IOException, InterruptedException {
        final UnitDayResult day =
                new TemporaryRun().run(UnitConsumers.NONE).days().get(0);
        final InstrumentDirectory directory = InstrumentTable.of(day.day().instruments());
        final ItchPublisher publisher = new ItchPublisher(
                new PublisherContext(SESSION).recentLength(place.recentLength), directory, new SummingSink());
        try (Format2Reader reader = Format2Reader.open(day.file())) {
            reader.forEach((batch, low, high) -> {
                if (low < MESSAGES) {
                    publisher.onBatch(batch, low, Math.min(high, MESSAGES - 1));
                }
            });
        }
        publisher.onIdle(0);
        publisher.onIdle(Long.MAX_VALUE);
        Workload.require(published.messages == MESSAGES, "not every record became a message");
        server = new RequestServer(new RequestServerContext(SESSION, publisher.packets(), new UdpContext(ANY_PORT))
                .journal(day.file(), directory)
                .clientLimit(Integer.MAX_VALUE, Integer.MAX_VALUE));
        ServerThread.start(server);
        endOfSession.limit(new MoldPacketWriter(SESSION, MAX_PAYLOAD_LENGTH)
                .endOfSession(new UnsafeBuffer(endOfSession), 0, MESSAGES + 1));
    }

    @Override
    public long run() throws IOException {
        final Sum recovered = new Sum();
        final ListenerContext context =
                new ListenerContext(new UdpContext(ANY_PORT)).requestServer(new UdpContext(server.endpoint()));
        try (FeedListener listener = new FeedListener(context, recovered);
                UdpSender sender = UdpSender.open(new UdpContext(listener.endpoint()))) {
            sender.send(heard.rewind());
            sender.send(endOfSession.rewind());
            Workload.require(listener.listen(), "the session did not end");
            Workload.require(listener.receiver().counts().missingMessageCount() == 0, "messages are missing");
        }
        Workload.require(
                recovered.messages == MESSAGES && recovered.sum == published.sum,
                "what was recovered is not what was published");
        return MESSAGES;
    }

    /** Counts messages, and sums up what they are and where they stand. */
    private static final class Sum implements MoldHandler {
        private long messages;
        private long sum;

        @Override
        public void onMessage(
                final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
            add(sequence, buffer, offset, length);
        }

        /** The shortest message has twelve bytes. */
        private void add(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
            messages++;
            sum += sequence * (buffer.getLong(offset) ^ buffer.getLong(offset + length - Long.BYTES));
        }
    }

    private final class SummingSink implements PacketSink {
        private final MoldPacketReader reader = new MoldPacketReader();
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private int mostMessages;

        @Override
        public int send(final ByteBuffer packet) {
            buffer.wrap(packet);
            reader.wrap(buffer, packet.position(), packet.remaining());
            while (reader.next() == MoldPacketReader.MESSAGE) {
                published.add(reader.messageSequence(), buffer, reader.messageOffset(), reader.messageLength());
            }
            if (reader.messageCount() > mostMessages) {
                mostMessages = reader.messageCount();
                heard.clear().put(packet).flip();
            }
            return 0;
        }

        @Override
        public void close() {}
    }
}
