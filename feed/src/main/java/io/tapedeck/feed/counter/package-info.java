/** What the parts of a feed count, for whoever looks while they run. */
package io.tapedeck.feed.counter;
