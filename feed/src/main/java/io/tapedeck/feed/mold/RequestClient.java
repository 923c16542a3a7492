package io.tapedeck.feed.mold;

import io.tapedeck.codecs.mold.MoldRequest;
import io.tapedeck.codecs.mold.MoldSession;
import io.tapedeck.feed.udp.UdpClient;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks a MoldUDP64 request server; a request that cannot be sent now is one that is not answered. */
public final class RequestClient implements MoldRequester {
    private final UdpClient socket;
    private final ByteBuffer request = ByteBuffer.allocateDirect(MoldRequest.LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(request);

    /**
     * Asks through a socket.
     *
     * @param socket to the server; stays open. Whoever owns it gives the receiver what comes back.
     */
    public RequestClient(final UdpClient socket) {
        this.socket = socket;
    }

    @Override
    public void request(final MoldSession session, final long sequence, final int messageCount) {
        MoldRequest.put(buffer, 0, session, sequence, messageCount);
        socket.send(request.clear());
    }
}
