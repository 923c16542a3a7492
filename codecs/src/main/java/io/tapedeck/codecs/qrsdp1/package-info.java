/**
 * The record of the queue model: one event of one side of a book, 26 bytes. Journal format 1 stores it in its chunks,
 * and the Kafka bridge of format 1 sends it as a message's value.
 */
package io.tapedeck.codecs.qrsdp1;
