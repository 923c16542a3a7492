/** Captures of network traffic in pcap files: reading them, finding feeds in them, and writing what was received. */
package io.tapedeck.feed.pcap;
