package io.tapedeck.feed.itch;

import io.tapedeck.feed.mold.MoldHandler;
import io.tapedeck.feed.udp.UdpContext;
import io.tapedeck.feed.udp.UdpEndpoint;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.agrona.MutableDirectBuffer;

/** A listener in a process of its own: prints its endpoint, follows a session, prints what came of it. */
final class ListenerProcess {
    private final FeedBooks books = new FeedBooks();
    private final CRC32C crc = new CRC32C();
    private final byte[] message = new byte[64];

    private ListenerProcess() {}

    public static void main(final String[] arguments) throws IOException {
        new ListenerProcess().run(arguments[0], arguments[1]);
    }

    private void run(final String endpoint, final String requestServer) throws IOException {
        final MoldHandler handler = this::onMessage;
        try (FeedListener listener = new FeedListener(
                new ListenerContext(new UdpContext(UdpEndpoint.parse(endpoint)))
                        .requestServer(new UdpContext(UdpEndpoint.parse(requestServer))),
                handler)) {
            System.out.println(listener.endpoint());
            listener.listen();
            System.out.println(listener.receiver().counts().messageCount() + " messages, "
                    + listener.receiver().counts().missingMessageCount() + " missing, crc " + crc.getValue()
                    + ", books "
                    + books.hashes());
        }
    }

    private void onMessage(final long sequence, final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.getBytes(offset, message, 0, length);
        crc.update(message, 0, length);
        books.onMessage(sequence, buffer, offset, length);
    }
}
