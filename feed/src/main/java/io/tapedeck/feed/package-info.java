/** How events leave the process. The wire formats themselves are in {@code io.tapedeck.codecs}. */
package io.tapedeck.feed;
