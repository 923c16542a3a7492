package io.tapedeck.feed.pcap;

/** How frames of a capture begin, by the numbers of the tcpdump project's registry; those in which IPv4 is found. */
final class LinkType {
    /** BSD loopback: four bytes of protocol family in the order of the host. */
    static final int NULL = 0;

    /** Ethernet II, with VLAN tags or without. */
    static final int ETHERNET = 1;

    /** The IP packet itself. */
    static final int RAW = 101;

    /** Linux "any" device: sixteen bytes, the protocol in the last two. */
    static final int LINUX_COOKED = 113;

    /** IPv4 and nothing else. */
    static final int IPV4 = 228;

    /** Linux "any" device, second version: twenty bytes, the protocol in the first two. */
    static final int LINUX_COOKED_2 = 276;

    private LinkType() {}

    static boolean isKnown(final int linkType) {
        switch (linkType) {
            case NULL:
            case ETHERNET:
            case RAW:
            case LINUX_COOKED:
            case IPV4:
            case LINUX_COOKED_2:
                return true;
            default:
                return false;
        }
    }
}
