/** The way back for a receiver that lost packets: it asks for messages by number, and gets them from what was published. */
package io.tapedeck.feed.recovery;
