package io.tapedeck.feed.udp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * How a socket is to be set up. Nothing leaves the host unless an interface is named. Set what differs from the
 * defaults and give it to {@link UdpSender#open} or {@link UdpReceiver#open}.
 */
public final class UdpContext {
    /** Default size of a socket's buffer; the system may grant less. */
    public static final int DEFAULT_BUFFER_LENGTH = 16 << 20;

    /** Default number of routers that a multicast packet may cross, plus one. */
    public static final int DEFAULT_TIME_TO_LIVE = 1;

    private static final int MAX_TIME_TO_LIVE = 255;

    /** IPv4 20, UDP 8. */
    private static final int HEADERS_LENGTH = 28;

    private final UdpEndpoint endpoint;
    private String interfaceName;
    private NetworkInterface networkInterface;
    private int timeToLive = DEFAULT_TIME_TO_LIVE;
    private boolean multicastLoop = true;
    private int bufferLength = DEFAULT_BUFFER_LENGTH;

    /**
     * Settings for an endpoint.
     *
     * @param endpoint to send to, or to receive from.
     */
    public UdpContext(final UdpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * An endpoint of this host, to be listened on.
     *
     * @param interfaceName name or address of an interface; null for loopback.
     * @param port          0 to 65,535.
     * @return the first IPv4 address that the interface has, with the port.
     * @throws IllegalArgumentException when the host has no such interface, it has no such address, or the port is none.
     */
    public static UdpEndpoint ownEndpoint(final String interfaceName, final int port) {
        final UdpContext context = new UdpContext(UdpEndpoint.of(new InetSocketAddress("127.0.0.1", port)))
                .interfaceName(interfaceName)
                .conclude();
        if (interfaceName == null) {
            return context.endpoint;
        }
        return context.networkInterface
                .inetAddresses()
                .filter(address -> address instanceof Inet4Address)
                .findFirst()
                .map(address -> UdpEndpoint.of(new InetSocketAddress(address, port)))
                .orElseThrow(() ->
                        new IllegalArgumentException("the interface has no IPv4 address: interface=" + interfaceName));
    }

    /**
     * The same settings for another endpoint.
     *
     * @param other to send to, or to receive from.
     * @return a new context.
     */
    public UdpContext withEndpoint(final UdpEndpoint other) {
        return new UdpContext(other)
                .interfaceName(interfaceName)
                .timeToLive(timeToLive)
                .multicastLoop(multicastLoop)
                .bufferLength(bufferLength);
    }

    /**
     * The endpoint.
     *
     * @return where to send to, or to receive from.
     */
    public UdpEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Names the interface that multicast uses, and allows a sender to leave the host.
     *
     * @param interfaceName for example {@code eth0}, or an address of the interface; the loopback interface by default.
     * @return this.
     */
    public UdpContext interfaceName(final String interfaceName) {
        this.interfaceName = interfaceName;
        return this;
    }

    /**
     * The interface that multicast uses.
     *
     * @return known once concluded.
     */
    public NetworkInterface networkInterface() {
        return networkInterface;
    }

    /**
     * Sets how far multicast packets go.
     *
     * @param timeToLive 0 keeps them on the host, 1 on the network, up to 255.
     * @return this.
     */
    public UdpContext timeToLive(final int timeToLive) {
        this.timeToLive = timeToLive;
        return this;
    }

    /**
     * How far multicast packets go.
     *
     * @return 0 to 255.
     */
    public int timeToLive() {
        return timeToLive;
    }

    /**
     * Sets whether listeners on the sender's own host receive its multicast packets. On the loopback interface itself
     * they always do.
     *
     * @param multicastLoop true by default.
     * @return this.
     */
    public UdpContext multicastLoop(final boolean multicastLoop) {
        this.multicastLoop = multicastLoop;
        return this;
    }

    /**
     * Whether listeners on the sender's own host receive its multicast packets.
     *
     * @return true unless set otherwise.
     */
    public boolean multicastLoop() {
        return multicastLoop;
    }

    /**
     * Sets the size of the socket's buffer: a sender's send buffer, a receiver's receive buffer.
     *
     * @param bufferLength in bytes, at least 1; {@link #DEFAULT_BUFFER_LENGTH} by default.
     * @return this.
     */
    public UdpContext bufferLength(final int bufferLength) {
        this.bufferLength = bufferLength;
        return this;
    }

    /**
     * The size of buffer to ask for.
     *
     * @return in bytes.
     */
    public int bufferLength() {
        return bufferLength;
    }

    /**
     * Checks everything and finds the interface; whoever opens a socket calls it.
     *
     * @return this.
     * @throws IllegalArgumentException when a setting is out of range or the host has no such interface.
     */
    UdpContext conclude() {
        if (timeToLive < 0 || timeToLive > MAX_TIME_TO_LIVE) {
            throw new IllegalArgumentException(
                    "timeToLive must be from 0 to " + MAX_TIME_TO_LIVE + ": timeToLive=" + timeToLive);
        }
        if (bufferLength < 1) {
            throw new IllegalArgumentException("bufferLength must be at least 1: bufferLength=" + bufferLength);
        }
        networkInterface = findInterface();
        if (networkInterface == null) {
            throw new IllegalArgumentException(
                    "no interface of this host has the name or the address: interface=" + interfaceName);
        }
        return this;
    }

    /**
     * Checks that sending was allowed to go where the endpoint is.
     *
     * @throws IllegalArgumentException when the endpoint is on another host and no interface was named.
     */
    void checkDestination() {
        final boolean stays =
                endpoint.isMulticast() || endpoint.address().getAddress().isLoopbackAddress();
        if (interfaceName == null && !stays) {
            throw new IllegalArgumentException(
                    "sending to another host needs the interface to be named: destination=" + endpoint);
        }
        if (endpoint.address().getPort() == 0) {
            throw new IllegalArgumentException("a destination needs a port: destination=" + endpoint);
        }
    }

    /**
     * Checks that listening was allowed to be heard from other hosts, if the endpoint can be.
     *
     * @throws IllegalArgumentException when the endpoint is not a loopback address and no interface was named.
     */
    void checkOwnAddress() {
        if (interfaceName == null && !endpoint.address().getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "serving other hosts needs the interface to be named: address=" + endpoint);
        }
    }

    /**
     * Checks that packets are not longer than the interface carries in one piece.
     *
     * @param maxPayloadLength of the packets, in bytes.
     * @throws IllegalArgumentException when they are.
     */
    public void checkPayload(final int maxPayloadLength) {
        try {
            final int mtu = conclude().networkInterface.getMTU();
            if (maxPayloadLength + HEADERS_LENGTH > mtu) {
                throw new IllegalArgumentException("packets of " + maxPayloadLength + " bytes and " + HEADERS_LENGTH
                        + " of IPv4 and UDP headers do not fit the MTU of " + networkInterface.getName() + ", " + mtu
                        + "; choose at most " + (mtu - HEADERS_LENGTH));
            }
        } catch (final SocketException ex) {
            throw new UncheckedIOException(new IOException("the MTU cannot be asked for: " + networkInterface, ex));
        }
    }

    private NetworkInterface findInterface() {
        try {
            if (interfaceName == null) {
                return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
            }
            final NetworkInterface byName = NetworkInterface.getByName(interfaceName);
            return byName != null ? byName : NetworkInterface.getByInetAddress(InetAddress.getByName(interfaceName));
        } catch (final UnknownHostException ex) {
            return null;
        } catch (final SocketException ex) {
            throw new UncheckedIOException(new IOException("the interfaces of this host cannot be listed", ex));
        }
    }

    /**
     * All settings.
     *
     * @return one line for a log.
     */
    @Override
    public String toString() {
        return "UdpContext{endpoint=" + endpoint + ", interface=" + (interfaceName == null ? "loopback" : interfaceName)
                + ", timeToLive=" + timeToLive + ", multicastLoop=" + multicastLoop + ", bufferLength=" + bufferLength
                + "}";
    }
}
