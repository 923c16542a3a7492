package io.tapedeck.feed.glimpse;

import io.tapedeck.feed.udp.UdpEndpoint;

/**
 * Where to log in for a snapshot, and as whom.
 *
 * @param endpoint of the server.
 * @param user     up to 6 characters; empty where anyone may log in.
 * @param password up to 10 characters.
 */
public record GlimpseLogin(UdpEndpoint endpoint, String user, String password) {
    /**
     * The address; not the password.
     *
     * @return for a log.
     */
    @Override
    public String toString() {
        return "GlimpseLogin{endpoint=" + endpoint + ", user=" + user + "}";
    }
}
