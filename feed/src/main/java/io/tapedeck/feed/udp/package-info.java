/** Datagrams over multicast or unicast: one system call for each, no allocation, nothing known of their content. */
package io.tapedeck.feed.udp;
