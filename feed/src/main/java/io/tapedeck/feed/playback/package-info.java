/** Tapes played to whoever takes records, at the pace at which their events happened. */
package io.tapedeck.feed.playback;
