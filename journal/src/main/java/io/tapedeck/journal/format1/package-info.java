/**
 * Journal format 1: files of the queue model's 26-byte records, as the seed program writes them. One file holds one
 * session of one security. The format has no checksums; what can be checked without them is checked.
 *
 * @see <a href="https://lz4.org">LZ4</a>, whose block format the chunks use
 */
package io.tapedeck.journal.format1;
