/** GLIMPSE 5.0: what a snapshot of all books has beside ITCH messages. */
package io.tapedeck.codecs.glimpse;
