/** MoldUDP64 1.00: ITCH messages in numbered datagrams, and how a receiver asks for those that it missed. */
package io.tapedeck.codecs.mold;
