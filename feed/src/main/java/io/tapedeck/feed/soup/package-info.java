/** SoupBinTCP connections, as both sides keep them, and the client's side as a whole. */
package io.tapedeck.feed.soup;
