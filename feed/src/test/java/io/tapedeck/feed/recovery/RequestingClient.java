package io.tapedeck.feed.recovery;

import io.tapedeck.codecs.mold.MoldPacketReader;
import io.tapedeck.codecs.mold.MoldRequest;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends requests, or anything else, and takes what comes back. */
final class RequestingClient implements AutoCloseable {
    final MoldPacketReader packet = new MoldPacketReader();
    private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    private final InetSocketAddress server;
    private final ByteBuffer request = ByteBuffer.allocateDirect(1 << 16);
    private final UnsafeBuffer requestBuffer = new UnsafeBuffer(request);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(1 << 16);
    private final UnsafeBuffer answerBuffer = new UnsafeBuffer(answer);

    RequestingClient(final UdpEndpoint server) throws IOException {
        this.server = server.address();
        channel.bind(new InetSocketAddress("127.0.0.1", 0));
        channel.configureBlocking(false);
    }

    void ask(final MoldSession session, final long sequence, final int count) {
        send(MoldRequest.put(requestBuffer, 0, session, sequence, count));
    }

    void send(final byte... bytes) {
        requestBuffer.putBytes(0, bytes);
        send(bytes.length);
    }

    /** Points {@link #packet} at the next answer, if there is one. */
    boolean poll() {
        try {
            if (channel.receive(answer.clear()) == null) {
                return false;
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        packet.wrap(answerBuffer, 0, answer.position());
        return true;
    }

    /** The messages of the answer. */
    List<byte[]> messages() {
        final List<byte[]> messages = new ArrayList<>();
        while (packet.next() == MoldPacketReader.MESSAGE) {
            final byte[] message = new byte[packet.messageLength()];
            answerBuffer.getBytes(packet.messageOffset(), message);
            messages.add(message);
        }
        return messages;
    }

    UnsafeBuffer buffer() {
        return answerBuffer;
    }

    private void send(final int length) {
        try {
            channel.send(request.limit(length).position(0), server);
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
