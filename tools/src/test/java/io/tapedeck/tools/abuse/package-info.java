/** What strangers may do to the ports of a feed, and what the feed does meanwhile. */
package io.tapedeck.tools.abuse;
