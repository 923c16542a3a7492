package io.tapedeck.feed.pcap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Passes TCP connections on to a server, and keeps all that went over them as segments that are cut anywhere. */
final class TcpRelay implements AutoCloseable {
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int MAX_SEGMENT_LENGTH = 1_460;

    /** Connection by connection: the client's way to the server, then the server's to the client. */
    final List<Way> ways = new ArrayList<>();

    private final InetSocketAddress server;
    private final ServerSocketChannel listening = ServerSocketChannel.open();
    private final Captures capture;
    private final SplittableRandom random = new SplittableRandom(5);
    private long timeNs;

    /** One direction of a connection. */
    static final class Way {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final SocketChannel from;
        private final SocketChannel to;
        private final int sourcePort;
        private final int destinationPort;
        private boolean isClosed;

        private Way(final SocketChannel from, final SocketChannel to, final int sourcePort, final int destinationPort) {
            this.from = from;
            this.to = to;
            this.sourcePort = sourcePort;
            this.destinationPort = destinationPort;
        }

        String ports() {
            return sourcePort + "-" + destinationPort;
        }
    }

    TcpRelay(final InetSocketAddress server, final Captures capture) throws IOException {
        this.server = server;
        this.capture = capture;
        listening.bind(new InetSocketAddress("127.0.0.1", 0)).configureBlocking(false);
    }

    InetSocketAddress endpoint() throws IOException {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    void work() throws IOException {
        final SocketChannel client = listening.accept();
        if (client != null) {
            connect(client);
        }
        for (int i = 0; i < ways.size(); i++) {
            pass(ways.get(i), ways.get(i ^ 1));
        }
    }

    boolean isClosed() {
        return ways.stream().allMatch(way -> way.isClosed);
    }

    private void connect(final SocketChannel client) throws IOException {
        final SocketChannel onward = SocketChannel.open(server);
        client.configureBlocking(false);
        onward.configureBlocking(false);
        final int clientPort = client.socket().getPort();
        final Way there = new Way(client, onward, clientPort, endpoint().getPort());
        final Way back = new Way(onward, client, endpoint().getPort(), clientPort);
        ways.addAll(List.of(there, back));
        keep(there, -1, -1, SYN);
        keep(back, -1, 0, SYN | ACK);
        keep(there, 0, 0, ACK);
    }

    private void pass(final Way way, final Way other) throws IOException {
        if (way.isClosed) {
            return;
        }
        final ByteBuffer segment = ByteBuffer.allocate(1 + random.nextInt(MAX_SEGMENT_LENGTH));
        final int length = way.from.read(segment);
        if (length < 0) {
            way.isClosed = true;
            way.to.shutdownOutput();
        } else if (length > 0) {
            final byte[] bytes = Arrays.copyOf(segment.array(), length);
            keep(way, way.bytes.size(), other.bytes.size(), ACK, bytes);
            way.bytes.write(bytes);
            segment.flip();
            while (segment.hasRemaining()) {
                way.to.write(segment);
            }
        }
    }

    /** Numbers count from the first byte, which has the number 1. */
    private void keep(final Way way, final int number, final int otherNumber, final int flags, final byte... bytes) {
        capture.frame(
                timeNs++,
                Captures.ethernet(
                        Captures.tcp(way.sourcePort, way.destinationPort, 1 + number, 1 + otherNumber, flags, bytes)));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (final Way way : ways) {
            way.from.close();
        }
    }
}
