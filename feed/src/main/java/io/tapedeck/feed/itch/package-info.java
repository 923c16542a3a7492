/** An ITCH feed: records published as messages, and messages followed, printed and made books of. */
package io.tapedeck.feed.itch;
