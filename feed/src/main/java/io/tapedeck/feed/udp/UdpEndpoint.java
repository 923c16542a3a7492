package io.tapedeck.feed.udp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where a feed goes to or comes from: a multicast group or a host, and a port. IPv4. Immutable. */
public final class UdpEndpoint {
    /** The highest port. */
    public static final int MAX_PORT = 0xFFFF;

    private final InetSocketAddress address;

    private UdpEndpoint(final InetSocketAddress address) {
        this.address = address;
    }

    /**
     * Takes an address.
     *
     * @param address resolved, IPv4.
     * @return the endpoint.
     * @throws IllegalArgumentException when it is neither.
     */
    public static UdpEndpoint of(final InetSocketAddress address) {
        if (!(address.getAddress() instanceof Inet4Address)) {
            throw new IllegalArgumentException("a feed needs an IPv4 address that is known: address=" + address);
        }
        return new UdpEndpoint(address);
    }

    /**
     * Reads an address.
     *
     * @param text {@code HOST:PORT} or {@code GROUP:PORT}, for example {@code 239.1.1.1:5001}; a port from 0 to 65,535,
     *             where 0 lets a listener take any free one.
     * @return the endpoint.
     * @throws IllegalArgumentException when it has another form, or the host is not known.
     */
    public static UdpEndpoint parse(final String text) {
        final int colon = text.lastIndexOf(':');
        final String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new IllegalArgumentException("an address is HOST:PORT, for example 239.1.1.1:5001: address=" + text);
        }
        try {
            for (final InetAddress host : InetAddress.getAllByName(text.substring(0, colon))) {
                if (host instanceof Inet4Address) {
                    return new UdpEndpoint(new InetSocketAddress(host, Integer.parseInt(port)));
                }
            }
        } catch (final UnknownHostException ex) {
            throw new IllegalArgumentException("the host is not known: address=" + text, ex);
        }
        throw new IllegalArgumentException("the host has no IPv4 address: address=" + text);
    }

    /**
     * The address.
     *
     * @return resolved.
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Whether it is a group that one joins.
     *
     * @return true from 224.0.0.0 to 239.255.255.255.
     */
    public boolean isMulticast() {
        return address.getAddress().isMulticastAddress();
    }

    /**
     * The port.
     *
     * @return 0 to 65,535.
     */
    public int port() {
        return address.getPort();
    }

    /**
     * The same host or group on another port.
     *
     * @param port 0 to 65,535.
     * @return a new endpoint.
     */
    public UdpEndpoint withPort(final int port) {
        return new UdpEndpoint(new InetSocketAddress(address.getAddress(), port));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof UdpEndpoint && address.equals(((UdpEndpoint) other).address);
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    /**
     * The form that {@link #parse(String)} reads.
     *
     * @return address and port in digits.
     */
    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
