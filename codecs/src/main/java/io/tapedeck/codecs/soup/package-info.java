/** SoupBinTCP 3.00: messages in order over a TCP connection, with a login, heartbeats and an end. */
package io.tapedeck.codecs.soup;
