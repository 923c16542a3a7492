/**
 * The record: one event, 64 bytes, the same in a ring slot, in a journal's rows and on a stream. The generated codecs
 * of {@code io.tapedeck.codecs.sbe} read and write it; this package says where they lie and what the values mean.
 */
package io.tapedeck.codecs.record;
