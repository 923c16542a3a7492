package io.tapedeck.feed.pcap;

import io.tapedeck.feed.mold.JoinPoint;
import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.mold.MoldReceiver;
import io.tapedeck.feed.mold.ReceiverContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Plays the feed that captures hold: its packets as a receiver takes them from the wire, with the capture's own time, and
 * every flow a line. The first message is the first captured.
 *
 * <p><b>Note:</b> used by one thread.
 */
public final class CapturePlayer implements AutoCloseable {
    /** How far the lines of a feed may be apart, in the capture's time. */
    private static final long REORDER_WAIT_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long NO_LINE = -1;

    private final Long2LongHashMap lines = new Long2LongHashMap(NO_LINE);
    private final UdpFrame frame = new UdpFrame();
    private final MoldReceiver receiver;
    private long nowNs;

    /**
     * Plays nothing yet.
     *
     * @param flows   of one session, as {@link CaptureSurvey} finds them; at least one.
     * @param handler for what comes.
     * @throws IllegalArgumentException if they are of several sessions, or there is none.
     */
    public CapturePlayer(final List<CapturedFlow> flows, final MoldHandler handler) {
        if (flows.stream().map(CapturedFlow::session).distinct().count() != 1) {
            throw new IllegalArgumentException("flows must be of one session: flows=" + flows);
        }
        for (final CapturedFlow flow : flows) {
            lines.put(key(flow), lines.size());
        }
        receiver = new MoldReceiver(
                new ReceiverContext()
                        .session(flows.get(0).session())
                        .joinPoint(JoinPoint.FIRST_HEARD)
                        .lineCount(flows.size())
                        .reorderWaitNs(REORDER_WAIT_NS),
                handler);
    }

    /**
     * Plays a capture. Several of them are played in the order in which they were captured.
     *
     * @param path     of a pcap file.
     * @param progress is told after some frames how many messages were given so far.
     * @throws io.tapedeck.codecs.CorruptDataException if it cannot be read as one.
     * @throws IOException                             if it cannot be read.
     */
    public void play(final Path path, final LongConsumer progress) throws IOException {
        try (PcapReader reader = PcapReader.open(path)) {
            while (reader.next()) {
                nowNs = Math.max(nowNs, reader.timestampNs());
                if (frame.wrap(reader.linkType(), reader.buffer(), reader.frameOffset(), reader.frameLength())
                        == UdpFrame.UDP) {
                    final long line = lines.get(key(frame.destinationAddress(), frame.destinationPort()));
                    if (line != NO_LINE && !receiver.isEnded()) {
                        receiver.onPacket(
                                (int) line, reader.buffer(), frame.payloadOffset(), frame.payloadLength(), nowNs);
                    }
                }
                progress.accept(receiver.counts().messageCount());
            }
        }
    }

    /** Gives what still waits for messages that no capture has. */
    public void finish() {
        receiver.flush();
    }

    /**
     * What was received.
     *
     * @return always the same receiver; line N is flow N.
     */
    public MoldReceiver receiver() {
        return receiver;
    }

    @Override
    public void close() {
        receiver.close();
    }

    private static long key(final CapturedFlow flow) {
        final byte[] bytes = flow.destination().address().getAddress().getAddress();
        return key(
                bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF,
                flow.destination().port());
    }

    private static long key(final int address, final int port) {
        return (long) address << Short.SIZE | port;
    }
}
