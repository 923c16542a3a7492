package io.tapedeck.feed.pcap;

import io.tapedeck.codecs.mold.MoldSession;

/**
 * Which datagrams of a capture are wanted.
 *
 * @param session of MoldUDP64, or null for any.
 * @param group   address that they were sent to, in digits and dots, or null for any.
 * @param port    that they were sent to, or {@link #ANY_PORT}.
 */
public record FlowFilter(MoldSession session, String group, int port) {
    /** Stands for all ports. */
    public static final int ANY_PORT = -1;

    /**
     * Whether a flow is wanted.
     *
     * @param flow found in a capture.
     * @return true if all that is set agrees.
     */
    public boolean accepts(final CapturedFlow flow) {
        return (session == null || session.equals(flow.session()))
                && (group == null
                        || group.equals(
                                flow.destination().address().getAddress().getHostAddress()))
                && (port == ANY_PORT || port == flow.destination().port());
    }
}
