package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldDescriptor;
import io.tapedeck.codecs.mold.MoldPacketWriter;
import io.tapedeck.codecs.mold.MoldSession;
import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A feed on lines that lose, repeat, delay and reorder, and a request server behind such lines too, without a socket and
 * with a clock of its own. Each message holds its number, and as many more bytes as the number says.
 */
final class LossyNetwork implements MoldRequester {
    /** Of the clock, between two packets of the publisher. */
    static final long STEP_NS = 1_000_000;

    static final MoldSession SESSION = MoldSession.of("MODEL");

    private static final int MAX_PACKET_LENGTH = 400;
    private static final int MAX_EXTRA_LENGTH = 40;

    final BitSet heard = new BitSet();
    long nowNs;
    long requests;

    /** Share of requests that is not answered. */
    double answerLoss;

    private final SplittableRandom random;
    private final double loss;
    private final int maxDelay;
    private final int messages;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private final MoldPacketWriter writer = new MoldPacketWriter(SESSION, MAX_PACKET_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[MAX_PACKET_LENGTH]);
    private int packetLength;
    private long launched;
    private long next = 1;

    /** A packet on its way. */
    private record Flight(long arrivalNs, long number, int line, byte[] packet) implements Comparable<Flight> {
        @Override
        public int compareTo(final Flight other) {
            return arrivalNs != other.arrivalNs
                    ? Long.compare(arrivalNs, other.arrivalNs)
                    : Long.compare(number, other.number);
        }
    }

    /**
     * A network.
     *
     * @param loss     share of packets that is lost on each line.
     * @param maxDelay in steps; 0 keeps the order.
     */
    LossyNetwork(final long seed, final double loss, final int maxDelay, final int messages) {
        random = new SplittableRandom(seed);
        this.loss = loss;
        answerLoss = loss;
        this.maxDelay = maxDelay;
        this.messages = messages;
    }

    /** Publishes messages that nobody hears. */
    void publishUpTo(final int last) {
        next = last + 1;
    }

    /** Publishes everything, and the end as often as it takes. */
    void run(final MoldReceiver receiver, final int lines, final long limitNs) {
        while (!receiver.isEnded() && nowNs < limitNs) {
            nowNs += STEP_NS;
            if (next <= messages) {
                final int count = build(next, 1 + random.nextInt(20), messages);
                broadcast(lines);
                next += count;
            } else {
                buildEnd();
                broadcast(lines);
            }
            if (random.nextInt(50) == 0) {
                buildHeartbeat(next);
                broadcast(lines);
            }
            arrive(receiver);
            receiver.doWork(nowNs);
        }
    }

    /** Numbers are checked against what a message has to be. */
    static int length(final long sequence) {
        return Long.BYTES + (int) (sequence * 7 % MAX_EXTRA_LENGTH);
    }

    @Override
    public void request(final MoldSession session, final long sequence, final int messageCount) {
        requests++;
        if (random.nextDouble() >= answerLoss) {
            build(sequence, messageCount, messages);
            fly(MoldReceiver.ANSWERS);
        }
    }

    private int build(final long first, final int wanted, final long last) {
        writer.begin(buffer, 0, first);
        int count = 0;
        while (count < wanted && first + count <= last) {
            final int offset = writer.claim(length(first + count));
            if (offset == MoldPacketWriter.FULL) {
                break;
            }
            buffer.putLong(offset, first + count);
            count++;
        }
        packetLength = writer.finish();
        return count;
    }

    private void buildHeartbeat(final long next) {
        writer.begin(buffer, 0, next);
        packetLength = writer.finish();
    }

    private void buildEnd() {
        packetLength = writer.endOfSession(buffer, 0, messages + 1L);
    }

    private void broadcast(final int lines) {
        for (int line = 0; line < lines; line++) {
            launch(line);
            if (random.nextDouble() < loss) {
                launch(line);
            }
        }
    }

    private void launch(final int line) {
        final boolean isEnd = MoldDescriptor.messageCount(buffer, 0) == MoldDescriptor.END_OF_SESSION_COUNT;
        if (isEnd || random.nextDouble() >= loss) {
            fly(line);
        }
    }

    private void fly(final int line) {
        final long arrivalNs = nowNs + (maxDelay == 0 ? 0 : random.nextInt(maxDelay) * STEP_NS);
        flights.add(new Flight(arrivalNs, launched++, line, Arrays.copyOf(buffer.byteArray(), packetLength)));
    }

    private void arrive(final MoldReceiver receiver) {
        while (!flights.isEmpty() && flights.peek().arrivalNs <= nowNs) {
            final Flight flight = flights.poll();
            final UnsafeBuffer packet = new UnsafeBuffer(flight.packet);
            final int count = MoldDescriptor.messageCount(packet, 0);
            if (count != MoldDescriptor.END_OF_SESSION_COUNT) {
                final int first = (int) MoldDescriptor.sequence(packet, 0);
                heard.set(first, first + count);
            }
            receiver.onPacket(flight.line, packet, 0, flight.packet.length, nowNs);
        }
    }
}
