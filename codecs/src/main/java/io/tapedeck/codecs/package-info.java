/**
 * What an event looks like. The packages below hold one binary format each; none of them does I/O, starts threads or
 * allocates per event.
 */
package io.tapedeck.codecs;
