/** Snapshots of all books for whoever joins in the middle of a day: how they are taken, sent and loaded. */
package io.tapedeck.feed.glimpse;
